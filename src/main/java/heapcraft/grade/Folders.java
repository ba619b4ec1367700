package heapcraft.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders that the grader makes for a moment.
final class Folders {

    /// No trial takes as long as that.
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private Folders() { }

    /// Deletes the folders in this one that nobody has used for an hour. Each first gets another
    /// name: whoever reads in one can see afterwards whether it was still whole.
    static void deleteForgotten(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.toList()) {
                if (Files.getLastModifiedTime(folder).toInstant()
                        .isBefore(Instant.now().minus(FORGOTTEN))) {
                    delete(Files.move(folder, folder.resolveSibling(
                            "gone-" + folder.getFileName()), StandardCopyOption.ATOMIC_MOVE));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Not there yet, or somebody else is deleting too.
        }
    }

    /// Deletes a folder and all in it, as far as that works: a leftover in `target/` harms nobody,
    /// and `mvn clean` takes it away.
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // See above.
        }
    }
}
