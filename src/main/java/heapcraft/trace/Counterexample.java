package heapcraft.trace;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/// A sequence that breaks a claim, made as short as possible.
///
/// ```java
/// Optional<Counterexample<Trace>> found = Counterexample.search(
///         seed -> Workload.ANYTHING.trace(seed, 200), 1, 100,
///         trace -> Replay.on(new SystemAlloc()).run(trace));
/// ```
///
/// Immutable; may be shared between threads.
///
/// @param seed     made the sequence before it was shortened
/// @param sequence the shortest one that still breaks the claim
/// @param failure  how it breaks it
/// @param <S>      what is tried: a [Trace], or a list of steps
public record Counterexample<S>(long seed, S sequence, Throwable failure) {

    /// Tries traces until one breaks the claim, and makes that one as short as possible.
    ///
    /// @param generator makes a trace from a seed
    /// @param firstSeed the first seed; the others follow it
    /// @param tries     how many traces to try
    /// @param claim     throws anything if the trace breaks it; what the machine itself throws,
    ///                  such as a StackOverflowError, is passed on at once
    /// @return empty if no trace broke it
    public static Optional<Counterexample<Trace>> search(LongFunction<Trace> generator,
            long firstSeed, int tries, Consumer<Trace> claim) {
        return search(generator, Shrinker::shrink, firstSeed, tries, claim);
    }

    /// The same for any kind of sequence.
    ///
    /// @param shrink finds the shortest sequence that fails like this one, such as
    ///               `Shrinker::shrink`
    public static <S> Optional<Counterexample<S>> search(LongFunction<S> generator,
            BiFunction<S, Predicate<S>, S> shrink, long firstSeed, int tries, Consumer<S> claim) {
        for (long seed = firstSeed; seed < firstSeed + tries; seed++) {
            S sequence = generator.apply(seed);
            Throwable failure = failure(claim, sequence);
            if (failure != null) {
                AtomicReference<Throwable> last = new AtomicReference<>(failure);
                S shortest = shrink.apply(sequence, shorter -> failsAlike(claim, shorter, last));
                return Optional.of(new Counterexample<>(seed, shortest, last.get()));
            }
        }
        return Optional.empty();
    }

    /// A shorter sequence must fail in the same way, or it would tell of another mistake.
    private static <S> boolean failsAlike(Consumer<S> claim, S sequence,
                                          AtomicReference<Throwable> last) {
        Throwable failure = failure(claim, sequence);
        boolean alike = failure != null && failure.getClass() == last.get().getClass();
        if (alike) {
            last.set(failure);
        }
        return alike;
    }

    private static <S> Throwable failure(Consumer<S> claim, S sequence) {
        try {
            claim.accept(sequence);
            return null;
        } catch (VirtualMachineError e) {
            // A machine at its limits says nothing of the sequence, and would say it each time.
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }

    /// What failed, the seed, and what shows it again: for a trace, the code that does so on a
    /// `heap`.
    @Override
    public String toString() {
        return failure + "\nfound with seed " + seed + "; this does it again:\n"
                + (sequence instanceof Trace trace ? trace.toJava("heap") : sequence);
    }
}
