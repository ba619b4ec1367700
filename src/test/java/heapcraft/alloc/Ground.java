package heapcraft.alloc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Awkward memory to build a heap on: dirty, at a crooked address, with a watched border.
final class Ground implements AutoCloseable {

    private static final byte DIRT = (byte) 0xAA;
    private static final byte BORDER = (byte) 0x5B;
    private static final long BORDER_SIZE = 4096;
    private static final MemorySegment UNTOUCHED =
            Arena.global().allocate(2 * BORDER_SIZE).fill(BORDER);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment all;
    final MemorySegment memory;

    /// @param crook how far the memory begins behind a multiple of 4096, in bytes
    Ground(long byteSize, long crook) {
        all = arena.allocate(BORDER_SIZE + crook + byteSize + BORDER_SIZE, 4096);
        memory = all.asSlice(BORDER_SIZE + crook, byteSize);
        all.fill(BORDER);
        memory.fill(DIRT);
    }

    /// A block that belongs to nobody's heap.
    MemorySegment stranger(Layout layout) {
        return arena.allocate(layout.byteSize(), layout.byteAlignment());
    }

    void checkBorder() {
        long before = memory.address() - all.address();
        checkBorder(all.asSlice(0, before), "before");
        checkBorder(all.asSlice(before + memory.byteSize()), "behind");
    }

    private static void checkBorder(MemorySegment border, String where) {
        long at = border.mismatch(UNTOUCHED.asSlice(0, border.byteSize()));
        if (at != -1) {
            throw new AssertionError("a byte " + where + " the memory was overwritten, at 0x"
                    + Long.toHexString(border.address() + at));
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
