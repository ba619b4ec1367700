package heapcraft.alloc;

import heapcraft.alloc.Walkable.Block;
import heapcraft.alloc.Walkable.Use;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A piece of memory that [Bump] fills from its first byte to its last.
final class Chunk {

    /// The chunk of an arena that has none: always full.
    static final Chunk NONE = new Chunk(MemorySegment.NULL, new Layout(0, 1));

    final MemorySegment memory;
    /// What the chunk goes back with.
    final Layout layout;
    private final long start;
    private final long end;
    /// Whether nothing but `layout`'s way back ends this memory: so it is with `malloc`'s.
    private final boolean isEndless;
    /// The first byte not handed out: always in `start..end`.
    private long finger;

    Chunk(MemorySegment memory, Layout layout) {
        this.memory = memory;
        this.layout = layout;
        start = memory.address();
        end = start + memory.byteSize();
        isEndless = memory.scope().equals(Arena.global().scope());
        finger = start;
    }

    /// An address for so many bytes, or 0.
    long take(long byteSize, long byteAlignment) {
        // The address is aligned, not the offset. A sum may wrap around; the room behind it is
        // right all the same, because room as such always fits in a long.
        long address = (finger + byteAlignment - 1) & -byteAlignment;
        if (byteSize > end - address) {
            return 0;
        }
        finger = address + byteSize;
        assert start <= finger && finger <= end : this;
        return address;
    }

    /// The bytes at an address that this chunk has just given.
    MemorySegment block(long address, long byteSize) {
        // A slice inherits its bounds and its lifetime, and reading these costs more than all the
        // rest. Here the bounds are known, and often there is no lifetime.
        return isEndless ? CHeap.block(address, byteSize)
                : memory.asSlice(address - start, byteSize);
    }

    boolean contains(MemorySegment block) {
        long offset = block.address() - start;
        return block.isNative() && offset >= 0 && offset <= finger - start - block.byteSize();
    }

    boolean isLast(MemorySegment block) {
        return block.address() + block.byteSize() == finger;
    }

    boolean canResize(MemorySegment block, long newSize) {
        return isLast(block) ? newSize <= end - block.address() : newSize <= block.byteSize();
    }

    MemorySegment resize(MemorySegment block, long newSize) {
        if (isLast(block)) {
            finger = block.address() + newSize;
        }
        return block(block.address(), newSize);
    }

    long finger() {
        return finger;
    }

    /// Frees what lies at an address and behind it. The finger never moves upwards: what was freed
    /// since stays free.
    void freeFrom(long address) {
        finger = Math.min(finger, address);
    }

    void freeAll() {
        finger = start;
    }

    /// The used part, and the rest.
    List<Block> blocks(Use rest) {
        return List.of(new Block(start, finger - start, Use.LIVE),
                new Block(finger, end - finger, rest));
    }

    void check() {
        Contract.law(start <= finger && finger <= end, "the finger lies within its chunk", finger,
                Contract.hex(start) + ".." + Contract.hex(end), Contract.hex(finger));
    }
}
