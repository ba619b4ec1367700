// All four numbers in one record, swapped as a whole.
package ch10;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;

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
    private record Counts(long bytes, long blocks, long peak, long allocations) {

        Counts with(long moreBytes, long moreBlocks) {
            long now = bytes + moreBytes;
            return new Counts(now, blocks + moreBlocks, Math.max(peak, now),
                    allocations + Math.max(0, moreBlocks));
        }
    }

    private final AtomicReference<Counts> counts = new AtomicReference<>(new Counts(0, 0, 0, 0));

    public TrackingAlloc(GlobalAlloc below) {
        this.below = below;
    }

    private static long update(Cell number, LongUnaryOperator change) {
        long seen = number.get();
        long next = change.applyAsLong(seen);
        return number.compareAndSet(seen, next) ? next : update(number, change);
    }

    static long add(Cell number, long amount) {
        return update(number, seen -> seen + amount);
    }

    static void raise(Cell peak, long value) {
        update(peak, seen -> Math.max(seen, value));
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return counted(below.alloc(layout), layout);
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        return counted(below.allocZeroed(layout), layout);
    }

    private void count(long moreBytes, long moreBlocks) {
        counts.updateAndGet(before -> before.with(moreBytes, moreBlocks));
    }

    private MemorySegment counted(MemorySegment block, Layout layout) {
        if (!isNull(block)) {
            count(layout.byteSize(), 1);
        }
        return block;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        count(-layout.byteSize(), -1);
        below.dealloc(block, layout);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        long growth = newSize - layout.byteSize();
        count(Math.min(0, growth), 0);
        MemorySegment resized = below.realloc(block, layout, newSize);
        count(isNull(resized) ? -Math.min(0, growth) : Math.max(0, growth), 0);
        return resized;
    }

    public void resetPeak() {
        counts.updateAndGet(before ->
                new Counts(before.bytes, before.blocks, before.bytes, before.allocations));
    }

    // What follows is finished.

    public long liveBytes() {
        return counts.get().bytes;
    }

    public long liveBlocks() {
        return counts.get().blocks;
    }

    public long peakBytes() {
        return counts.get().peak;
    }

    public long allocations() {
        return counts.get().allocations;
    }

    @Override
    public long goodSize(Layout layout) {
        return below.goodSize(layout);
    }
}
