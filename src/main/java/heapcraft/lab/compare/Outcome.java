package heapcraft.lab.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What came out of a [Situation].
///
/// @param program the program on the platform's `malloc`
/// @param calls   its calls alone, on the same
/// @param swaps   the program on other heaps
record Outcome(Situation situation, Track program, Track calls, List<Track> swaps) {

    Outcome {
        swaps = List.copyOf(swaps);
    }

    /// How long the program takes, in nanoseconds.
    OptionalDouble nanos(Track track) {
        return track.nanos(situation.isDay());
    }

    /// The allocator's part of the program's time. Both are measured, so chance can make the part
    /// larger than the whole: then it is the whole.
    OptionalDouble share() {
        return ratio(nanos(calls), nanos(program)).stream().map(share -> Math.min(1, share))
                .max();
    }

    /// The fastest swap, if one was there.
    Optional<Track> fastest() {
        return swaps.stream().filter(swap -> nanos(swap).isPresent())
                .min(Comparator.comparingDouble(swap -> nanos(swap).getAsDouble()));
    }

    /// The swap that needs the least memory in the end, if one was there.
    Optional<Track> thriftiest() {
        return swaps.stream().filter(swap -> swap.resident().isPresent())
                .min(Comparator.comparingDouble(swap -> swap.resident().getAsDouble()));
    }

    OptionalDouble speedUp() {
        return fastest().isEmpty() ? OptionalDouble.empty()
                : ratio(nanos(program), nanos(fastest().get()));
    }

    /// How many times the thriftiest swap's memory the program needs, where memory counts.
    OptionalDouble memory() {
        return !situation.isDay() || thriftiest().isEmpty() ? OptionalDouble.empty()
                : ratio(program.resident(), thriftiest().get().resident());
    }

    private static OptionalDouble ratio(OptionalDouble of, OptionalDouble to) {
        return of.isEmpty() || to.isEmpty() || to.getAsDouble() <= 0 ? OptionalDouble.empty()
                : OptionalDouble.of(of.getAsDouble() / to.getAsDouble());
    }

    Weighing weighing() {
        return new Weighing(share(), speedUp(), memory());
    }

    /// Whether this machine says the opposite of the rule of thumb.
    boolean contradicts() {
        return switch (weighing().verdict()) {
            case CARE -> !situation.rule();
            case DO_NOT -> situation.rule();
            case NOT_MEASURED -> false;
        };
    }
}
