package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void makes_the_folders_above_and_leaves_no_draft() throws IOException {
        Path file = folder.resolve("a/b/report.json");
        WholeFile.write(file, "first");
        WholeFile.write(file, "second");
        assertEquals("second", Files.readString(file));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void keeps_the_old_file_where_the_new_one_cannot_be_written() throws IOException {
        Path file = folder.resolve("report.json");
        Files.createDirectories(file.resolve("in the way"));
        assertThrows(IOException.class, () -> WholeFile.write(file, "new"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void a_reader_never_meets_a_part() throws Exception {
        Path file = folder.resolve("report.json");
        WholeFile.write(file, "0".repeat(1 << 20));
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < 20; i++) {
                    WholeFile.write(file, Integer.toString(i % 10).repeat(1 << 20));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } finally {
                over.set(true);
            }
        });
        while (!over.get()) {
            String text = Files.readString(file);
            assertEquals(1 << 20, text.length());
            assertTrue(text.chars().allMatch(c -> c == text.charAt(0)));
        }
        writer.join();
    }
}
