package heapcraft.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    /// @return whether all of them were copied; if not, some may have been
    boolean restore(String key, Path to) throws IOException {
        Path kept = folder.resolve(key);
        try {
            // Whoever is used is not forgotten.
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
            copy(kept, to);
        } catch (NoSuchFileException none) {
            return false;
        }
        // Another grader may have begun to delete it before it was used. Then it has another name.
        return Files.exists(kept);
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
        List<Path> found;
        try (Stream<Path> walk = Files.walk(from)) {
            found = walk.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
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
