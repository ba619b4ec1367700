package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Chapter;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Progress;
import heapcraft.grade.Verdict.Colour;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab progress`: a line for each chapter, from what was graded last.
@Command(name = "progress",
        description = "Shows points, exercises done and minutes left, chapter by chapter.")
final class ProgressCommand implements Callable<Integer> {

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    private Progress progress;

    @Override
    public Integer call() {
        progress = Progress.of(lab.project());
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-6s%-32s%11s%14s%15s%n", "", "chapter", "points", "exercises",
                "minutes left");
        Course course = Course.load();
        for (Chapter chapter : course.chapters()) {
            row(out, "ch%02d".formatted(chapter.number()), chapter.title(), chapter.exercises());
        }
        row(out, "", "all", course.exercises());
        Collection<Boolean> predictions = progress.predictions().values();
        if (!predictions.isEmpty()) {
            out.println("Predictions: " + predictions.size() + " made, "
                    + Collections.frequency(predictions, true) + " right");
        }
        if (course.exercises().stream().anyMatch(progress::isStale)) {
            out.println("Some files were saved since they were graded: ./lab grade");
        }
        out.flush();
        return 0;
    }

    private void row(PrintWriter out, String chapter, String title, List<Exercise> exercises) {
        List<Exercise> open = exercises.stream()
                .filter(e -> progress.standing(e).colour() != Colour.GREEN).toList();
        int points = exercises.stream().mapToInt(e -> progress.standing(e).points()).sum();
        int total = exercises.stream().mapToInt(Exercise::points).sum();
        int minutes = open.stream().mapToInt(Exercise::minutes).sum();
        out.printf("%-6s%-32s%11s%14s%15d%n", chapter, title, points + "/" + total,
                (exercises.size() - open.size()) + "/" + exercises.size(), minutes);
    }
}
