package heapcraft.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders that the grader makes for a moment.
final class Folders {

    private Folders() { }

    /// Deletes a folder and all in it, as far as that works: a leftover in `target/` harms nobody,
    /// and `mvn clean` takes it away.
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // See above.
        }
    }
}
