package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {

    @Test
    void a_summary_is_one_line() {
        assertEquals("seven() 8, wanted 7",
                new Finding("seven()", "8", "7", "Count.", List.of()).summary());
        assertEquals("killed the process",
                new Finding("", "killed the process\nat once", "", "", List.of()).summary());
    }

    @Test
    void of_many_calls_the_summary_names_the_last() {
        Finding story = new Finding("// Seed 1\na.set(7L);\na.close();", "2 drops", "1", "Count.",
                List.of());
        assertEquals("a.close(); 2 drops, wanted 1", story.summary());
    }
}
