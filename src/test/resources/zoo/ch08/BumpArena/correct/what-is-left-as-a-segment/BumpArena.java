package ch08;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// An arena in one block of memory that belongs to somebody else: allocating is an addition.
///
/// The idea: whatever lies before the pointer is taken, whatever lies behind it is free. A block
/// may be asked to stand at a multiple of 8 or of 64; then the pointer skips some bytes first.
///
/// ```text
///   0x…18   0x…28        0x…40   0x…48
///    │       │            │       │
///    ▼       ▼            ▼       ▼
///    ┌───────┬────────────┬───────┬───────────────────┐
///    │  16   │  padding   │   8   │       free        │
///    └───────┴────────────┴───────┴───────────────────┘
///   alloc(16, 8)         alloc(8, 64)
///                                 used() is 48
/// ```
///
/// Be graded: `./lab grade BumpArena`, `mvn test -Dexercise=BumpArena`, or `check("BumpArena")` in
/// the notebook. The library's arenas and the JDK's `SegmentAllocator` are not allowed here: you
/// build one.
public final class BumpArena {

    private final MemorySegment block;
    /// The free part: it gets shorter from the front.
    private MemorySegment rest;

    public BumpArena(MemorySegment block) {
        this.block = block;
        rest = block;
    }

    public MemorySegment alloc(long byteSize, long byteAlignment) {
        new Layout(byteSize, byteAlignment);
        long crooked = rest.address() % byteAlignment;
        long skipped = crooked == 0 ? 0 : byteAlignment - crooked;
        try {
            MemorySegment answer = rest.asSlice(skipped, byteSize);
            rest = rest.asSlice(skipped).asSlice(byteSize);
            return answer;
        } catch (IndexOutOfBoundsException noRoom) {
            return MemorySegment.NULL;
        }
    }

    public MemorySegment allocZeroed(long byteSize, long byteAlignment) {
        MemorySegment bytes = alloc(byteSize, byteAlignment);
        return bytes.equals(MemorySegment.NULL) ? bytes : bytes.fill((byte) 0);
    }

    public long used() {
        return block.byteSize() - rest.byteSize();
    }

    public long remaining() {
        return rest.byteSize();
    }

    public void reset() {
        rest = block;
    }

    public long mark() {
        return used();
    }

    public void rewind(long mark) {
        if (mark > used() || mark < 0) {
            throw new IllegalArgumentException("at " + used() + ", not at " + mark);
        }
        rest = block.asSlice(mark);
    }
}
