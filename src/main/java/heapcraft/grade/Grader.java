package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Report.Graded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The driver: grades exercises side by side, one per core, without ever loading a learner's class.
public final class Grader {

    private final Project project;
    private final Cage cage = Cage.best();

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
        try (ExecutorService cores =
                     Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Graded>> running = new ArrayList<>();
            for (Exercise exercise : exercises) {
                running.add(cores.submit(() -> {
                    Graded result = grade(exercise);
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
        return new Report(project, List.copyOf(graded), cage.words());
    }

    private Graded grade(Exercise exercise) throws InterruptedException {
        Trial trial = new Trial(exercise);
        Path scratch = null;
        try {
            scratch = scratch(exercise);
            trial.run(new Compilation(project, exercise, scratch), cage, scratch);
        } catch (IOException | RuntimeException e) {
            trial.graderError(e);
        } finally {
            delete(scratch);
        }
        return new Graded(exercise, project.submission(exercise), trial.results(), trial.output());
    }

    private Path scratch(Exercise exercise) throws IOException {
        Path folder = project.scratch().resolve("work");
        Files.createDirectories(folder);
        return Files.createTempDirectory(folder, exercise.id() + "-").toRealPath();
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // A leftover in target/ harms nobody, and `mvn clean` takes it away.
        }
    }
}
