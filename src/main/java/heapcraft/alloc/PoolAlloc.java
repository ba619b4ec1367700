package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A heap whose blocks all have one size: allocating takes the first free one off a list, freeing
/// puts it back, and there is nothing to search and nothing to split.
///
/// ```java
/// try (Arena arena = Arena.ofConfined()) {
///     var nodes = new PoolAlloc(arena.allocate(4096), new Layout(24, 8));
///     MemorySegment node = nodes.alloc(new Layout(24, 8));
///     nodes.dealloc(node, new Layout(24, 8));   // the next alloc gets it again
/// }
/// ```
///
/// A block lives until it is given back, or until [#reset()], or as long as the memory below. One
/// thread at a time.
///
/// Follows the *simple segregated storage* of [Boost.Pool](https://www.boost.org/libs/pool).
public final class PoolAlloc implements GlobalAlloc, Walkable {

    /// Block sizes are multiples of this, in bytes: a free block has room for an address.
    private static final long WORD = Long.BYTES;

    private final MemorySegment heap;
    /// The layout of every block; its size is a multiple of its alignment.
    private final Layout block;
    /// The first block's address.
    private final long start;
    /// Behind the last block.
    private final long end;
    /// The free block to hand out next, or 0; its first word holds the address of the one after.
    private long free;
    /// The blocks from here on have never been handed out, and are in no list yet.
    private long fresh;
    /// Which words a live block begins at, counted from `start`. The one behind the last block is
    /// set for good: a `BitSet` that shrinks takes time to find its new end.
    private final BitSet live = new BitSet();
    private int liveBlocks;

    /// A pool as large as the memory allows.
    ///
    /// @param heap  a writable native segment
    /// @param block the largest layout it will serve
    /// @throws IllegalArgumentException if the segment is not as said
    public PoolAlloc(MemorySegment heap, Layout block) {
        this.heap = Contract.requireNative(heap);
        this.block = new Layout(Math.max(block.byteSize(), WORD),
                Math.max(block.byteAlignment(), WORD)).padToAlign();
        start = heap.address() + (-heap.address() & (this.block.byteAlignment() - 1));
        long room = Math.max(0, heap.address() + heap.byteSize() - start);
        end = start + room / this.block.byteSize() * this.block.byteSize();
        fresh = start;
        live.set(word(end));
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        if (layout.byteSize() > block.byteSize()
                || layout.byteAlignment() > block.byteAlignment() || isFull()) {
            return MemorySegment.NULL;
        }
        long address = free != 0 ? takeFree() : takeFresh();
        live.set(word(address));
        liveBlocks++;
        return heap.asSlice(address - heap.address(), layout.byteSize());
    }

    private long takeFree() {
        long address = free;
        free = next(address);
        return address;
    }

    private long takeFresh() {
        long address = fresh;
        fresh += block.byteSize();
        return address;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        requireLive(block, layout);
        live.clear(word(block.address()));
        liveBlocks--;
        heap.set(JAVA_LONG, block.address() - heap.address(), free);
        free = block.address();
    }

    /// The same block, if it is large enough; there is no larger one.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Contract.requireSize(new Layout(newSize, layout.byteAlignment()).byteSize());
        requireLive(block, layout);
        return newSize > this.block.byteSize() ? MemorySegment.NULL
                : heap.asSlice(block.address() - heap.address(), newSize);
    }

    private void requireLive(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        Contract.requireWithin(block, start, end);
        if ((block.address() & (WORD - 1)) != 0 || !live.get(word(block.address()))
                || layout.byteSize() > this.block.byteSize()) {
            throw Contract.notOurs(block, "no live block of that size begins there");
        }
    }

    /// The pool's block size, for every layout it serves.
    @Override
    public long goodSize(Layout layout) {
        return Math.max(layout.byteSize(), block.byteSize());
    }

    /// Frees everything at once.
    public void reset() {
        live.clear(0, word(end));
        liveBlocks = 0;
        free = 0;
        fresh = start;
    }

    /// {@return whether no block is left}
    public boolean isFull() {
        return free == 0 && fresh == end;
    }

    /// {@return whether no block is live}
    public boolean isEmpty() {
        return liveBlocks == 0;
    }

    private int word(long address) {
        return Math.toIntExact((address - start) / WORD);
    }

    private long next(long address) {
        return heap.get(JAVA_LONG, address - heap.address());
    }

    /// The blocks, and what is too small to be one.
    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (long address = start; address < end; address += block.byteSize()) {
            blocks.add(new Block(address, block.byteSize(),
                    live.get(word(address)) ? Use.LIVE : Use.FREE));
        }
        blocks.add(new Block(end, heap.address() + heap.byteSize() - end, Use.OVERHEAD));
        return blocks;
    }

    @Override
    public void check() {
        long used = (fresh - start) / block.byteSize();
        long listed = 0;
        for (long address = free; address != 0; address = next(address)) {
            Contract.law(address >= start && address < fresh && address % WORD == 0
                    && !live.get(word(address)), "the list leads to free blocks only", address,
                    "a free block", listed == 0 ? "the list's head" : "a damaged link");
            listed++;
            Contract.law(listed <= used, "the list has an end", address,
                    "at most " + used + " blocks", listed);
        }
        Contract.law(listed + liveBlocks == used && live.cardinality() == liveBlocks + 1,
                "every block that was handed out is live or listed", fresh, used + " blocks",
                listed + " listed, " + liveBlocks + " live");
    }

    @Override
    public String toString() {
        return "PoolAlloc(" + liveBlocks + " blocks of " + block.byteSize() + " bytes live)";
    }
}
