package heapcraft.lab.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What came of one allocator on one workload.
///
/// @param entrant the allocator
/// @param work    the workload
/// @param threads how many took part in it
/// @param ready   how its process stood before
/// @param slices  those that count; after a [Dropout] those before it
/// @param ending  how it stood in the end, if it came there
/// @param trouble why it did not, or ""
record Cell(Entrant entrant, Work work, int threads, Ready ready, List<Slice> slices,
            Optional<Ending> ending, String trouble) {

    /// How the sentence about an allocator begins that is not on this machine.
    static final String MISSING = "not here. ";

    /// Takes over a copy of the slices.
    Cell {
        slices = List.copyOf(slices);
    }

    /// The workload and the number of threads, in words.
    String place() {
        return work.label() + " with " + threads + (threads == 1 ? " thread" : " threads");
    }

    /// Whether the allocator is not on this machine.
    boolean isMissing() {
        return trouble.startsWith(MISSING);
    }

    /// The time for a block when nothing else disturbed: where other programs run too, the most
    /// stable figure.
    OptionalDouble minimum() {
        return Arrays.stream(sorted(Slice::nanosPerBlock)).findFirst();
    }

    OptionalDouble median() {
        return middle(sorted(Slice::nanosPerBlock));
    }

    /// How often a thread went to sleep, for a million blocks; half of the slices had more.
    OptionalDouble sleeps() {
        return slices.stream().anyMatch(slice -> slice.sleeps() < 0) ? OptionalDouble.empty()
                : middle(sorted(Slice::sleepsPerMillionBlocks));
    }

    private double[] sorted(ToDoubleFunction<Slice> figure) {
        return slices.stream().mapToDouble(figure).sorted().toArray();
    }

    private static OptionalDouble middle(double[] sorted) {
        return sorted.length == 0 ? OptionalDouble.empty()
                : OptionalDouble.of(sorted[sorted.length / 2]);
    }

    /// The most that it added to the idle process, in bytes.
    OptionalDouble peak() {
        return ending.isEmpty() ? OptionalDouble.empty() : added(ending.get().peak());
    }

    /// What it added to the idle process after the last slice, in bytes.
    OptionalDouble resident() {
        return slices.isEmpty() ? OptionalDouble.empty() : added(slices.getLast().resident());
    }

    /// What it still added when the work was over, in bytes.
    OptionalDouble residentAtEnd() {
        return ending.isEmpty() ? OptionalDouble.empty() : added(ending.get().resident());
    }

    /// The same after a purge.
    OptionalDouble purged() {
        return ending.isEmpty() ? OptionalDouble.empty() : added(ending.get().purged());
    }

    OptionalDouble added(long resident) {
        return resident == Resident.UNKNOWN || ready.idle() == Resident.UNKNOWN
                ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, resident - ready.idle()));
    }
}
