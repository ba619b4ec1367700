package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Report.Graded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StubsTest {

    private static final Exercise EXERCISE = Course.load().named("LayoutMath").getFirst();
    private static final String STUB = Stubs.text(EXERCISE).orElseThrow();

    @TempDir
    private Path root;

    @Test
    void a_stub_is_one_whatever_its_line_ends() {
        assertTrue(Stubs.isStub(EXERCISE, STUB));
        assertTrue(Stubs.isStub(EXERCISE, STUB.replace("\n", "\r\n")));
    }

    @Test
    void one_character_more_is_work_begun() {
        assertFalse(Stubs.isStub(EXERCISE, STUB + " "));
        assertEquals(Optional.empty(), Stubs.gaps(EXERCISE, STUB + " "));
    }

    @Test
    void a_stub_is_to_do_without_being_run() throws IOException {
        Graded graded = grade(STUB);
        assertEquals("not started", graded.state());
        assertEquals(EXERCISE.tests().size(), graded.results().size());
        graded.results().forEach(result -> assertTrue(
                STUB.contains("todo(\"" + result.finding().got() + "\")"), result::toString));
        assertFalse(Files.exists(root.resolve("target/grade/work")), "no scratch folder was needed");
    }

    @Test
    void a_test_added_since_the_recording_meets_the_first_gap() {
        List<GradedTest> tests = new ArrayList<>(EXERCISE.tests());
        tests.add(new GradedTest("is_new", 1));
        Exercise grown = new Exercise(EXERCISE.folder(), EXERCISE.id(), 1, List.of(), tests,
                List.of(), List.of(), List.of(), List.of());
        Map<String, String> gaps = Stubs.gaps(grown, STUB).orElseThrow();
        assertEquals(gaps.get(EXERCISE.tests().getFirst().name()), gaps.get("is_new"));
    }

    @Test
    void the_digest_is_that_of_the_file_as_it_lies_there() throws IOException {
        assertEquals("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                grade("test").sha256());
        assertEquals(Digest.of(STUB.getBytes()), grade(STUB).sha256());
    }

    private Graded grade(String source) throws IOException {
        Project project = new Project(root, root.resolve("exercises"));
        Path file = project.submission(EXERCISE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        return new Grader(project).grade(List.of(EXERCISE), done -> { }).exercises().getFirst();
    }
}
