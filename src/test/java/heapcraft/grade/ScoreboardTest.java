package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    void no_line_is_wider_than_80_columns_whatever_is_in_it() {
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

    private static final Finding STORY = new Finding("alloc(8 bytes, align 64)", "0x".repeat(60),
            "a multiple of 64", "Did you round the offset instead of the address?",
            List.of("BumpArena.java:31"));

    @Test
    void no_line_is_wider_than_80_columns() {
        for (Verdict verdict : Verdict.values()) {
            String board = board(verdict, Verdict.PASSED);
            assertTrue(board.lines().allMatch(line -> line.length() <= 80), board);
        }
    }

    @Test
    void what_was_earned_stays_beside_what_is_wrong() {
        String board = board(Verdict.PASSED, Verdict.CRASHED);
        assertTrue(board.contains("[!] crashed"), board);
        assertTrue(board.contains("3/6"), board);
        assertTrue(board.contains("3 of 6 points. Something is wrong"), board);
    }

    @Test
    void the_first_failure_is_told_whole_with_its_file_and_line() {
        String board = board(Verdict.PASSED, Verdict.WRONG);
        for (String part : List.of("call: alloc(8 bytes, align 64)", "wanted: a multiple of 64",
                "next: Did you round", "exercises/ch08/BumpArena.java, line 31",
                "mvn test -Dexercise=BumpArena")) {
            assertTrue(board.contains(part), part + " is missing in\n" + board);
        }
    }

    @Test
    void yellow_says_that_success_means_little() {
        String board = board(Verdict.TODO, Verdict.TODO);
        assertEquals("0 of 6 points. BUILD SUCCESS only means nothing is wrong yet.",
                board.lines().toList().getLast());
    }

    @Test
    void a_long_gap_is_told_whole() {
        Finding gap = new Finding("", "give " + "a word and ".repeat(10) + "the end", "", "",
                List.of());
        String board = Scoreboard.of(MadeUp.report(Verdict.TODO, gap, ""));
        assertTrue(board.contains("     gap: give a word") && board.contains("the end\n"), board);
    }

    @Test
    void what_is_open_says_where_hints_are() {
        for (Verdict verdict : List.of(Verdict.TODO, Verdict.WRONG)) {
            assertTrue(board(verdict).contains("\n  stuck?  ./lab hint BumpArena\n"),
                    board(verdict));
        }
        assertFalse(board(Verdict.PASSED).contains("stuck?"));
    }

    @Test
    void what_was_measured_stands_below_its_exercise() {
        String board = Scoreboard.of(MadeUp.report(MadeUp.measured("Sums"), WRONG));
        assertTrue(board.contains(" 2/3\n        steps a call 40.0 (reference 10.0, best known 5.00):"
                + " 1/2\n  ch02  Moves"), board);
    }

    @Test
    void right_and_not_the_best_is_green_and_does_not_say_that_all_is_done() {
        String board = Scoreboard.of(MadeUp.report(MadeUp.measured("Sums")));
        assertTrue(board.endsWith("2 of 3 points. All right; what is missing is a matter of"
                + " measure.\n"), board);
        assertTrue(Scoreboard.of(MadeUp.report(DONE)).endsWith("3 of 3 points. All done.\n"));
    }

    @Test
    void half_done_is_yellow_and_half_wrong_is_red() {
        assertTrue(board(Verdict.PASSED, Verdict.TODO).contains("[ ] to do"));
        assertTrue(board(Verdict.TODO, Verdict.WRONG).contains("[!] wrong"));
    }

    private static String board(Verdict... verdicts) {
        List<GradedTest> tests = Arrays.stream(verdicts).map(v -> new GradedTest("aligns_the_address"
                + "_and_not_only_the_offset_of_the_block", 3)).toList();
        Exercise exercise = new Exercise("ch08", "BumpArena", 20, List.of(), tests, List.of(),
                List.of(), List.of(), List.of());
        List<Result> results = IntStream.range(0, verdicts.length)
                .mapToObj(i -> new Result(tests.get(i), verdicts[i], STORY, 1)).toList();
        Path root = Path.of("").toAbsolutePath();
        Project project = new Project(root, root.resolve("exercises"));
        return Scoreboard.of(new Report(project, List.of(new Graded(exercise,
                project.submission(exercise), results, "", "", "")), "a wall", List.of()));
    }
}
