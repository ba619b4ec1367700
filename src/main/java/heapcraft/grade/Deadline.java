package heapcraft.grade;

import java.time.Duration;
import java.util.Optional;

/// When a test has had its time, from the moment it is made.
///
/// Processor time is what counts: on a busy machine the clock runs on while a test waits for its
/// turn, and that must not fail it. The clock counts threefold later, for a test that only waits.
final class Deadline {

    private static final int CLOCK_TIMES = 3;

    private final Duration patience;
    private final long start = System.nanoTime();
    private Duration usedBefore;

    /// @param patience what a test may use
    Deadline(Duration patience) {
        this.patience = patience;
    }

    /// How long ago it was made, by the clock.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Whether the time is over. What was used before the first question is the worker's start.
    ///
    /// @param used the processor time of the worker so far; where nobody knows, the clock counts
    boolean isOver(Optional<Duration> used) {
        return isOver(used, age());
    }

    boolean isOver(Optional<Duration> used, Duration age) {
        if (used.isEmpty()) {
            return age.compareTo(patience) >= 0;
        }
        if (usedBefore == null) {
            usedBefore = used.get();
        }
        return used.get().minus(usedBefore).compareTo(patience) >= 0
                || age.compareTo(patience.multipliedBy(CLOCK_TIMES)) >= 0;
    }
}
