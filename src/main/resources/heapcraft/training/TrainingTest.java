package ch00;

import heapcraft.alloc.SystemAlloc;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.WitnessHeap;
import heapcraft.trace.Replay;
import heapcraft.trace.Shrinker;
import heapcraft.trace.Workload;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrainingTest {

    @Test void passes() {
        Claim.that("roundTrip(42)", () -> Training.roundTrip(new SystemAlloc(), 42)).gives(42, "");
    }

    @Test void fails() {
        Claim.that("roundTrip(42)", () -> Training.roundTrip(new SystemAlloc(), 42)).gives(43, "");
    }

    @Test void throws_something() {
        Claim.that("null", () -> Objects.requireNonNull(null)).raises(NullPointerException.class, "");
        throw new IllegalStateException("for training");
    }

    @Test void shortens_a_sequence_of_calls_that_fails() {
        Sequences.of(seed -> Workload.ANYTHING.trace(seed, 20), Shrinker::shrink,
                calls -> calls.toJava("heap")).hold(calls -> {
            var heap = new WitnessHeap();
            Replay.on(heap).run(calls);
            Claim.that("", heap::log).gives("nothing", "");
        });
    }

    @Test void is_not_written_yet() {
        Training.gap();
    }
}
