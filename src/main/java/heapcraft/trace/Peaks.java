package heapcraft.trace;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What a program needed at most during a run, and what its heap took at most.
///
/// Both peaks count, not the end: most programs end with an empty heap that is large all the same.
///
/// ```java
/// var parent = new TrackingAllocator(new SystemAlloc());
/// try (Bump heap = new Bump(parent)) {
///     var peaks = new Peaks(() -> parent.stats().liveBytes());
///     Replay.on(heap).afterEach(peaks).run(Workload.SERVER.trace(42, 1000));
///     peaks.utilisation();   // 1 would be a heap without any loss
/// }
/// ```
///
/// One thread at a time.
///
/// Utilisation is defined as in the malloc lab of CMU's course 15-213.
public final class Peaks implements Consumer<HeapEvent> {

    private final LongSupplier heapBytes;
    private final LiveBlocks live = new LiveBlocks();
    private long peakRequested;
    private long peakHeap;

    /// Peaks of a run that has not begun.
    ///
    /// @param heapBytes how many bytes the heap takes at the moment, such as the live bytes of the
    ///                  heap it stands on, or its own fixed size
    public Peaks(LongSupplier heapBytes) {
        this.heapBytes = heapBytes;
    }

    @Override
    public void accept(HeapEvent event) {
        live.apply(event);
        peakRequested = Math.max(peakRequested, live.bytes());
        peakHeap = Math.max(peakHeap, heapBytes.getAsLong());
    }

    /// {@return the most bytes that the program had asked for at one moment}
    public long requested() {
        return peakRequested;
    }

    /// {@return the most bytes that the heap took at one moment}
    public long heap() {
        return peakHeap;
    }

    /// {@return peak overhead in bytes: what the heap took at its peak beyond what the program
    /// needed at its own}
    public long overhead() {
        return peakHeap - peakRequested;
    }

    /// {@return the program's peak as a share of the heap's; 0 if the heap took nothing}
    public double utilisation() {
        return peakHeap == 0 ? 0 : (double) peakRequested / peakHeap;
    }
}
