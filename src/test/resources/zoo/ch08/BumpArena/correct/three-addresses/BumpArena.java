package ch08;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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
    private final long start;
    private final long end;
    private long bump;

    public BumpArena(MemorySegment block) {
        this.block = block;
        start = block.address();
        end = start + block.byteSize();
        bump = start;
    }

    public MemorySegment alloc(long byteSize, long byteAlignment) {
        if (byteSize < 0 || byteAlignment < 1 || Long.bitCount(byteAlignment) != 1) {
            throw new IllegalArgumentException(byteSize + " bytes, align " + byteAlignment);
        }
        long address = (bump + byteAlignment - 1) & -byteAlignment;
        if (address > end || end - address < byteSize) {
            return MemorySegment.NULL;
        }
        bump = address + byteSize;
        return block.asSlice(address - start, byteSize);
    }

    public MemorySegment allocZeroed(long byteSize, long byteAlignment) {
        MemorySegment bytes = alloc(byteSize, byteAlignment);
        for (long i = 0; i < bytes.byteSize(); i++) {
            bytes.set(ValueLayout.JAVA_BYTE, i, (byte) 0);
        }
        return bytes;
    }

    public long used() {
        return bump - start;
    }

    public long remaining() {
        return end - bump;
    }

    public void reset() {
        bump = start;
    }

    /// An address this time.
    public long mark() {
        return bump;
    }

    public void rewind(long mark) {
        if (mark < start || mark > bump) {
            throw new IllegalArgumentException("no mark behind the pointer: " + mark);
        }
        bump = mark;
    }
}
