package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmdahlTest {

    @Test
    void who_never_allocates_gains_nothing_by_any_allocator() {
        assertEquals(1.0, new Amdahl(0).bound());
        assertEquals(1.0, new Amdahl(0).speedUp(1000));
        assertEquals(1.0, new Amdahl(0).speedUp(0.001));
    }

    @Test
    void who_only_allocates_gains_all_of_it() {
        assertEquals(Double.POSITIVE_INFINITY, new Amdahl(1).bound());
        assertEquals(4.0, new Amdahl(1).speedUp(4));
    }

    @Test
    void half_of_the_time_can_be_saved_at_most_once() {
        assertEquals(2.0, new Amdahl(0.5).bound());
        assertEquals(4.0 / 3, new Amdahl(0.5).speedUp(2), 1e-15);
    }

    @Test
    void an_allocator_as_fast_as_before_changes_nothing_and_a_slower_one_slows_down() {
        assertEquals(1.0, new Amdahl(0.25).speedUp(1));
        assertTrue(new Amdahl(0.25).speedUp(0.5) < 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_share_that_is_none_is_refused_with_value_and_range(double share) {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Amdahl(share));
        assertEquals("a share of time is from 0 to 1, not " + share, refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -2, Double.NaN})
    void an_allocator_that_never_answers_is_refused(double times) {
        Exception refused = assertThrows(IllegalArgumentException.class,
                () -> new Amdahl(0.5).speedUp(times));
        assertEquals("an allocator is more than 0 times as fast, not " + times,
                refused.getMessage());
    }
}
