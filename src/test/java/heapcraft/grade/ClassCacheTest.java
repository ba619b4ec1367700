package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {

    private static final String PUPIL = "package ch00; class Pupil { static int n() { return 1; } }";
    private static final byte[] MARK = {1, 2, 3};

    @TempDir
    private Path root;
    private Path kept;
    private Path submission;
    private Path test;

    @BeforeEach
    void hand_in() throws IOException {
        kept = root.resolve("classes");
        submission = write("exercises/ch00/Pupil.java", PUPIL);
        test = write("src/test/java/ch00/PupilTest.java",
                "package ch00; class PupilTest { int n = Pupil.n(); }");
        compiled();
        // Whoever gets the mark has not compiled.
        Files.write(onlyKept().resolve("tests/ch00/PupilTest.class"), MARK);
    }

    @Test
    void an_unchanged_file_is_compiled_once() throws IOException {
        assertArrayEquals(MARK, compiled());
    }

    @Test
    void a_changed_file_is_compiled_again() throws IOException {
        Files.writeString(submission, PUPIL.replace('1', '2'));
        assertTrue(compiled().length > MARK.length);
    }

    @Test
    void a_changed_test_is_compiled_again() throws IOException {
        Files.writeString(test, "package ch00; class PupilTest { long n = Pupil.n(); }");
        assertTrue(compiled().length > MARK.length);
    }

    @Test
    void what_does_not_compile_is_not_kept() throws IOException {
        Files.writeString(submission, PUPIL.replace("1;", "\"no\";"));
        assertTrue(compilation(scratch()).run().isPresent());
        onlyKept();
    }

    @Test
    void nothing_half_is_left_when_two_keep_the_same() throws IOException {
        Path from = Files.createDirectories(root.resolve("from/learner"));
        Files.write(from.resolve("A.class"), MARK);
        String key = onlyKept().getFileName().toString();
        new ClassCache(kept).keep(key, from.getParent());
        onlyKept();
        assertFalse(Files.exists(kept.resolve(key).resolve("learner/A.class")));
    }

    /// As when another grader deletes what was not used for an hour.
    @Test
    void what_is_deleted_while_it_is_copied_is_compiled_again() throws IOException {
        Path missing = onlyKept().resolve("tests/ch00/Gone.class");
        Files.createSymbolicLink(missing, missing.resolveSibling("nowhere"));
        assertTrue(compiled().length > MARK.length);
    }

    @Test
    void what_was_renamed_to_be_deleted_does_not_count() throws IOException {
        String key = onlyKept().getFileName().toString();
        Files.setLastModifiedTime(onlyKept(), FileTime.from(Instant.EPOCH));
        Folders.deleteForgotten(kept);
        assertFalse(new ClassCache(kept).restore(key, scratch()));
        try (Stream<Path> left = Files.list(kept)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private byte[] compiled() throws IOException {
        Compilation compilation = compilation(scratch());
        assertEquals(Optional.empty(), compilation.run());
        assertTrue(Files.exists(compilation.learnerClasses().resolve("ch00/Pupil.class")));
        return Files.readAllBytes(compilation.testClasses().resolve("ch00/PupilTest.class"));
    }

    private Compilation compilation(Path scratch) throws IOException {
        return new Compilation(new Project(root, root.resolve("exercises")),
                new Course.Exercise("ch00", "Pupil", 0, List.of(), List.of(), List.of(), List.of(),
                        List.of(), List.of()), scratch, Optional.of(new ClassCache(kept)));
    }

    private Path scratch() throws IOException {
        return Files.createTempDirectory(root, "scratch");
    }

    private Path onlyKept() throws IOException {
        try (Stream<Path> folders = Files.list(kept)) {
            List<Path> all = folders.toList();
            assertEquals(1, all.size(), all::toString);
            return all.getFirst();
        }
    }

    private Path write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
