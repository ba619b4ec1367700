package heapcraft.alloc;

import static heapcraft.alloc.Holes.HEAD;
import static heapcraft.alloc.Holes.HEADER;
import static heapcraft.alloc.Holes.UNIT;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// A heap in one piece of memory: every block carries a header with its size, and the free ones,
/// the *holes*, form a list in the order of their addresses.
///
/// ```java
/// try (Arena arena = Arena.ofConfined()) {
///     var heap = new FreeListAlloc(arena.allocate(64 * 1024), Fit.BEST);
///     MemorySegment block = heap.alloc(new Layout(100, 8));
///     heap.dealloc(block, new Layout(100, 8));   // merged with the holes on both sides
/// }                                              // the heap's memory ends here
/// ```
///
/// A block lives until it is given back, or as long as the memory below. Allocating and freeing
/// take time in proportion to the number of holes. The headers lie between the blocks: whoever
/// writes past a block's end destroys one, and [#check()] says where. One thread at a time.
///
/// Follows Knuth, *The Art of Computer Programming*, section 2.5.
public final class FreeListAlloc implements GlobalAlloc, Walkable {

    private final Holes holes;
    private final Fit fit;
    private final long minSplit;
    private final boolean coalesces;

    /// A heap that splits off whatever is not needed, and merges free neighbours.
    ///
    /// @param heap a writable native segment
    /// @param fit  which hole is taken
    /// @throws IllegalArgumentException if it is not
    public FreeListAlloc(MemorySegment heap, Fit fit) {
        this(heap, fit, UNIT, true);
    }

    /// A heap by other rules.
    ///
    /// @param heap      a writable native segment
    /// @param fit       which hole is taken
    /// @param minSplit  the smallest rest in bytes, at least 16, that becomes a hole of its own; a
    ///                  smaller one stays with the block
    /// @param coalesces whether free neighbours are merged
    /// @throws IllegalArgumentException if the segment or `minSplit` is not as said
    public FreeListAlloc(MemorySegment heap, Fit fit, long minSplit, boolean coalesces) {
        if (minSplit < UNIT) {
            throw new IllegalArgumentException("minSplit " + minSplit + " is below " + UNIT
                    + ", the size of the smallest hole");
        }
        this.holes = new Holes(heap);
        this.fit = fit;
        this.minSplit = minSplit;
        this.coalesces = coalesces;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        long size = Holes.blockSize(layout.byteSize());
        long before = find(size, layout.byteAlignment());
        return before == Fit.NONE ? MemorySegment.NULL
                : holes.payload(take(before, size, layout.byteAlignment()), layout.byteSize());
    }

    /// The hole before the one to take, or `NONE`.
    private long find(long size, long byteAlignment) {
        if (fit != Fit.NEXT) {
            return fit.search(holes, HEAD, 0, size, byteAlignment);
        }
        long rover = holes.rover();
        long found = fit.search(holes, rover, 0, size, byteAlignment);
        return found != Fit.NONE ? found
                : fit.search(holes, HEAD, holes.next(rover), size, byteAlignment);
    }

    private long take(long before, long size, long byteAlignment) {
        long hole = holes.next(before);
        long front = Holes.front(hole, byteAlignment);
        long whole = holes.sizeOf(hole) - front;
        holes.remove(before, hole);
        if (front > 0) {
            holes.insert(before, hole, front);
            before = hole;
        }
        holes.resume(before, hole + front + size);
        cut(before, hole + front, whole, size);
        return hole + front;
    }

    /// Makes a live block of the first bytes of a stretch, and a hole of the rest.
    private void cut(long before, long block, long whole, long size) {
        boolean split = whole - size >= minSplit;
        holes.putLive(block, split ? size : whole);
        if (split) {
            holes.insert(before, block + size, whole - size);
        }
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        long freed = requireLive(block, layout);
        long before = holes.before(freed);
        holes.insert(before, freed, holes.sizeOf(freed));
        mergeWithNext(freed);
        mergeWithNext(before);
    }

    private void mergeWithNext(long hole) {
        long next = holes.next(hole);
        if (coalesces && hole != HEAD && next == hole + holes.sizeOf(hole)) {
            holes.resize(hole, holes.sizeOf(hole) + holes.sizeOf(next));
            holes.remove(hole, next);
        }
    }

    /// Shrinks where the block stands, and grows there if a large enough hole follows.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Contract.requireSize(new Layout(newSize, layout.byteAlignment()).byteSize());
        long live = requireLive(block, layout);
        return resized(live, Holes.blockSize(newSize)) ? holes.payload(live, newSize)
                : GlobalAlloc.super.realloc(block, layout, newSize);
    }

    private boolean resized(long block, long size) {
        long before = holes.before(block);
        long hole = holes.next(before);
        long whole = holes.sizeOf(block);
        if (size > whole) {
            if (hole != block + whole || size > whole + holes.sizeOf(hole)) {
                return false;
            }
            whole += holes.sizeOf(hole);
            holes.remove(before, hole);
        }
        cut(before, block, whole, size);
        mergeWithNext(holes.next(before));
        return true;
    }

    private long requireLive(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        Contract.requireWithin(block, holes.start + HEADER, holes.end);
        long live = block.address() - HEADER;
        if ((live - holes.start) % UNIT != 0 || !holes.isLive(live)) {
            throw Contract.notOurs(block, "no live block begins there");
        }
        long unused = holes.sizeOf(live) - Holes.blockSize(layout.byteSize());
        if (unused < 0 || unused >= minSplit) {
            throw Contract.notOurs(block, "its header says " + holes.sizeOf(live) + " bytes");
        }
        return live;
    }

    /// {@return how many holes have been looked up so far: what searching costs, without a clock}
    public long steps() {
        return holes.steps();
    }

    @Override
    public List<Block> blocks() {
        return holes.blocks();
    }

    @Override
    public void check() {
        holes.check(coalesces);
    }

    @Override
    public String toString() {
        return "FreeListAlloc(" + fit + " fit, " + (holes.end - holes.start) + " bytes)";
    }
}
