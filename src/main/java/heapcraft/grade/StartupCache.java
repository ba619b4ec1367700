package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The JDK's ahead-of-time cache for workers: most of a worker's life is starting, and with the
/// cache it starts in about a third of the time.
///
/// It is trained once, on a small exercise of its own, and belongs to one JDK and one set of jars:
/// a stale cache is slower than none, so its name says what it was made from. See
/// [JEP 514](https://openjdk.org/jeps/514).
final class StartupCache {

    private static final Exercise TRAINING = new Exercise("ch00", "Training", 0, List.of(),
            Stream.of("passes", "fails", "throws_something",
                            "shortens_a_sequence_of_calls_that_fails", "is_not_written_yet")
                    .map(name -> new GradedTest(name, 1)).toList(),
            List.of(), List.of(), List.of(), List.of());

    private final Path folder;

    /// @param folder where caches are kept
    StartupCache(Path folder) {
        this.folder = folder;
    }

    /// The cache that fits this JDK and these jars, trained now if there is none yet.
    ///
    /// @return nothing where the JDK makes none; workers start all the same
    Optional<Path> get(Cage cage) throws InterruptedException {
        try {
            // The JDK takes jars only: class files in folders change under its feet.
            if (!Files.isRegularFile(Libraries.heapcraft())) {
                return Optional.empty();
            }
            Path cache = folder.resolve("worker-" + Libraries.fingerprint() + ".aot");
            if (!Files.exists(cache)) {
                train(cage, cache);
            }
            return Files.size(cache) == 0 ? Optional.empty() : Optional.of(cache);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private void train(Cage cage, Path cache) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(Files.createDirectories(folder), "training-")
                .toRealPath();
        try {
            Project project = new Project(scratch, scratch.resolve("exercises"));
            copy("Training.java", project.submission(TRAINING));
            copy("TrainingTest.java", project.test(TRAINING));
            Path made = scratch.resolve("made.aot");
            new Trial(TRAINING).run(new Compilation(project, TRAINING, scratch, Optional.empty()),
                    new Workshop(cage, scratch, List.of("-XX:AOTCacheOutput=" + made,
                            "-D" + Worker.TRAINING + "=true")));
            // An empty file says that this JDK makes none, so that nobody tries again.
            if (!Files.exists(made)) {
                Files.createFile(made);
            }
            publish(made, cache);
            deleteOthers(cache);
        } finally {
            Folders.delete(scratch);
        }
    }

    private static void publish(Path made, Path cache) throws IOException {
        try {
            Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Caches of earlier builds fit nothing any more.
    private void deleteOthers(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.filter(file -> file.toString().endsWith(".aot")
                    && !file.equals(cache)).toList()) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static void copy(String resource, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (InputStream in =
                     StartupCache.class.getResourceAsStream("/heapcraft/training/" + resource)) {
            Files.copy(in, to);
        }
    }
}
