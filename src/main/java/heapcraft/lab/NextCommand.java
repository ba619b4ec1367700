package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Chapter;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Progress;
import heapcraft.grade.Standing;
import heapcraft.grade.Verdict.Colour;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab next`: the one thing to do now, from what was graded last; nothing is run.
@Command(name = "next",
        description = "Says what to do now, how long it takes, and where it is taught.")
final class NextCommand implements Callable<Integer> {

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = Progress.of(lab.project());
        Course course = Course.load();
        List<Exercise> exercises = course.exercises();
        Optional<Exercise> next = first(exercises, progress, Colour.RED)
                .or(() -> first(exercises, progress, Colour.YELLOW));
        if (next.isEmpty()) {
            out.println("All " + exercises.size() + " exercises are done.");
        } else {
            tell(out, course, next.get(), progress.standing(next.get()));
        }
        exercises.stream().filter(progress::hasNewStub).map(Progress::newStub)
                .forEach(out::println);
        stale(out, exercises.stream().filter(progress::isStale).toList());
        out.flush();
        return 0;
    }

    private static Optional<Exercise> first(List<Exercise> exercises, Progress progress,
                                            Colour colour) {
        return exercises.stream()
                .filter(exercise -> progress.standing(exercise).colour() == colour).findFirst();
    }

    private void tell(PrintWriter out, Course course, Exercise exercise, Standing standing) {
        Chapter chapter = course.chapters().stream()
                .filter(c -> c.exercises().contains(exercise)).findFirst().orElseThrow();
        out.println((standing.colour() == Colour.RED ? "Mend: " : "Next: ") + exercise + ", about "
                + exercise.minutes() + " minutes");
        out.println("  state   " + standing.colour().mark() + " " + standing.state() + ", "
                + standing.points() + " of " + exercise.points() + " points");
        out.println("  read    " + chapter.notebook());
        out.println("  edit    "
                + lab.project().shown(lab.project().submission(exercise)));
        out.println("  grade   ./lab grade " + exercise.id());
        out.println("  stuck?  ./lab hint " + exercise.id());
    }

    private static void stale(PrintWriter out, List<Exercise> stale) {
        if (!stale.isEmpty()) {
            out.println("Saved since last graded, so the state may be old: "
                    + stale.stream().map(Exercise::id).collect(Collectors.joining(", ")));
        }
    }
}
