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

    private final MemorySegment memory;
    private long next;

    public BumpArena(MemorySegment block) {
        memory = block;
    }

    public MemorySegment alloc(long byteSize, long byteAlignment) {
        var layout = new Layout(byteSize, byteAlignment);
        try {
            long free = Math.addExact(memory.address(), next);
            long aligned = Math.multiplyExact(Math.ceilDiv(free, layout.byteAlignment()),
                    layout.byteAlignment());
            long from = Math.subtractExact(aligned, memory.address());
            long to = Math.addExact(from, layout.byteSize());
            if (to <= memory.byteSize()) {
                next = to;
                return memory.asSlice(from, layout.byteSize());
            }
        } catch (ArithmeticException tooLarge) {
            // Then it does not fit either.
        }
        return MemorySegment.NULL;
    }

    public MemorySegment allocZeroed(long byteSize, long byteAlignment) {
        return alloc(byteSize, byteAlignment).fill((byte) 0);
    }

    public long used() {
        return next;
    }

    public long remaining() {
        return memory.byteSize() - next;
    }

    public void reset() {
        rewind(0);
    }

    public long mark() {
        return next;
    }

    public void rewind(long mark) {
        if (mark < 0 || mark > next) {
            throw new IllegalArgumentException(Long.toString(mark));
        }
        next = mark;
    }
}
