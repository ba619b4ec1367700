package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Report.Graded;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

    private static final Graded DONE = MadeUp.passed("Sums");
    private static final Graded WRONG =
            MadeUp.graded("Moves", Verdict.WRONG, MadeUp.failure(), "printed\n");

    @Test
    void tells_states_apart_without_colour() {
        String board = Scoreboard.of(MadeUp.report(DONE, WRONG));
        assertTrue(board.contains("[x] done") && board.contains("[!] wrong"), board);
        assertFalse(board.contains("\u001B"), board);
    }

    @Test
    void colours_the_state_and_nothing_else() {
        Report report = MadeUp.report(DONE, WRONG);
        String plain = Scoreboard.of(report);
        String painted = Scoreboard.of(report, (colour, state) -> "<" + colour + state + ">");
        assertTrue(painted.matches("(?s).*<GREEN\\[x] done +> .*"), painted);
        assertTrue(painted.matches("(?s).*<RED\\[!] wrong +> .*"), painted);
        assertEquals(2, painted.chars().filter(c -> c == '<').count(), painted);
        assertEquals(plain, painted.replaceAll("<[A-Z]+(.*?)>", "$1"));
    }

    @Test
    void no_line_is_wider_than_80_columns() {
        Report report = MadeUp.nasty().noting("word ".repeat(40).strip());
        List<String> wide = Scoreboard.of(report).lines().filter(line -> line.length() > 80).toList();
        assertEquals(List.of(), wide);
    }

    @Test
    void says_the_score_last_and_notes_before_it() {
        List<String> lines = Scoreboard.of(MadeUp.report(WRONG).noting("A note.")).lines().toList();
        assertEquals("A note.", lines.get(lines.size() - 2));
        assertTrue(lines.getLast().startsWith("1 of 3 points."), lines::toString);
    }

    @Test
    void prints_nothing_that_a_terminal_obeys() {
        String board = Scoreboard.of(MadeUp.nasty());
        assertTrue(board.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c)),
                board);
    }
}
