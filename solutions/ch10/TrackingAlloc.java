package ch10;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// A heap that counts what goes through it, and leaves the work to the heap below.
///
/// The idea: every call goes on to the heap below, and only what really happened is counted. Any
/// number of threads may do so at once, and no count gets lost. All you have for that is a number
/// that can be written on condition, the [Cell]. How to add to it, you build yourself.
///
/// ```text
///                alloc(100)  alloc(50)  dealloc(100)  alloc(20)
///   live bytes       100        150          50           70
///   live blocks        1          2           1            2
///   peak bytes       100        150         150          150
///   allocations        1          2           2            3
/// ```
///
/// Be graded: `./lab grade TrackingAlloc`, `mvn test -Dexercise=TrackingAlloc`, or
/// `check("TrackingAlloc")` in the notebook. The library's `TrackingAllocator` and its relatives
/// are not allowed here: you build one.
public final class TrackingAlloc implements GlobalAlloc {

    /// A number that several threads may change at any moment. This one is finished.
    public interface Cell {

        /// The number, as it was a moment ago.
        long get();

        /// Writes a number, whatever stands there by now.
        void set(long next);

        /// Writes a number if what was seen still stands there.
        ///
        /// @return whether it did
        boolean compareAndSet(long seen, long next);

        /// A cell that holds 0.
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

    /// @param below does the work
    public TrackingAlloc(GlobalAlloc below) {
        this.below = below;
    }

    /// Adds to a number, or takes away from it. Other threads do the same at the same time; nothing
    /// of what they add is lost.
    ///
    /// @return the sum that this addition has made, whatever others have added since
    static long add(Cell number, long amount) {
        long seen;
        do {
            // Another thread may write between our look and our write. Then we have to look again.
            seen = number.get();
        } while (!number.compareAndSet(seen, seen + amount));
        return seen + amount;
    }

    /// Sees to it that a peak is at least `value`. Other threads do the same at the same time; a
    /// peak never sinks by that.
    static void raise(Cell peak, long value) {
        long seen = peak.get();
        // Here the other thread may have written more than we would: then there is nothing to do.
        while (seen < value && !peak.compareAndSet(seen, value)) {
            seen = peak.get();
        }
    }

    /// A block from the heap below, counted if there is one.
    @Override
    public MemorySegment alloc(Layout layout) {
        return counted(below.alloc(layout), layout);
    }

    /// The same, zeroed by the heap below.
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

    /// Gives a block back to the heap below. It is counted out *before*: once it is back, another
    /// thread may get the same memory, and it must not be counted twice.
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        add(liveBlocks, -1);
        add(liveBytes, -layout.byteSize());
        below.dealloc(block, layout);
    }

    /// The same block with another size. The heap below resizes it, where it stands if it can. What
    /// the block loses is counted out before, what it gains is counted afterwards. If the heap
    /// below cannot do it, the block is as it was, and so is every count.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
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

    /// Begins anew: from here on the peak is what is live now, and what it rises to later.
    public void resetPeak() {
        peakBytes.set(liveBytes.get());
        // A thread that allocated between the two calls has compared with the old, higher peak.
        raise(peakBytes, liveBytes.get());
    }

    // What follows is finished.

    /// The bytes handed out and not given back.
    public long liveBytes() {
        return liveBytes.get();
    }

    /// The blocks handed out and not given back.
    public long liveBlocks() {
        return liveBlocks.get();
    }

    /// The most bytes that were live at once since the last `resetPeak`.
    public long peakBytes() {
        return peakBytes.get();
    }

    /// How many blocks were handed out in all. A resized block is still the same one.
    public long allocations() {
        return allocations.get();
    }

    /// As the heap below says.
    @Override
    public long goodSize(Layout layout) {
        return below.goodSize(layout);
    }
}
