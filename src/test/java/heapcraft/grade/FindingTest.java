package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {

    @Test
    void a_summary_is_one_line() {
        assertEquals("seven() 8, wanted 7",
                new Finding("seven()", "8", "7", "Count.", List.of()).summary());
        assertEquals("killed the process",
                new Finding("", "killed the process\nat once", "", "", List.of()).summary());
    }

    private static Finding with(String trace) {
        return new Finding("free(a)", "alive: #1", "no block", "Free it.", List.of(), trace);
    }

    @Test
    void a_trace_becomes_a_film_that_ends_with_what_came_back() {
        assertTrue(with("heapcraft-trace 1\nalloc 1 24 8 @7f10\n").film().orElseThrow().summary()
                .contains("broken at operation 1: alive: #1"));
    }

    /// A worker is the learner's own process: what it says may be anything.
    @ParameterizedTest
    @ValueSource(strings = {"", "heapcraft-trace 1\n", "</script><script>alert(1)</script>",
        "heapcraft-trace 1\nalloc 0 8 8\n", "heapcraft-trace 1\nfree 7\n",
        "heapcraft-trace 1\nalloc 0 9223372036854775807 1 @7fffffffffffffff\n",
        "heapcraft-trace 1\nalloc 0 4611686018427387904 8 @7fffffffffffff00\n",
        "heapcraft-trace 1\nalloc 0 -1 8 @10\n", "heapcraft-trace 1\nalloc 0 8 3 @10\n",
        "heapcraft-trace 1\nalloc 99999999999999999999 8 8 @10\n"})
    void a_lie_is_no_film(String lie) {
        assertTrue(with(lie).film().isEmpty(), lie);
    }

    @Test
    void a_trace_too_long_to_look_through_is_no_film() {
        StringBuilder trace = new StringBuilder("heapcraft-trace 1\n");
        for (int i = 0; trace.length() <= Finding.LONGEST_TRACE; i++) {
            trace.append("alloc ").append(i).append(" 8 8 @").append(Integer.toHexString(16 + 8 * i))
                    .append('\n');
        }
        assertTrue(with(trace.toString()).film().isEmpty());
    }

    @Test
    void of_many_calls_the_summary_names_the_last() {
        Finding story = new Finding("// Seed 1\na.set(7L);\na.close();", "2 drops", "1", "Count.",
                List.of());
        assertEquals("a.close(); 2 drops, wanted 1", story.summary());
    }
}
