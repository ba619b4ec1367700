package ch00;

import heapcraft.alloc.SystemAlloc;
import heapcraft.exercise.Claim;
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

    @Test void is_not_written_yet() {
        Training.gap();
    }
}
