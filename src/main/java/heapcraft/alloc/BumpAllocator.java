package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// One fixed block and a pointer that moves through it: allocating is an addition, and everything
/// is freed at once.
///
/// ```java
/// try (var request = new BumpAllocator(4096, new SystemAlloc())) {
///     MemorySegment id = request.allocT(new Layout(8, 8));
///     MemorySegment name = request.allocT(new Layout(32, 1));
///     request.reset();      // id and name are dead, the block is empty again
/// }                         // the block is given back
/// ```
///
/// A block from it lives until the next [#reset()] or [#close()]; reading it later shows whatever
/// lies there then. Giving one back alone frees nothing. One thread at a time.
///
/// The same machine stands in the JDK as `SegmentAllocator.slicingAllocator`, without `reset`.
public final class BumpAllocator implements GlobalAlloc, Walkable, AutoCloseable {

    /// As `malloc` aligns, so that most layouts need no padding at the start.
    private static final long BLOCK_ALIGNMENT = 16;

    private final MemorySegment block;
    /// Where the block goes back to, or `null` if it is not ours to give.
    private final GlobalAlloc parent;
    /// The block's first byte.
    private final long start;
    /// Behind the block's last byte; equal to `start` once closed.
    private long end;
    /// The first byte not handed out: always in `start..end`.
    private long bump;
    private boolean closed;

    /// Allocates in a new block.
    ///
    /// @param byteSize the block's size in bytes, at least 1
    /// @param parent   the heap it comes from and goes back to
    /// @throws OutOfMemoryError if the parent has no such block
    public BumpAllocator(long byteSize, GlobalAlloc parent) {
        this(Contract.orThrow(parent, new Layout(byteSize, BLOCK_ALIGNMENT)), parent);
    }

    /// Allocates in memory that belongs to someone else, and lives as long as that does.
    ///
    /// @param block a writable native segment
    /// @throws IllegalArgumentException if it is not
    public BumpAllocator(MemorySegment block) {
        this(Contract.requireNative(block), null);
    }

    private BumpAllocator(MemorySegment block, GlobalAlloc parent) {
        this.block = block;
        this.parent = parent;
        start = block.address();
        end = start + block.byteSize();
        bump = start;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        long address = allocAddress(layout.byteSize(), layout.byteAlignment());
        return address == 0 ? MemorySegment.NULL
                : block.asSlice(address - start, layout.byteSize());
    }

    /// {@return room for one value, of size 0 too}
    ///
    /// @param layout the value's
    /// @throws OutOfMemoryError if the block is too full
    public MemorySegment allocT(Layout layout) {
        return layout.byteSize() == 0 ? layout.dangling() : Contract.orThrow(this, layout);
    }

    /// The raw way: only an address. No bounds and no lifetime come with it; whoever writes there
    /// needs a segment and native access of their own.
    ///
    /// @param byteSize      at least 1, unchecked
    /// @param byteAlignment a power of two, unchecked
    /// @return the address of a block, or 0 if this one is too full
    public long allocAddress(long byteSize, long byteAlignment) {
        assert new Layout(byteSize, byteAlignment).byteSize() == byteSize;
        // The address is aligned, not the offset. A sum may wrap around; the room behind it is
        // right all the same, because room as such always fits in a long.
        long address = (bump + byteAlignment - 1) & -byteAlignment;
        if (byteSize > end - address) {
            return full();
        }
        bump = address + byteSize;
        assert start <= bump && bump <= end : this;
        return address;
    }

    private long full() {
        if (closed) {
            throw new IllegalStateException(
                    "this BumpAllocator is closed; its block was given back");
        }
        return 0;
    }

    /// Frees nothing: the block stays taken until [#reset()].
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        Contract.requireWithin(block, start, bump);
    }

    /// Frees everything at once, in the time of one assignment.
    public void reset() {
        bump = start;
    }

    /// {@return the bytes handed out since the last reset, with their padding}
    public long used() {
        return bump - start;
    }

    /// Gives the block back. Closing twice does nothing; allocating afterwards is refused.
    @Override
    public void close() {
        if (!closed && parent != null) {
            parent.dealloc(block, new Layout(end - start, BLOCK_ALIGNMENT));
        }
        closed = true;
        bump = start;
        end = start;
    }

    @Override
    public List<Block> blocks() {
        return List.of(new Block(start, used(), Use.LIVE), new Block(bump, end - bump, Use.FREE));
    }

    @Override
    public void check() {
        Contract.law(start <= bump && bump <= end, "bump lies within the block", bump,
                Contract.hex(start) + ".." + Contract.hex(end), Contract.hex(bump));
    }

    @Override
    public String toString() {
        return "BumpAllocator(" + used() + " of " + (end - start) + " bytes used)";
    }
}
