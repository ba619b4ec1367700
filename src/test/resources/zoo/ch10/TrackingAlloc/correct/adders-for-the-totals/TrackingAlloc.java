// Adders where only the sum matters, one atomic number where each moment does.
package ch10;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

public final class TrackingAlloc implements GlobalAlloc {

    public interface Cell {

        long get();

        void set(long next);

        boolean compareAndSet(long seen, long next);

        static Cell create() {
            AtomicLong number = new AtomicLong();
            return new Cell() {
                @Override public long get() {
                    return number.get();
                }

                @Override public void set(long next) {
                    number.set(next);
                }

                @Override public boolean compareAndSet(long seen, long next) {
                    return number.compareAndSet(seen, next);
                }
            };
        }
    }

    private final GlobalAlloc below;
    private final AtomicLong liveBytes = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();
    private final LongAdder allocated = new LongAdder();
    private final LongAdder deallocated = new LongAdder();

    public TrackingAlloc(GlobalAlloc below) {
        this.below = below;
    }

    static long add(Cell number, long amount) {
        while (true) {
            long seen = number.get();
            if (number.compareAndSet(seen, seen + amount)) {
                return seen + amount;
            }
        }
    }

    static void raise(Cell peak, long value) {
        for (long seen = peak.get(); seen < value; seen = peak.get()) {
            if (peak.compareAndSet(seen, value)) {
                return;
            }
        }
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return counted(below.alloc(layout), layout);
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        return counted(below.allocZeroed(layout), layout);
    }

    private void rise(long bytes) {
        peakBytes.accumulateAndGet(liveBytes.addAndGet(bytes), Math::max);
    }

    private MemorySegment counted(MemorySegment block, Layout layout) {
        if (!isNull(block)) {
            allocated.increment();
            rise(layout.byteSize());
        }
        return block;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        deallocated.increment();
        liveBytes.getAndAdd(-layout.byteSize());
        below.dealloc(block, layout);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        long lost = Math.max(0, layout.byteSize() - newSize);
        long gained = Math.max(0, newSize - layout.byteSize());
        liveBytes.getAndAdd(-lost);
        MemorySegment resized = below.realloc(block, layout, newSize);
        // Without memory the block is as it was, and so is the count.
        rise(isNull(resized) ? lost : gained);
        return resized;
    }

    public void resetPeak() {
        peakBytes.set(liveBytes.get());
        // A thread that allocated between the two calls has compared with the old, higher peak.
        rise(0);
    }

    // What follows is finished.

    public long liveBytes() {
        return liveBytes.get();
    }

    public long liveBlocks() {
        return allocated.sum() - deallocated.sum();
    }

    public long peakBytes() {
        return peakBytes.get();
    }

    public long allocations() {
        return allocated.sum();
    }

    @Override
    public long goodSize(Layout layout) {
        return below.goodSize(layout);
    }
}
