package ch08;

import static heapcraft.exercise.Todo.todo;

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
///                           used(): 0x48 - 0x18, and that is 48
/// ```
///
/// Be graded: `./lab grade BumpArena`, `mvn test -Dexercise=BumpArena`, or `check("BumpArena")` in
/// the notebook. The library's arenas and the JDK's `SegmentAllocator` are not allowed here: you
/// build one.
public final class BumpArena {

    private final MemorySegment block;
    /// How many bytes of the block are taken, counted from its first byte.
    private long used;

    /// An empty arena.
    ///
    /// @param block where its blocks lie; it may start at any address and be full of anything
    public BumpArena(MemorySegment block) {
        this.block = block;
    }

    /// The next bytes that begin at a multiple of the alignment, skipping no more than it takes.
    /// Zero bytes are a size like any other here. A call that fails changes nothing.
    ///
    /// @return a slice of the block, or `MemorySegment.NULL` if there is no room
    /// @throws IllegalArgumentException if there is no such [Layout]
    public MemorySegment alloc(long byteSize, long byteAlignment) {
        throw todo("hand out the next bytes at an aligned address, or NULL");
    }

    /// The same, and all bytes of the slice are 0. `MemorySegment.NULL` stays what it is.
    public MemorySegment allocZeroed(long byteSize, long byteAlignment) {
        throw todo("hand out bytes that are all 0, whatever lay there");
    }

    /// How many bytes are taken, with the padding between them.
    public long used() {
        throw todo("count the bytes that are taken");
    }

    /// How many bytes are left behind the pointer.
    public long remaining() {
        throw todo("count the bytes that are left");
    }

    /// Frees everything at once, in the time of one assignment: no byte is touched.
    public void reset() {
        throw todo("make the whole block free again");
    }

    /// A checkpoint, as a plain number: a place to go back to.
    public long mark() {
        throw todo("note where the pointer is");
    }

    /// Frees every slice that was handed out since the mark.
    ///
    /// @param mark what [#mark] has answered
    /// @throws IllegalArgumentException if the mark lies ahead of the pointer, which has gone back
    ///                                  since, by a reset for one; or if it is negative, as no mark
    ///                                  ever is: then nothing changes
    public void rewind(long mark) {
        throw todo("go back to a mark, but never forward");
    }
}
