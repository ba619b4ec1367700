// Is the sum of an addition what stands there a moment later?
// killed by: adds_and_answers_the_sum
package ch10;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

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
    private final Cell liveBytes = Cell.create();
    private final Cell liveBlocks = Cell.create();
    private final Cell peakBytes = Cell.create();
    private final Cell allocations = Cell.create();

    public TrackingAlloc(GlobalAlloc below) {
        this.below = below;
    }

    static long add(Cell number, long amount) {
        long seen;
        do {
            // Another thread may write between our look and our write. Then we have to look again.
            seen = number.get();
        } while (!number.compareAndSet(seen, seen + amount));
        return number.get();
    }

    static void raise(Cell peak, long value) {
        long seen = peak.get();
        // Here the other thread may have written more than we would: then there is nothing to do.
        while (seen < value && !peak.compareAndSet(seen, value)) {
            seen = peak.get();
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

    private MemorySegment counted(MemorySegment block, Layout layout) {
        if (!isNull(block)) {
            add(allocations, 1);
            add(liveBlocks, 1);
            raise(peakBytes, add(liveBytes, layout.byteSize()));
        }
        return block;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        add(liveBlocks, -1);
        add(liveBytes, -layout.byteSize());
        below.dealloc(block, layout);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        long lost = Math.max(0, layout.byteSize() - newSize);
        long gained = Math.max(0, newSize - layout.byteSize());
        add(liveBytes, -lost);
        MemorySegment resized = below.realloc(block, layout, newSize);
        // Without memory the block is as it was, and so is the count.
        raise(peakBytes, add(liveBytes, isNull(resized) ? lost : gained));
        return resized;
    }

    public void resetPeak() {
        peakBytes.set(liveBytes.get());
        // A thread that allocated between the two calls has compared with the old, higher peak.
        raise(peakBytes, liveBytes.get());
    }

    // What follows is finished.

    public long liveBytes() {
        return liveBytes.get();
    }

    public long liveBlocks() {
        return liveBlocks.get();
    }

    public long peakBytes() {
        return peakBytes.get();
    }

    public long allocations() {
        return allocations.get();
    }

    @Override
    public long goodSize(Layout layout) {
        return below.goodSize(layout);
    }
}
