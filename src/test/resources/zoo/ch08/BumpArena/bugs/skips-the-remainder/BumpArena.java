// How far is the next multiple of 64 from 0x18: as far as the one before?
// killed by: rounds_the_address_not_the_offset, the_padding_needs_room_too, counts_the_padding_as_taken, agrees_with_a_plain_model_in_any_order
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
        Layout layout = new Layout(byteSize, byteAlignment);
        // The owner will use the address. Where the block itself starts is not for us to choose, so
        // an offset that is a multiple of 64 says nothing.
        long free = block.address() + used;
        long padding = free & (layout.byteAlignment() - 1);
        // Not used + padding + byteSize > block.byteSize(): that sum may be more than a long holds.
        // What remains is never negative, and a difference of such numbers always fits.
        long room = remaining() - padding;
        if (byteSize > room) {
            return MemorySegment.NULL;
        }
        MemorySegment slice = block.asSlice(used + padding, byteSize);
        used += padding + byteSize;
        return slice;
    }

    /// The same, and all bytes of the slice are 0. `MemorySegment.NULL` stays what it is.
    public MemorySegment allocZeroed(long byteSize, long byteAlignment) {
        // The memory may have had an owner before a reset, so nobody knows what lies there. NULL
        // has no bytes, and filling it writes none.
        return alloc(byteSize, byteAlignment).fill((byte) 0);
    }

    /// How many bytes are taken, with the padding between them.
    public long used() {
        return used;
    }

    /// How many bytes are left behind the pointer.
    public long remaining() {
        return block.byteSize() - used;
    }

    /// Frees everything at once, in the time of one assignment: no byte is touched.
    public void reset() {
        used = 0;
    }

    /// A checkpoint, as a plain number: a place to go back to.
    public long mark() {
        return used;
    }

    /// Frees every slice that was handed out since the mark.
    ///
    /// @param mark what [#mark] has answered
    /// @throws IllegalArgumentException if the mark lies ahead of the pointer, which has gone back
    ///                                  since, by a reset for one; or if it is negative, as no mark
    ///                                  ever is: then nothing changes
    public void rewind(long mark) {
        // Forward would hand out nothing and take bytes that nobody owns.
        if (mark < 0 || mark > used) {
            throw new IllegalArgumentException("mark " + mark + " lies ahead of " + used);
        }
        used = mark;
    }
}
