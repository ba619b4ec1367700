package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// A heap of blocks whose sizes are powers of two: a block is split into two *buddies* until one
/// fits, and two free buddies become their whole again.
///
/// ```java
/// try (Arena arena = Arena.ofConfined()) {
///     var heap = new BuddyAlloc(arena.allocate(4096, 4096));
///     MemorySegment block = heap.alloc(new Layout(100, 8));
///     heap.goodSize(new Layout(100, 8));         // 128
///     heap.dealloc(block, new Layout(100, 8));   // merged up to 4096 bytes again
/// }
/// ```
///
/// A block of 2^n bytes stands at a multiple of 2^n, so its buddy's address differs in one bit, and
/// every block is as aligned as it is large. The books are kept outside the memory: nothing a
/// program writes can damage them.
///
/// A block lives until it is given back, or as long as the memory below. One thread at a time.
///
/// Follows Knuth, *The Art of Computer Programming*, section 2.5, "buddy system".
public final class BuddyAlloc implements GlobalAlloc, Walkable {

    /// The smallest block has 2^4 bytes, the least alignment that `malloc` gives.
    private static final int SMALLEST = 4;

    private final MemorySegment heap;
    private final long start;
    private final long end;
    /// The largest order that fits between `start` and `end`.
    private final int largest;
    /// A multiple of 2^largest at or below `start`: block `i` of order `n` begins `i * 2^n` behind.
    private final long origin;
    /// By order: which blocks are free. No two buddies both are.
    private final BitSet[] free = new BitSet[Long.SIZE];
    /// By order: which blocks are handed out.
    private final BitSet[] live = new BitSet[Long.SIZE];

    /// A heap in one piece of memory, of any size and at any address.
    ///
    /// @param heap a writable native segment
    /// @throws IllegalArgumentException if it is not
    public BuddyAlloc(MemorySegment heap) {
        this.heap = Contract.requireNative(heap);
        long smallest = 1L << SMALLEST;
        start = heap.address() + (-heap.address() & smallest - 1);
        end = Math.max(start, heap.address() + heap.byteSize() & -smallest);
        largest = 63 - Long.numberOfLeadingZeros(end - start | smallest);
        origin = start & -1L << largest;
        for (int order = SMALLEST; order <= largest; order++) {
            free[order] = new BitSet();
            live[order] = new BitSet();
        }
        for (long block = start; block < end; ) {
            int order = Math.min(Long.numberOfTrailingZeros(block),
                    63 - Long.numberOfLeadingZeros(end - block));
            free[order].set(index(block, order));
            block += 1L << order;
        }
    }

    /// The smallest order that holds a layout.
    private static int orderOf(Layout layout) {
        long byteSize = Math.max(layout.byteSize(), layout.byteAlignment());
        return Math.max(SMALLEST, Long.SIZE - Long.numberOfLeadingZeros(byteSize - 1));
    }

    private int index(long address, int order) {
        return Math.toIntExact(address - origin >> order);
    }

    private long address(int index, int order) {
        return origin + ((long) index << order);
    }

    private MemorySegment slice(long address, long byteSize) {
        return heap.asSlice(address - heap.address(), byteSize);
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        int order = orderOf(layout);
        int from = order;
        while (from <= largest && free[from].isEmpty()) {
            from++;
        }
        if (from > largest) {
            return MemorySegment.NULL;
        }
        int index = free[from].nextSetBit(0);
        free[from].clear(index);
        for (; from > order; from--) {
            index *= 2;
            free[from - 1].set(index + 1);
        }
        live[order].set(index);
        return slice(address(index, order), layout.byteSize());
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        int order = requireLive(block, layout);
        int index = index(block.address(), order);
        live[order].clear(index);
        while (order < largest && free[order].get(index ^ 1)) {
            free[order].clear(index ^ 1);
            index /= 2;
            order++;
        }
        free[order].set(index);
    }

    /// The same block while its power of two stays the same.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        Contract.requireSize(newSize);
        return requireLive(block, layout) == orderOf(wanted) ? slice(block.address(), newSize)
                : GlobalAlloc.super.realloc(block, layout, newSize);
    }

    private int requireLive(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        Contract.requireWithin(block, start, end);
        int order = orderOf(layout);
        if (order > largest || (block.address() & (1L << order) - 1) != 0
                || !live[order].get(index(block.address(), order))) {
            throw Contract.notOurs(block, "no live block of 2^" + order + " bytes begins there");
        }
        return order;
    }

    /// The next power of two.
    @Override
    public long goodSize(Layout layout) {
        int order = orderOf(layout);
        return order > largest ? layout.byteSize() : 1L << order;
    }

    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int order = SMALLEST; order <= largest; order++) {
            int n = order;
            free[n].stream().forEach(i -> blocks.add(new Block(address(i, n), 1L << n, Use.FREE)));
            live[n].stream().forEach(i -> blocks.add(new Block(address(i, n), 1L << n, Use.LIVE)));
        }
        blocks.sort(Comparator.comparingLong(Block::address));
        return blocks;
    }

    @Override
    public void check() {
        long expected = start;
        for (Block block : blocks()) {
            Contract.law(block.address() == expected, "the blocks fill the memory, none twice",
                    block.address(), Contract.hex(expected), Contract.hex(block.address()));
            expected = block.end();
        }
        Contract.law(expected == end, "the blocks fill the memory", expected, Contract.hex(end),
                Contract.hex(expected));
        for (int order = SMALLEST; order < largest; order++) {
            BitSet lower = free[order];
            int n = order;
            lower.stream().filter(i -> i % 2 == 0).forEach(i -> Contract.law(!lower.get(i + 1),
                    "no two buddies are both free", address(i, n), "one block of 2^" + (n + 1),
                    "two of 2^" + n));
        }
    }

    @Override
    public String toString() {
        return "BuddyAlloc(" + (end - start) + " bytes)";
    }
}
