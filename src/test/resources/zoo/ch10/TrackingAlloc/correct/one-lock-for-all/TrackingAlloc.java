// Every method takes turns; then plain numbers will do.
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
    private long liveBytes;
    private long liveBlocks;
    private long peakBytes;
    private long allocations;

    public TrackingAlloc(GlobalAlloc below) {
        this.below = below;
    }

    static long add(Cell number, long amount) {
        long seen;
        do {
            // Another thread may write between our look and our write. Then we have to look again.
            seen = number.get();
        } while (!number.compareAndSet(seen, seen + amount));
        return seen + amount;
    }

    static void raise(Cell peak, long value) {
        long seen = peak.get();
        // Here the other thread may have written more than we would: then there is nothing to do.
        while (seen < value && !peak.compareAndSet(seen, value)) {
            seen = peak.get();
        }
    }

    @Override
    public synchronized MemorySegment alloc(Layout layout) {
        return counted(below.alloc(layout), layout);
    }

    @Override
    public synchronized MemorySegment allocZeroed(Layout layout) {
        return counted(below.allocZeroed(layout), layout);
    }

    private MemorySegment counted(MemorySegment block, Layout layout) {
        if (!isNull(block)) {
            allocations++;
            liveBlocks++;
            liveBytes += layout.byteSize();
            peakBytes = Math.max(peakBytes, liveBytes);
        }
        return block;
    }

    @Override
    public synchronized void dealloc(MemorySegment block, Layout layout) {
        below.dealloc(block, layout);
        liveBlocks--;
        liveBytes -= layout.byteSize();
    }

    @Override
    public synchronized MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        MemorySegment resized = below.realloc(block, layout, newSize);
        if (!isNull(resized)) {
            liveBytes += newSize - layout.byteSize();
            peakBytes = Math.max(peakBytes, liveBytes);
        }
        return resized;
    }

    public synchronized void resetPeak() {
        peakBytes = liveBytes;
    }

    // What follows is finished.

    public synchronized long liveBytes() {
        return liveBytes;
    }

    public synchronized long liveBlocks() {
        return liveBlocks;
    }

    public synchronized long peakBytes() {
        return peakBytes;
    }

    public synchronized long allocations() {
        return allocations;
    }

    @Override
    public long goodSize(Layout layout) {
        return below.goodSize(layout);
    }
}
