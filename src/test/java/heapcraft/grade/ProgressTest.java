package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

    private static final Exercise EXERCISE = Course.load().named("LayoutMath").getFirst();
    private static final Exercise OTHER = Course.load().named("Peek").getFirst();

    @TempDir
    private Path root;
    private Path file;
    private Progress progress;

    @BeforeEach
    void begin() throws IOException {
        Project project = new Project(root, root.resolve("exercises"));
        progress = Progress.of(project);
        file = project.submission(EXERCISE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "my work");
    }

    @Test
    void the_last_grade_is_remembered_with_the_file_it_was_for() throws IOException {
        progress.record(List.of(graded(Verdict.WRONG)));
        Standing standing = progress.standing(EXERCISE);
        assertEquals("wrong", standing.state());
        assertEquals(Verdict.Colour.RED, standing.colour());
        assertEquals(EXERCISE.points() - lastPoints(), standing.points());
        assertFalse(standing.isOpen(), "a wrong answer opens no solution");
        assertFalse(progress.isStale(EXERCISE));
        Files.writeString(file, "more work");
        assertTrue(progress.isStale(EXERCISE));
    }

    @Test
    void having_passed_once_is_not_forgotten() throws IOException {
        progress.record(List.of(graded(Verdict.PASSED)));
        progress.record(List.of(graded(Verdict.CRASHED)));
        assertEquals("crashed", progress.standing(EXERCISE).state());
        assertTrue(progress.standing(EXERCISE).isOpen());
    }

    @Test
    void the_graders_own_fault_is_not_the_learners_state() throws IOException {
        progress.record(List.of(graded(Verdict.TODO)));
        progress.record(List.of(graded(Verdict.GRADER_ERROR)));
        assertEquals("to do", progress.standing(EXERCISE).state());
    }

    @Test
    void a_file_as_shipped_is_not_started_whatever_was_graded_before() throws IOException {
        progress.record(List.of(graded(Verdict.PASSED)));
        Files.writeString(file, Stubs.text(EXERCISE).orElseThrow());
        assertEquals("not started", progress.standing(EXERCISE).state());
        assertEquals(0, progress.standing(EXERCISE).points());
        assertFalse(progress.isStale(EXERCISE));
    }

    @Test
    void lines_of_unknown_exercises_and_words_of_later_versions_stay() throws IOException {
        write("# mine\nGone state=done points=9\nLayoutMath state=wrong later=yes\n<<<<<<< HEAD\n");
        progress.update(EXERCISE, standing -> standing.hinted(1));
        assertEquals("# mine\nGone state=done points=9\n"
                + "LayoutMath state=wrong later=yes hints=1\n<<<<<<< HEAD\n", read());
    }

    @Test
    void only_the_first_guess_is_a_prediction() {
        assertTrue(progress.predicted("first-fit", false));
        assertFalse(progress.predicted("first-fit", true));
        assertTrue(progress.predicted("first-fit-2", true));
        assertEquals(Map.of("first-fit", false, "first-fit-2", true), progress.predictions());
    }

    @Test
    void predictions_and_grades_stand_side_by_side() throws IOException {
        progress.predicted("peek", true);
        progress.record(List.of(graded(Verdict.PASSED)));
        progress.predicted("buddy", false);
        assertEquals(Map.of("peek", true, "buddy", false), progress.predictions());
        assertEquals("done", progress.standing(EXERCISE).state());
        assertEquals("not graded", progress.standing(OTHER).state());
    }

    @Test
    void a_predictions_id_fits_into_a_line() {
        for (String wrong : List.of("", "two words", "Capital", "a=b", "line\nbreak")) {
            assertThrows(IllegalArgumentException.class, () -> progress.predicted(wrong, true));
        }
        assertEquals(Map.of(), progress.predictions());
    }

    @Test
    void an_id_is_a_whole_word() throws IOException {
        write("LayoutMathematics state=done\n");
        assertEquals("not graded", progress.standing(EXERCISE).state());
        progress.update(EXERCISE, standing -> standing.hinted(1));
        assertEquals("LayoutMathematics state=done\nLayoutMath hints=1\n", read());
    }

    @Test
    void writers_at_the_same_time_do_not_undo_each_other() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (Exercise exercise : List.of(EXERCISE, OTHER)) {
            writers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 25; i++) {
                    Progress.of(new Project(root, root.resolve("exercises")))
                            .update(exercise, s -> s.hinted(s.hints() + 1));
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(25, progress.standing(EXERCISE).hints());
        assertEquals(25, progress.standing(OTHER).hints());
    }

    @Test
    void work_stands_on_the_stub_it_began_with() throws IOException {
        assertEquals(List.of(), progress.record(List.of(graded(Verdict.TODO))));
        assertEquals(Stubs.text(EXERCISE), progress.base(EXERCISE));
        assertFalse(progress.hasNewStub(EXERCISE));
    }

    @Test
    void a_stub_that_changed_under_the_work_is_said_after_grading() throws IOException {
        write("LayoutMath state=wrong base=0123456789abcdef\n");
        assertEquals(List.of("The course changed LayoutMath since you began: "
                + "./lab diff LayoutMath --stub"), progress.record(List.of(graded(Verdict.WRONG))));
        progress.acceptStub(EXERCISE);
        assertEquals(List.of(), progress.record(List.of(graded(Verdict.WRONG))));
    }

    @Test
    void a_verdict_is_not_lost_where_progress_cannot_be_written() throws IOException {
        Files.writeString(root.resolve(".lab"), "a file in the folder's place");
        List<String> notes = progress.record(List.of(graded(Verdict.WRONG)));
        assertTrue(notes.getFirst().startsWith("Your progress could not be saved"), notes::toString);
    }

    /// All tests passed but the last.
    private Graded graded(Verdict last) throws IOException {
        List<Result> results = EXERCISE.tests().stream().map(test -> new Result(test,
                test == EXERCISE.tests().getLast() ? last : Verdict.PASSED, Finding.NONE, 0)).toList();
        return new Graded(EXERCISE, file, results, "", "", Digest.of(Files.readAllBytes(file)));
    }

    private static int lastPoints() {
        return EXERCISE.tests().getLast().points();
    }

    private void write(String text) throws IOException {
        Files.createDirectories(root.resolve(".lab"));
        Files.writeString(root.resolve(".lab/progress.txt"), text);
    }

    private String read() throws IOException {
        return Files.readString(root.resolve(".lab/progress.txt"));
    }
}
