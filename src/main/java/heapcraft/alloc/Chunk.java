package heapcraft.alloc;

import heapcraft.alloc.Walkable.Block;
import heapcraft.alloc.Walkable.Use;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A piece of memory that [Bump] fills, or has filled, from its first byte on.
final class Chunk {

    /// The chunk of an arena that has none: always full.
    static final Chunk NONE = new Chunk(MemorySegment.NULL, new Layout(0, 1));

    final MemorySegment memory;
    /// What the chunk goes back with.
    final Layout layout;
    final long start;
    final long end;
    /// Whether nothing ends this memory but giving it back: so it is with `malloc`'s.
    final boolean isEndless;
    /// The first byte not handed out: always in `start..end`. While the chunk is being filled, only
    /// its arena knows.
    private long finger;

    Chunk(MemorySegment memory, Layout layout) {
        this.memory = memory;
        this.layout = layout;
        start = memory.address();
        end = start + memory.byteSize();
        isEndless = memory.scope().equals(Arena.global().scope());
        finger = start;
    }

    long finger() {
        return finger;
    }

    /// What lies below `finger` is handed out, and nothing else.
    void filledTo(long finger) {
        this.finger = finger;
    }

    /// Whether a block lies in what was handed out.
    boolean contains(MemorySegment block) {
        long offset = block.address() - start;
        return block.isNative() && offset >= 0 && offset <= finger - start - block.byteSize();
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
