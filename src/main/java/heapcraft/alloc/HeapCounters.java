package heapcraft.alloc;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The counters of a [TrackingAllocator]: no thread's count is lost.
final class HeapCounters {

    /// Atomic, since the peak is the largest of its values: a sum of two parts has no moments.
    private final AtomicLong liveBytes = new AtomicLong();
    /// At least every value that `liveBytes` ever had.
    private final AtomicLong peakBytes = new AtomicLong();
    private final Tally allocatedBytes = new Tally();
    /// Allocations by size; slot `i` counts those above 2^(i-1) and up to 2^i bytes. Their sum is
    /// the number of allocations, so that needs no counter of its own.
    private final Tally[] histogram =
            Stream.generate(Tally::new).limit(Long.SIZE).toArray(Tally[]::new);
    private final Tally deallocations = new Tally();
    private final Tally reallocations = new Tally();
    private final Tally failures = new Tally();

    void allocated(long byteSize) {
        histogram[slot(byteSize)].add(1);
        allocatedBytes.add(byteSize);
        raise(byteSize);
    }

    void deallocated() {
        deallocations.add(1);
    }

    void reallocated(long grownBy) {
        reallocations.add(1);
        allocatedBytes.add(grownBy);
        raise(grownBy);
    }

    void failed() {
        failures.add(1);
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
        return new HeapStats(liveBytes.get(), peakBytes.get(), allocatedBytes.sum(),
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
