package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarredLibraryTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path directory;

    @Test
    void a_copy_is_made_once_and_nothing_else_is_left_there() throws IOException {
        Path file = directory.resolve("below").resolve("library");
        JarredLibrary.whole(file, CONTENT);
        var made = Files.getLastModifiedTime(file);
        JarredLibrary.whole(file, CONTENT);
        assertArrayEquals(CONTENT, Files.readAllBytes(file));
        assertEquals(made, Files.getLastModifiedTime(file));
        try (var all = Files.list(file.getParent())) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void a_damaged_copy_is_mended() throws IOException {
        Path file = directory.resolve("library");
        Files.write(file, new byte[] {1, 2, 9});
        assertArrayEquals(CONTENT, Files.readAllBytes(JarredLibrary.whole(file, CONTENT)));
    }

    @Test
    void what_the_class_path_does_not_have_is_said_by_name() {
        var missing = assertThrows(IllegalArgumentException.class,
                () -> JarredLibrary.unpacked("nowhere", "nothing"));
        assertTrue(missing.getMessage().matches(".*nowhere/.*nothing.*: not on the class path"),
                missing.getMessage());
    }
}
