package heapcraft.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Classes that were compiled before, by the content that they came from: an unchanged file is
/// compiled once.
///
/// Only where bubblewrap keeps workers from writing here: elsewhere a learner's code could put
/// classes of its own in the place of the graded tests'.
final class ClassCache {

    private final Path folder;

    /// @param folder where classes are kept
    ClassCache(Path folder) {
        this.folder = folder;
    }

    /// Copies the classes of this content, if there are any.
    ///
    /// @param key what they were made from
    /// @param to  the folder that they were made in
    /// @return whether there were any
    boolean restore(String key, Path to) throws IOException {
        Path kept = folder.resolve(key);
        try {
            // Whoever is used is not forgotten.
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
        } catch (NoSuchFileException none) {
            return false;
        }
        copy(kept, to);
        return true;
    }

    /// Keeps a copy of a folder with classes. It appears only once it is whole.
    void keep(String key, Path from) throws IOException {
        Files.createDirectories(folder);
        Folders.deleteForgotten(folder);
        Path half = Files.createTempDirectory(folder, "half-");
        copy(from, half);
        try {
            Files.move(half, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException somebodyElseWasFaster) {
            Folders.delete(half);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            List<Path> found = walk.toList();
            for (Path each : found) {
                Path target = to.resolve(from.relativize(each));
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }
}
