package ch10;

import static heapcraft.exercise.Todo.todo;

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
        throw todo("add, and lose nothing that another thread adds in between");
    }

    /// Sees to it that a peak is at least `value`. Other threads do the same at the same time; a
    /// peak never sinks by that.
    static void raise(Cell peak, long value) {
        throw todo("lift the peak, and lose against nobody who lifts it higher");
    }

    /// A block from the heap below, counted if there is one.
    @Override
    public MemorySegment alloc(Layout layout) {
        throw todo("ask the heap below, and count what came");
    }

    /// The same, zeroed by the heap below.
    @Override
    public MemorySegment allocZeroed(Layout layout) {
        throw todo("do the same with a block that the heap below has zeroed");
    }

    /// Gives a block back to the heap below. It is counted out *before*: once it is back, another
    /// thread may get the same memory, and it must not be counted twice.
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        throw todo("count the block out and give it back");
    }

    /// The same block with another size. The heap below resizes it, where it stands if it can. What
    /// the block loses is counted out before, what it gains is counted afterwards. If the heap
    /// below cannot do it, the block is as it was, and so is every count.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        throw todo("have the block resized, and count by how much");
    }

    /// Begins anew: from here on the peak is what is live now, and what it rises to later.
    public void resetPeak() {
        throw todo("begin a new peak at what is live now");
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
