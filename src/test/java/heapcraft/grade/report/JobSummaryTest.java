package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.MadeUp;
import heapcraft.grade.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobSummaryTest {

    @Test
    void a_table_says_how_far_each_exercise_is() {
        String summary = JobSummary.of(MadeUp.report(
                MadeUp.passed("Sums"),
                MadeUp.graded("Moves", Verdict.WRONG, MadeUp.failure(), "")));
        assertTrue(summary.startsWith("## 4 of 6 points\n"), summary);
        assertTrue(summary.contains("| ch02 | Sums | done | 3/3 |\n| ch02 | Moves | wrong | 1/3 |\n"),
                summary);
        assertTrue(summary.contains("### ch02 Moves: wrong\n\ntakes away\n"), summary);
        assertTrue(summary.endsWith("It behaves like: Do you count twice?\n"), summary);
    }

    @Test
    void what_was_measured_stands_below_the_table() {
        String summary = JobSummary.of(MadeUp.report(MadeUp.measured("Sums")));
        assertTrue(summary.endsWith("| 2/3 |\n\n- ch02 Sums, steps a call 40.0 (reference 10.0, best"
                + " known 5.00): 1/2\n"), summary);
    }

    @Test
    void whatever_the_pupil_says_stays_inside_its_fence() {
        for (String text : List.of(MadeUp.NASTY, "```", "a ````` b", "\n```\n# not a title\n````\n")) {
            List<String> lines = JobSummary.fenced(text).lines().toList();
            String fence = lines.getFirst();
            assertTrue(fence.matches("`{3,}"), fence);
            assertEquals(fence, lines.getLast());
            assertTrue(lines.subList(1, lines.size() - 1).stream()
                    .noneMatch(line -> line.contains(fence)), text);
        }
    }
}
