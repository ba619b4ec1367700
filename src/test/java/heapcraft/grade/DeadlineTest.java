package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final Deadline deadline = new Deadline(Duration.ofSeconds(10));

    @Test
    void a_busy_machine_costs_no_test_its_time() {
        assertFalse(isOver(used(1), 1));
        assertFalse(isOver(used(4), 25));
    }

    @Test
    void a_loop_is_over_when_it_has_used_its_time() {
        assertFalse(isOver(used(1), 1));
        assertFalse(isOver(used(10), 12));
        assertTrue(isOver(used(11), 12));
    }

    @Test
    void what_the_worker_used_to_start_does_not_count() {
        assertFalse(isOver(used(9), 1));
        assertFalse(isOver(used(18), 10));
    }

    @Test
    void a_test_that_only_waits_is_over_some_time() {
        assertFalse(isOver(used(1), 29));
        assertTrue(isOver(used(1), 30));
    }

    @Test
    void where_nobody_knows_what_was_used_the_clock_counts() {
        assertFalse(isOver(Optional.empty(), 9));
        assertTrue(isOver(Optional.empty(), 10));
    }

    private boolean isOver(Optional<Duration> used, int seconds) {
        return deadline.isOver(used, Duration.ofSeconds(seconds));
    }

    private static Optional<Duration> used(int seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }
}
