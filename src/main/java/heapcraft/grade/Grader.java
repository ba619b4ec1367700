package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Report.Graded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The driver: grades exercises side by side, one per core, without ever loading a learner's class.
public final class Grader {

    private final Project project;
    private final Cage cage = Cage.best();
    private final Zoo zoo = Zoo.load();

    /// A grader for one project.
    public Grader(Project project) {
        this.project = project;
    }

    /// Grades exercises.
    ///
    /// @param progress hears of each exercise as it is done, in any order
    /// @return a report in the order given, with a verdict for each expected test
    public Report grade(List<Exercise> exercises, Consumer<Graded> progress) {
        List<Graded> graded = new ArrayList<>();
        Folders.deleteForgotten(work());
        List<String> startUp = startUp();
        try (ExecutorService cores =
                     Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Graded>> running = new ArrayList<>();
            for (Exercise exercise : exercises) {
                running.add(cores.submit(() -> {
                    Graded result = grade(exercise, startUp);
                    progress.accept(result);
                    return result;
                }));
            }
            for (Future<Graded> result : running) {
                graded.add(result.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("grading was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("grading failed", e.getCause());
        }
        List<String> notes =
                project.isLearners() ? Progress.of(project).record(graded) : List.of();
        return new Report(project, List.copyOf(graded), cage.words(), notes);
    }

    private List<String> startUp() {
        try {
            return new StartupCache(project.scratch().resolve("aot")).get(cage)
                    .map(cache -> List.of("-XX:AOTCache=" + cache)).orElse(List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private Graded grade(Exercise exercise, List<String> startUp) throws InterruptedException {
        Trial trial = new Trial(exercise);
        Path file = project.submission(exercise);
        String sha256 = "";
        try {
            // Before it is compiled: if it is saved meanwhile, its grade looks old, not new.
            Submission submission = Submission.read(file);
            sha256 = submission.sha256();
            Optional<Map<String, String>> gaps = Stubs.gaps(exercise, submission.text());
            if (gaps.isPresent()) {
                trial.notStarted(gaps.get());
            } else {
                run(trial, exercise, startUp);
            }
        } catch (IOException | RuntimeException e) {
            trial.graderError(e);
        }
        return new Graded(exercise, file, trial.results(), trial.output(),
                zoo.likeness(exercise.id(), trial.results()).orElse(""), sha256);
    }

    private void run(Trial trial, Exercise exercise, List<String> startUp)
            throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(Files.createDirectories(work()), "").toRealPath();
        try {
            trial.run(new Compilation(project, exercise, scratch, classes()),
                    new Workshop(cage, scratch, startUp));
        } finally {
            Folders.delete(scratch);
        }
    }

    /// Where a worker could write there, nothing is kept: see [ClassCache]. Nor where the library is
    /// a folder, whose content changes under its name.
    private Optional<ClassCache> classes() {
        return cage == Cage.BUBBLEWRAP && Files.isRegularFile(Libraries.heapcraft())
                ? Optional.of(new ClassCache(project.scratch().resolve("classes")))
                : Optional.empty();
    }

    private Path work() {
        return project.scratch().resolve("work");
    }
}
