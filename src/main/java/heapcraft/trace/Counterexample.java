package heapcraft.trace;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// A trace that breaks a claim, made as short as possible.
///
/// ```java
/// Optional<Counterexample> found = Counterexample.search(
///         seed -> Workload.ANYTHING.trace(seed, 200), 1, 100,
///         trace -> Replay.on(new SystemAlloc()).run(trace));
/// ```
///
/// Immutable; may be shared between threads.
///
/// @param seed    made the trace before it was shortened
/// @param trace   the shortest one that still breaks the claim
/// @param failure how it breaks it
public record Counterexample(long seed, Trace trace, Throwable failure) {

    /// Tries traces until one breaks the claim, and makes that one as short as possible.
    ///
    /// @param generator makes a trace from a seed
    /// @param firstSeed the first seed; the others follow it
    /// @param tries     how many traces to try
    /// @param claim     throws anything if the trace breaks it
    /// @return empty if no trace broke it
    public static Optional<Counterexample> search(LongFunction<Trace> generator, long firstSeed,
                                                  int tries, Consumer<Trace> claim) {
        for (long seed = firstSeed; seed < firstSeed + tries; seed++) {
            Trace trace = generator.apply(seed);
            Throwable failure = failure(claim, trace);
            if (failure != null) {
                return Optional.of(shortened(seed, trace, failure, claim));
            }
        }
        return Optional.empty();
    }

    /// A shorter trace must fail in the same way, or it would tell of another mistake.
    private static Counterexample shortened(long seed, Trace trace, Throwable failure,
                                            Consumer<Trace> claim) {
        AtomicReference<Throwable> last = new AtomicReference<>(failure);
        Trace shortest = Shrinker.shrink(trace, candidate -> {
            Throwable again = failure(claim, candidate);
            boolean same = again != null && again.getClass() == failure.getClass();
            if (same) {
                last.set(again);
            }
            return same;
        });
        return new Counterexample(seed, shortest, last.get());
    }

    private static Throwable failure(Consumer<Trace> claim, Trace trace) {
        try {
            claim.accept(trace);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /// What failed, the seed, and the code that shows it again on a `heap`.
    @Override
    public String toString() {
        return failure + "\nfound with seed " + seed + "; this does it again:\n"
                + trace.toJava("heap");
    }
}
