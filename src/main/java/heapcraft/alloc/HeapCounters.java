package heapcraft.alloc;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The counters of a [TrackingAllocator]: no thread's count is lost.
final class HeapCounters {

    /// Atomic, so that of two threads that allocate at the same time one sees both blocks. No other
    /// step must be atomic: whoever looks at what was freed afterwards sees at least what came back
    /// before. A free that overlaps may count as the earlier call, and one that the heap refuses
    /// counts as a free and an allocation.
    private final AtomicLong allocatedBytes = new AtomicLong();
    private final Tally freedBytes = new Tally();
    /// The most that were live after an allocation.
    private final AtomicLong peakBytes = new AtomicLong();
    /// Allocations by size; slot `i` counts those above 2^(i-1) and up to 2^i bytes. Their sum is
    /// the number of allocations, so that needs no counter of its own.
    private final Tally[] histogram =
            Stream.generate(Tally::new).limit(Long.SIZE).toArray(Tally[]::new);
    private final Tally deallocations = new Tally();
    private final Tally reallocations = new Tally();
    private final Tally failures = new Tally();

    void allocated(long byteSize) {
        raise(byteSize);
        histogram[slot(byteSize)].add(1);
    }

    void deallocated() {
        deallocations.add(1);
    }

    void reallocated(long grownBy) {
        raise(grownBy);
        reallocations.add(1);
    }

    void failed() {
        failures.add(1);
    }

    private void raise(long byteSize) {
        long live = allocatedBytes.addAndGet(byteSize) - freedBytes.sum();
        if (live > peakBytes.get()) {
            peakBytes.accumulateAndGet(live, Math::max);
        }
    }

    /// Called before the memory goes back: afterwards another thread may already get and count it.
    ///
    /// @throws IllegalArgumentException if so much is not live
    void freed(long byteSize) {
        freedBytes.add(byteSize);
        long left = liveBytes();
        if (left < 0) {
            notFreed(byteSize);
            throw new IllegalArgumentException("a block of " + byteSize + " bytes comes back, but"
                    + " only " + (left + byteSize) + " are live: it was not allocated here");
        }
    }

    /// Takes [#freed(long)] back: the heap did not want the memory.
    void notFreed(long byteSize) {
        freedBytes.add(-byteSize);
        // Others may have allocated meanwhile, and not have seen these bytes.
        raise(0);
    }

    private long liveBytes() {
        // In this order blocks that come and go in between count as live, never as less than none.
        long freed = freedBytes.sum();
        return allocatedBytes.get() - freed;
    }

    HeapStats stats() {
        long freed;
        long allocated;
        do {
            freed = freedBytes.sum();
            allocated = allocatedBytes.get();
        } while (freed != freedBytes.sum());
        return new HeapStats(allocated - freed, peakBytes.get(), allocated,
                Arrays.stream(histogram).mapToLong(Tally::sum).sum(),
                deallocations.sum(), reallocations.sum(), failures.sum());
    }

    long allocationsUpTo(long byteSize) {
        return histogram[slot(byteSize)].sum();
    }

    private static int slot(long byteSize) {
        return Long.SIZE - Long.numberOfLeadingZeros(byteSize - 1);
    }

    void check() {
        HeapStats stats = stats();
        Contract.law(stats.liveBytes() >= 0 && stats.liveBytes() <= stats.peakBytes(),
                "the live bytes lie between 0 and their peak", 0, "0.." + stats.peakBytes(),
                stats.liveBytes());
        Contract.law(stats.liveBlocks() == 0 ? stats.liveBytes() == 0
                        : stats.liveBytes() >= stats.liveBlocks(),
                "every live block has a live byte", 0, "at least " + stats.liveBlocks() + " bytes",
                stats.liveBytes());
    }
}
