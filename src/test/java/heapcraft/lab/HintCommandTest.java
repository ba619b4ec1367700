package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course.Exercise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintCommandTest {

    private static final Exercise EXERCISE = Desk.exercise("LayoutMath");

    @TempDir
    private Path root;
    private Desk desk;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
    }

    @Test
    void goes_one_step_further_each_time() {
        for (int step = 1; step <= EXERCISE.hints().size(); step++) {
            String said = desk.run("hint", "LayoutMath").out();
            assertTrue(said.contains("Hint " + step + " of " + (EXERCISE.hints().size() + 1)), said);
            assertFalse(said.contains("Hint " + (step + 1) + " of"), said);
            assertTrue(words(said).contains(words(EXERCISE.hints().get(step - 1))), said);
        }
    }

    @Test
    void ends_with_a_worked_different_case_and_then_says_so() {
        for (int i = 0; i < EXERCISE.hints().size(); i++) {
            assertFalse(words(desk.run("hint", "LayoutMath").out())
                    .contains(words(EXERCISE.worked().getLast())));
        }
        String last = desk.run("hint", "LayoutMath").out();
        assertTrue(words(last).contains(words(EXERCISE.worked().getLast())), last);
        assertFalse(last.contains("--give-up"), last);
        String all = desk.run("hint", "LayoutMath").out();
        assertTrue(all.contains("These are all"), all);
    }

    @Test
    void remembers_for_each_exercise_on_its_own() throws IOException {
        desk.run("hint", "LayoutMath");
        desk.run("hint", "LayoutMath");
        assertTrue(desk.run("hint", "Peek").out().contains("Hint 1 of"));
        assertTrue(desk.state("LayoutMath").getFirst().contains("hints=2"));
    }

    @Test
    void writes_nothing_into_the_exercises() throws IOException {
        var before = desk.all("exercises");
        desk.run("hint", "LayoutMath");
        assertEquals(before, desk.all("exercises"));
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() {
        Desk.Said said = desk.run("hint", "LayoutMaths");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("the nearest is LayoutMath"), said.err());
    }

    @Test
    void a_chapter_is_answered_with_its_exercises() {
        Desk.Said said = desk.run("hint", "ch02");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("name one of them: LayoutMath, "), said.err());
    }

    @Test
    void no_line_is_wider_than_a_screen() {
        for (int i = 0; i <= EXERCISE.hints().size(); i++) {
            assertEquals(List.of(), desk.run("hint", "LayoutMath").out().lines()
                    .filter(line -> line.length() > 80).toList());
        }
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
