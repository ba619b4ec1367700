package heapcraft.alloc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// The counters of a [TrackingAllocator]: atomic, so that no thread's count is lost.
final class HeapCounters {

    private final AtomicLong liveBytes = new AtomicLong();
    /// At least every value that `liveBytes` ever had.
    private final AtomicLong peakBytes = new AtomicLong();
    private final AtomicLong allocatedBytes = new AtomicLong();
    /// Allocations by size; slot `i` counts those above 2^(i-1) and up to 2^i bytes. Their sum is
    /// the number of allocations, so that needs no counter of its own.
    private final AtomicLongArray histogram = new AtomicLongArray(Long.SIZE);
    private final AtomicLong deallocations = new AtomicLong();
    private final AtomicLong reallocations = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    void allocated(long byteSize) {
        histogram.getAndIncrement(slot(byteSize));
        allocatedBytes.getAndAdd(byteSize);
        raise(byteSize);
    }

    void deallocated() {
        deallocations.getAndIncrement();
    }

    void reallocated(long grownBy) {
        reallocations.getAndIncrement();
        allocatedBytes.getAndAdd(grownBy);
        raise(grownBy);
    }

    void failed() {
        failures.getAndIncrement();
    }

    /// Every value that `liveBytes` rises to passes here, in whatever order: the largest stays.
    void raise(long byteSize) {
        long live = liveBytes.addAndGet(byteSize);
        if (live > peakBytes.get()) {
            peakBytes.accumulateAndGet(live, Math::max);
        }
    }

    /// Called before the memory goes back: afterwards another thread may already get and count it.
    ///
    /// @throws IllegalArgumentException if so much is not live
    void lower(long byteSize) {
        long left = liveBytes.addAndGet(-byteSize);
        if (left < 0) {
            raise(byteSize);
            throw new IllegalArgumentException("a block of " + byteSize + " bytes comes back, but"
                    + " only " + (left + byteSize) + " are live: it was not allocated here");
        }
    }

    HeapStats stats() {
        long allocations = 0;
        for (int i = 0; i < histogram.length(); i++) {
            allocations += histogram.get(i);
        }
        return new HeapStats(liveBytes.get(), peakBytes.get(), allocatedBytes.get(), allocations,
                deallocations.get(), reallocations.get(), failures.get());
    }

    long allocationsUpTo(long byteSize) {
        return histogram.get(slot(byteSize));
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
