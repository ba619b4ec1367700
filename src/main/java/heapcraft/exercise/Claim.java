package heapcraft.exercise;

import java.util.Objects;
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
/// and the grader shows field by field.
///
/// @param <T> what the call returns
public final class Claim<T> {

    private final String call;
    private final Supplier<T> code;

    private Claim(String call, Supplier<T> code) {
        this.call = call;
        this.code = code;
    }

    /// A claim about one call.
    ///
    /// @param call the call as the learner would write it, with its arguments
    /// @param code makes the call
    public static <T> Claim<T> that(String call, Supplier<T> code) {
        return new Claim<>(call, code);
    }

    /// A claim about code that returns nothing.
    public static Claim<Void> that(String call, Runnable code) {
        return new Claim<>(call, () -> {
            code.run();
            return null;
        });
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
        return run("returns", next);
    }

    /// Claims that the call throws this kind of exception.
    ///
    /// @return the exception, for further claims
    public <X extends Throwable> X raises(Class<X> wanted, String next) {
        T got;
        try {
            got = code.get();
        } catch (Throwable thrown) {
            if (wanted.isInstance(thrown)) {
                return wanted.cast(thrown);
            }
            throw story(thrown, "throws " + wanted.getSimpleName(), next);
        }
        throw new Story(call, got == null ? "threw nothing" : "returned " + got,
                "throws " + wanted.getSimpleName(), next);
    }

    /// What the call returns; an exception is told as what came back.
    private T run(String wanted, String next) {
        try {
            return code.get();
        } catch (Throwable thrown) {
            throw story(thrown, wanted, next);
        }
    }

    /// A gap stays a gap, and a story that was told inside the call is the better one.
    private Story story(Throwable thrown, String wanted, String next) {
        if (thrown instanceof Todo gap) {
            throw gap;
        }
        return thrown instanceof Story inner ? inner
                : new Story(call, "threw " + thrown, wanted, next, thrown);
    }

    /// Claims something that was seen after the call.
    ///
    /// @param call what was done, as the learner would write it
    public static void holds(String call, boolean seen, String got, String wanted, String next) {
        if (!seen) {
            throw new Story(call, got, wanted, next);
        }
    }
}
