package heapcraft.exercise;

import heapcraft.trace.Counterexample;
import heapcraft.trace.Shrinker;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/// Random sequences of calls against a model, and the story of the shortest one that goes wrong.
///
/// ```java
/// Sequences.of(seed -> new Random(seed).ints(4, 1, 99).boxed().toList(), Object::toString)
///         .hold(sizes -> Claim.that("the sizes", () -> sizes.size())
///                 .gives(4, "Look at both."));
/// ```
///
/// The story's call is the whole shortest sequence as Java code, to paste into a notebook cell or a
/// `main`, and below it the call of the claim that failed, unless that is empty; what came back and
/// what was wanted are those of the claim.
///
/// The first of 100 seeds is 1, so that the same code meets the same sequences each time. The
/// system property `heapcraft.seed` names another first seed; a story names the seed it comes from.
///
/// @param <S> a sequence, such as a list of calls
public final class Sequences<S> {

    /// The system property with the first seed.
    public static final String SEED = "heapcraft.seed";

    private static final int TRIES = 100;

    private final LongFunction<S> random;
    private final BiFunction<S, Predicate<S>, S> shrink;
    private final Function<S, String> java;

    private Sequences(LongFunction<S> random, BiFunction<S, Predicate<S>, S> shrink,
                      Function<S, String> java) {
        this.random = random;
        this.shrink = shrink;
        this.java = java;
    }

    /// Sequences whose steps make sense whatever was left out before them.
    ///
    /// @param random makes a sequence from a seed
    /// @param java   a sequence as lines of Java
    public static <E> Sequences<List<E>> of(LongFunction<List<E>> random,
                                            Function<List<E>, String> java) {
        return of(random, Shrinker::shrink, java);
    }

    /// Sequences of any kind.
    ///
    /// @param shrink finds the shortest sequence that fails, given one that does
    public static <S> Sequences<S> of(LongFunction<S> random,
                                      BiFunction<S, Predicate<S>, S> shrink,
                                      Function<S, String> java) {
        return new Sequences<>(random, shrink, java);
    }

    /// Claims that every sequence goes well.
    ///
    /// @param run makes the calls of a sequence, and tells a [Story] of the first that goes wrong
    public void hold(Consumer<S> run) {
        Counterexample.search(random, shrink, Long.getLong(SEED, 1), TRIES, run)
                .ifPresent(this::tell);
    }

    private void tell(Counterexample<S> found) {
        switch (found.failure()) {
            case Todo gap -> throw gap;
            case Story last -> throw new Story(code(found, last.call()), last.got(), last.wanted(),
                    last.next(), last.getCause()).on(last.trace());
            default -> throw new IllegalStateException("a run tells a Story of what goes wrong",
                    found.failure());
        }
    }

    private String code(Counterexample<S> found, String last) {
        return "// Seed " + found.seed() + ", shortened to what still goes wrong.\n"
                + "// In a notebook, run your class first, without its package line.\n"
                + java.apply(found.sequence()) + (last.isEmpty() ? "" : "\n" + last);
    }
}
