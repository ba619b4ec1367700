package heapcraft.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Saved files, found by looking twice a second at their times and sizes.
final class PolledFiles implements SavedFiles {

    private static final long PAUSE_MILLIS = 500;

    private final Path folder;
    private final String reason;
    private final Thread looker;

    PolledFiles(Path folder, String reason, Consumer<Path> saved) throws IOException {
        this.folder = folder;
        this.reason = reason;
        Map<Path, Stamp> before = look();
        looker = Thread.ofPlatform().daemon().name("polling")
                .start(() -> keepLooking(before, saved));
    }

    /// What changes when a file is saved.
    record Stamp(FileTime time, long size) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes now =
                        Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(now.lastModifiedTime(), now.size());
            } catch (IOException e) {
                return new Stamp(FileTime.fromMillis(0), -1); // gone while an editor replaces it
            }
        }
    }

    private void keepLooking(Map<Path, Stamp> before, Consumer<Path> saved) {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                Map<Path, Stamp> now = look();
                now.forEach((file, stamp) -> {
                    if (!stamp.equals(before.put(file, stamp))) {
                        saved.accept(file);
                    }
                });
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private Map<Path, Stamp> look() {
        Map<Path, Stamp> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> found.put(file, Stamp.of(file)));
        } catch (IOException | UncheckedIOException e) {
            // A folder that is being replaced is there at the next look.
        }
        return found;
    }

    @Override
    public String how() {
        return "looking twice a second (" + reason + ")";
    }

    @Override
    public void close() {
        looker.interrupt();
    }
}
