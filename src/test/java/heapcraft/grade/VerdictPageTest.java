package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictPageTest {

    private static String page(String trace) {
        return VerdictPage.of(MadeUp.report(Verdict.WRONG, new Finding(MadeUp.NASTY, MadeUp.NASTY,
                MadeUp.NASTY, MadeUp.NASTY, List.of(), trace), MadeUp.NASTY), "");
    }

    @Test
    void the_heap_of_the_failing_test_is_filmed_below() {
        String page = page("heapcraft-trace 1\nalloc 1 24 8 @7f0010\n");
        assertEquals(2, page.split("class=\"heapcraft-film\"", -1).length);
        assertFalse(page("").contains("heapcraft-film"));
    }

    @Test
    void what_was_measured_stands_beside_its_test() {
        String page = VerdictPage.of(MadeUp.report(MadeUp.measured("Sums")), "");
        assertTrue(page.contains("takes away <small>(passed, 1/2)</small><br><small>steps a call 40.0"
                + " (reference 10.0, best known 5.00)</small></li>"), page);
    }

    @Test
    void nothing_the_pupil_says_becomes_a_script() {
        String page = page("heapcraft-trace 1\nalloc 1 24 8 @7f0010\n");
        assertFalse(page.contains("<script>alert") || page.contains("<b>"), page);
        assertEquals(page.split("<script", -1).length, page.split("</script>", -1).length);
        assertTrue(page.contains("\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"), page);
    }
}
