package heapcraft.exercise;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What a graded test says: one call, what came back, what was wanted, and one next step.
///
/// ```java
/// Claim.that("padded(9, 8)", () -> LayoutMath.padded(9, 8))
///         .gives(16L, "Round up to the next multiple. Which one is it for 9?");
/// ```
///
/// A claim that does not hold throws a [Story], which a test runner shows as a failed assertion
/// and the grader shows field by field. A gap stays a gap, and a process out of memory stays one.
///
/// @param <T> what the call returns
public final class Claim<T> {

    private final String call;
    private final Supplier<T> code;
    /// What a call says that returns nothing, in the place of what it returned.
    private final String nothing;
    private final Map<Class<? extends Throwable>, String> nextIfThrown = new LinkedHashMap<>();

    private Claim(String call, Supplier<T> code, String nothing) {
        this.call = call;
        this.code = code;
        this.nothing = nothing;
    }

    /// A claim about one call.
    ///
    /// @param call the call as the learner would write it, with its arguments
    /// @param code makes the call
    public static <T> Claim<T> that(String call, Supplier<T> code) {
        return new Claim<>(call, code, "returned null");
    }

    /// A claim about code that returns nothing.
    public static Claim<Void> that(String call, Runnable code) {
        return new Claim<>(call, () -> {
            code.run();
            return null;
        }, "threw nothing");
    }

    /// Names the next step for an exception that the call should not throw, where the claim's own
    /// next step speaks of what it returns.
    ///
    /// @param thrown the exception, or what it extends; the first that fits is taken
    public Claim<T> ifItThrows(Class<? extends Throwable> thrown, String next) {
        nextIfThrown.putIfAbsent(thrown, next);
        return this;
    }

    /// Claims that the call returns an equal value.
    ///
    /// @param next one next step for the learner, should it not hold
    /// @return what came back
    public T gives(T wanted, String next) {
        return gives(wanted, Objects::toString, next);
    }

    /// Claims that the call returns an equal value, and says how to print one.
    public T gives(T wanted, Function<T, String> print, String next) {
        T got = run(print.apply(wanted), next);
        if (!Objects.equals(got, wanted)) {
            throw new Story(call, print.apply(got), print.apply(wanted), next);
        }
        return got;
    }

    /// Claims that what the call returns has a property.
    ///
    /// @param wanted the property in words
    public T gives(String wanted, Predicate<T> property, String next) {
        T got = run(wanted, next);
        if (!property.test(got)) {
            throw new Story(call, Objects.toString(got), wanted, next);
        }
        return got;
    }

    /// Claims that the call comes back at all, whatever it returns.
    public T returns(String next) {
        return run("no exception", next);
    }

    /// Claims that the call throws this kind of exception.
    ///
    /// @return the exception, for further claims
    public <X extends Throwable> X raises(Class<X> wanted, String next) {
        T got;
        try {
            got = code.get();
        } catch (Throwable thrown) {
            if (wanted.isInstance(thrown) && !Exhausted.isMachine(thrown)) {
                return wanted.cast(thrown);
            }
            throw story(thrown, "throws " + wanted.getSimpleName(), next);
        }
        throw new Story(call, got == null ? nothing : "returned " + got,
                "throws " + wanted.getSimpleName(), next);
    }

    /// What the call returns; an exception is told as what came back.
    private T run(String wanted, String next) {
        try {
            return code.get();
        } catch (Throwable thrown) {
            throw story(thrown, wanted, unmeant(thrown, next));
        }
    }

    private Story story(Throwable thrown, String wanted, String next) {
        if (thrown instanceof Todo gap) {
            throw gap;
        }
        if (Exhausted.isMachine(thrown)) {
            throw (OutOfMemoryError) thrown;
        }
        // A story that was told inside the call is the better one.
        return thrown instanceof Story inner ? inner : new Story(call, "threw " + told(thrown),
                wanted, nextFor(thrown).orElse(next), thrown);
    }

    /// The exception and its message; where Java wraps it up, the reason.
    private static String told(Throwable thrown) {
        return thrown instanceof ExceptionInInitializerError && thrown.getCause() != null
                ? thrown.getCause() + ", when the class was first used" : thrown.toString();
    }

    private Optional<String> nextFor(Throwable thrown) {
        return nextIfThrown.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(thrown))
                .map(Map.Entry::getValue).findFirst();
    }

    /// The next step after an exception that no claim about a result has in mind.
    private static String unmeant(Throwable thrown, String next) {
        return switch (thrown) {
            case StackOverflowError _ ->
                    "The method calls itself without end. Which call should be the last?";
            case IllegalArgumentException e when isMisaligned(e) ->
                    "The layout asks for an aligned address, and this is none. Which of the two is"
                            + " wrong?";
            case NullPointerException _ -> "What is null there, and who should have set it?";
            case ClassCastException _, UnsupportedOperationException _, AssertionError _,
                 LinkageError _ -> "Was that exception meant to come out? Look at the line above.";
            default -> next;
        };
    }

    /// The JDK has no class of its own for this.
    private static boolean isMisaligned(IllegalArgumentException thrown) {
        return thrown.getMessage() != null && thrown.getMessage().contains("alignment constraint");
    }
}
