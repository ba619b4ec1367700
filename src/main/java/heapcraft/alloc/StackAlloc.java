package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A heap that is a stack: a bump arena whose blocks are freed one by one, the newest first.
///
/// ```java
/// try (Arena arena = Arena.ofConfined()) {
///     var stack = new StackAlloc(arena.allocate(4096));
///     MemorySegment a = stack.alloc(new Layout(100, 8));
///     MemorySegment b = stack.alloc(new Layout(50, 1));
///     stack.dealloc(b, new Layout(50, 1));
///     stack.dealloc(a, new Layout(100, 8));   // the stack is empty again
/// }
/// ```
///
/// A block lives until it is given back, or as long as the memory below. Blocks may come back in
/// any order, but a block's memory is free only when all newer ones are. Before each block stands a
/// header, by which the one below is found again. One thread at a time.
public final class StackAlloc implements GlobalAlloc, Walkable {

    /// The header's two words: the address of the block below, turned round (`~`) if this block is
    /// dead; and where the block below ends.
    private static final long HEADER = 2 * Long.BYTES;

    private final MemorySegment heap;
    private final long start;
    private final long end;
    /// The newest block's address, or 0. It is live: dead blocks at the top are taken away.
    private long newest;
    /// Where the newest block ends, or `start`; the memory from here on is free.
    private long top;

    /// An empty stack.
    ///
    /// @param heap a writable native segment
    /// @throws IllegalArgumentException if it is not
    public StackAlloc(MemorySegment heap) {
        this.heap = Contract.requireNative(heap);
        start = heap.address();
        end = start + heap.byteSize();
        top = start;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        long padding = HEADER + (-(top + HEADER) & (layout.byteAlignment() - 1));
        if (layout.byteSize() > end - top - padding) {
            return MemorySegment.NULL;
        }
        long address = top + padding;
        putWord(address - HEADER, newest);
        putWord(address - Long.BYTES, top);
        newest = address;
        top = address + layout.byteSize();
        return heap.asSlice(address - start, layout.byteSize());
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        requireLive(block, layout);
        putWord(block.address() - HEADER, ~below(block.address()));
        while (newest != 0 && isDead(newest)) {
            top = endBelow(newest);
            newest = below(newest);
        }
    }

    /// Resizes the newest block where it stands; any other moves to the top.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Contract.requireSize(new Layout(newSize, layout.byteAlignment()).byteSize());
        requireLive(block, layout);
        if (block.address() != newest || newSize > end - newest) {
            return GlobalAlloc.super.realloc(block, layout, newSize);
        }
        top = newest + newSize;
        return heap.asSlice(newest - start, newSize);
    }

    /// Looks for the block from the top downwards, where it is most of the time.
    private void requireLive(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        Contract.requireWithin(block, start, top);
        long each = newest;
        long eachEnd = top;
        while (each > block.address()) {
            eachEnd = endBelow(each);
            each = below(each);
        }
        if (each != block.address() || isDead(each) || eachEnd - each != layout.byteSize()) {
            throw Contract.notOurs(block, "no live block of that size begins there");
        }
    }

    private boolean isDead(long block) {
        return word(block - HEADER) < 0;
    }

    private long below(long block) {
        return isDead(block) ? ~word(block - HEADER) : word(block - HEADER);
    }

    private long endBelow(long block) {
        return word(block - Long.BYTES);
    }

    private long word(long address) {
        return heap.get(JAVA_LONG_UNALIGNED, address - start);
    }

    private void putWord(long address, long value) {
        heap.set(JAVA_LONG_UNALIGNED, address - start, value);
    }

    /// From the bottom to the top. Padding and dead blocks below live ones are overhead.
    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(top, end - top, Use.FREE));
        long blockEnd = top;
        for (long block = newest; block != 0; block = below(block)) {
            blocks.add(new Block(block, blockEnd - block,
                    isDead(block) ? Use.OVERHEAD : Use.LIVE));
            blockEnd = endBelow(block);
            blocks.add(new Block(block - HEADER, HEADER, Use.HEADER));
            blocks.add(new Block(blockEnd, block - HEADER - blockEnd, Use.OVERHEAD));
        }
        return blocks.reversed();
    }

    @Override
    public void check() {
        long blockEnd = top;
        Contract.law(newest == 0 || !isDead(newest), "the newest block is live", newest,
                "a live block", "a dead one");
        for (long block = newest; block != 0; block = below(block)) {
            Contract.law(block >= start + HEADER && block < blockEnd && blockEnd <= end,
                    "a header leads to the block below", block,
                    Contract.hex(start + HEADER) + ".." + Contract.hex(blockEnd),
                    Contract.hex(block));
            blockEnd = endBelow(block);
            Contract.law(blockEnd >= start && blockEnd <= block - HEADER,
                    "the block below ends before this one's header", block,
                    Contract.hex(start) + ".." + Contract.hex(block - HEADER),
                    Contract.hex(blockEnd));
        }
        Contract.law(blockEnd == start, "the lowest block stands at the bottom", blockEnd,
                Contract.hex(start), Contract.hex(blockEnd));
    }

    @Override
    public String toString() {
        return "StackAlloc(" + (top - start) + " of " + (end - start) + " bytes used)";
    }
}
