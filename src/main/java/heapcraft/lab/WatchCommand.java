package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Grader;
import heapcraft.grade.Project;
import heapcraft.grade.Report;
import heapcraft.lab.PolledFiles.Stamp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab watch`: grades what is saved, until `q` or Ctrl-C.
@Command(name = "watch",
        description = "Grades an exercise whenever you save it; q and Enter, or Ctrl-C, ends.")
final class WatchCommand implements Callable<Integer> {

    /// An editor may write a file in several steps: it is saved when it is quiet for so long.
    private static final long QUIET_MILLIS = 80;

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1",
            description = "Grade this exercise now, and watch only it; all if left out.")
    private Exercise exercise;

    @Option(names = "--poll", description = "Look at the files instead of waiting for events.")
    private boolean poll;

    /// Saved files; nothing is the wish to end.
    private final BlockingQueue<Optional<Path>> saved = new LinkedBlockingQueue<>();

    private final Map<Path, Exercise> watched = new HashMap<>();
    private final Map<Path, Stamp> graded = new HashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Project project = lab.project();
        PrintWriter out = spec.commandLine().getOut();
        for (Exercise one : exercise == null ? Course.load().exercises() : List.of(exercise)) {
            watched.put(absolute(project.submission(one)), one);
        }
        Path folder = absolute(project.submissions());
        try (SavedFiles files = SavedFiles.below(folder, poll, file -> saved.add(Optional.of(file)))) {
            out.println("Watching " + (exercise == null ? "all exercises" : exercise.toString())
                    + " by " + files.how() + "; q and Enter, or Ctrl-C, ends.");
            out.flush();
            if (exercise != null) {
                grade(absolute(project.submission(exercise)));
            }
            listenForQuit();
            while (gradeSaved()) { }
        }
        return 0;
    }

    /// Waits for the next save and grades all that was saved with it.
    ///
    /// @return whether to go on
    private boolean gradeSaved() throws InterruptedException {
        Set<Path> files = new LinkedHashSet<>();
        Optional<Path> next = saved.take();
        while (next != null) {
            if (next.isEmpty()) {
                return false;
            }
            files.add(absolute(next.get()));
            next = saved.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        files.stream().filter(watched::containsKey)
                .filter(file -> !Stamp.of(file).equals(graded.get(file))).forEach(this::grade);
        return true;
    }

    private void grade(Path file) {
        PrintWriter out = spec.commandLine().getOut();
        Exercise one = watched.get(file);
        graded.put(file, Stamp.of(file));
        out.println("checking " + one.id() + "…");
        out.flush();
        Report report = new Grader(lab.project()).grade(List.of(one), done -> { });
        out.print(Screen.scoreboard(spec.commandLine(), report));
        out.flush();
    }

    /// A closed input says nothing: only `q` does.
    private void listenForQuit() {
        Thread.ofPlatform().daemon().name("keyboard").start(() -> {
            try (BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in))) {
                for (String line; (line = keyboard.readLine()) != null; ) {
                    if (line.strip().equalsIgnoreCase("q")) {
                        saved.add(Optional.empty());
                    }
                }
            } catch (IOException e) {
                // Then only Ctrl-C ends it.
            }
        });
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
