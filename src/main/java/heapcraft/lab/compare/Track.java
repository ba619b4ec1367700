package heapcraft.lab.compare;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// What one process of a [Situation] has told.
///
/// @param entrant its heap
/// @param ready   how it stood before
/// @param slices  what it told of each; none if it is not here, or did not come so far
/// @param trouble why it did not come to its end, or ""
record Track(Entrant entrant, Ready ready, List<Slice> slices, String trouble) {

    Track {
        slices = List.copyOf(slices);
    }

    /// How long the work took, in nanoseconds: the fastest slice, or the sum where all differ.
    OptionalDouble nanos(boolean sum) {
        if (!trouble.isEmpty() || slices.isEmpty()) {
            return OptionalDouble.empty();
        }
        DoubleStream nanos = slices.stream().mapToDouble(Slice::nanos);
        return sum ? OptionalDouble.of(nanos.sum()) : nanos.min();
    }

    /// The resident bytes that the work has added to its process.
    OptionalDouble resident() {
        return !trouble.isEmpty() || slices.isEmpty() || ready.idle() < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(slices.getLast().resident() - ready.idle());
    }
}
