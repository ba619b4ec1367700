package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFilesTest {

    @TempDir
    private Path folder;
    private Path file;
    private final BlockingQueue<Path> saved = new LinkedBlockingQueue<>();

    @BeforeEach
    void write_a_file() throws IOException {
        file = Files.createDirectories(folder.resolve("ch02")).resolve("Sums.java");
        Files.writeString(file, "one");
    }

    @Test
    void looking_notices_a_file_that_is_written_over() throws Exception {
        try (SavedFiles files = SavedFiles.below(folder, true, saved::add)) {
            assertTrue(files.how().startsWith("looking"), files.how());
            Files.writeString(file, "three");
            assertEquals(file, next());
        }
    }

    @Test
    void looking_notices_a_file_that_is_replaced_by_another() throws Exception {
        try (SavedFiles files = SavedFiles.below(folder, true, saved::add)) {
            assertNotNull(files);
            replace();
            assertEquals(file, next());
        }
    }

    @Test
    void events_tell_of_a_file_that_is_written_over() throws Exception {
        try (SavedFiles files = new FileEvents(folder, saved::add)) {
            assertEquals("file events", files.how());
            Files.writeString(file, "three");
            assertEquals(file, next());
        }
    }

    @Test
    void events_tell_of_a_file_that_is_replaced_by_another() throws Exception {
        try (SavedFiles files = new FileEvents(folder, saved::add)) {
            assertNotNull(files);
            replace();
            assertEquals(file, next());
        }
    }

    @Test
    void events_tell_of_a_file_whose_text_is_still_the_same() throws Exception {
        try (SavedFiles files = new FileEvents(folder, saved::add)) {
            assertNotNull(files);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            assertEquals(file, next());
        }
    }

    @Test
    void what_is_not_saved_is_not_told() throws Exception {
        try (SavedFiles files = SavedFiles.below(folder, true, saved::add)) {
            assertNotNull(files);
            Path other = Files.writeString(folder.resolve("ch02/Moves.java"), "new");
            assertEquals(other, next());
            assertEquals(List.of(), List.copyOf(saved));
        }
    }

    @Test
    void file_systems_that_others_write_to_are_looked_at() {
        for (String type : List.of("nfs", "nfs4", "cifs", "smb3", "9p", "drvfs", "fuse.sshfs",
                "fuse.osxfs", "virtiofs", "vboxsf")) {
            assertTrue(SavedFiles.isShared(type), type);
        }
        for (String type : List.of("ext4", "btrfs", "xfs", "zfs", "overlay", "tmpfs", "apfs", "NTFS")) {
            assertFalse(SavedFiles.isShared(type), type);
        }
    }

    /// As most editors save: a new file takes the old one's name.
    private void replace() throws IOException {
        Path draft = Files.writeString(folder.resolve("draft"), "three");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The next saved Java file; a minute is as good as never.
    private Path next() throws InterruptedException {
        Path path;
        do {
            path = saved.poll(60, TimeUnit.SECONDS);
        } while (path != null && !path.toString().endsWith(".java"));
        return path;
    }
}
