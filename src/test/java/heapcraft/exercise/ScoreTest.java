package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void more_grows_evenly_from_the_worst_to_the_reference() {
        assertEquals(0, utilisation(0.4).share());
        assertEquals(0.5, utilisation(0.6).share(), 1e-9);
        assertEquals(1, utilisation(0.8).share());
    }

    @Test
    void less_grows_with_each_halving() {
        assertEquals(0, steps(160).share());
        assertEquals(0.25, steps(80).share(), 1e-9);
        assertEquals(0.5, steps(40).share(), 1e-9);
        assertEquals(1, steps(10).share());
    }

    @Test
    void nobody_gets_more_than_all_or_less_than_nothing() {
        assertEquals(1, utilisation(0.99).share());
        assertEquals(0, utilisation(0).share());
        assertEquals(1, steps(0).share());
        assertEquals(0, steps(1e12).share());
    }

    @Test
    void a_little_better_never_earns_less() {
        for (double value = 0; value < 1; value += 0.01) {
            assertTrue(utilisation(value).points(15) <= utilisation(value + 0.01).points(15));
        }
        for (double value = 1; value < 200; value++) {
            assertTrue(steps(value).points(15) >= steps(value + 1).points(15));
        }
    }

    @Test
    void points_are_whole_and_all_of_them_come_with_the_reference() {
        assertEquals(7, utilisation(0.6).points(15));
        assertEquals(15, utilisation(0.8).points(15));
        assertEquals(15, Score.more("m", 0.1 + 0.2, 0, 0.3, 1).points(15));
    }

    @Test
    void reads_as_a_line_of_a_leader_board() {
        assertEquals("utilisation 0.60 (reference 0.80, best known 0.90)",
                utilisation(0.6).toString());
        assertEquals("steps a call 40.0 (reference 10.0, best known 5.00)", steps(40).toString());
    }

    @Test
    void comes_back_from_its_fields() {
        for (Score score : List.of(utilisation(0.6), steps(40))) {
            Map<String, String> event = new HashMap<>(score.fields());
            event.put("test", "other");
            assertEquals(Optional.of(score), Score.of(event));
        }
        assertEquals(Optional.empty(), Score.of(Map.of("share", "1")));
    }

    @Test
    void a_lie_is_no_score() {
        for (String share : List.of("1.1", "-0.1", "NaN", "Infinity", "all")) {
            assertRefused("share", share);
        }
        for (String name : List.of("", "<b>", "A", "a\nb", "x".repeat(41))) {
            assertRefused("score", name);
        }
        assertRefused("value", "NaN");
        assertRefused("best", "");
        Map<String, String> fields = new HashMap<>(utilisation(0.6).fields());
        fields.remove("share");
        assertThrows(IllegalArgumentException.class, () -> Score.of(fields));
    }

    private static void assertRefused(String field, String lie) {
        Map<String, String> fields = new HashMap<>(utilisation(0.6).fields());
        fields.put(field, lie);
        assertThrows(IllegalArgumentException.class, () -> Score.of(fields), field + " " + lie);
    }

    private static Score utilisation(double value) {
        return Score.more("utilisation", value, 0.4, 0.8, 0.9);
    }

    private static Score steps(double value) {
        return Score.less("steps a call", value, 160, 10, 5);
    }
}
