package heapcraft.alloc;

import java.lang.foreign.MemorySegment;

/// The part of the contract that an allocator can see its caller break.
final class Contract {

    private Contract() { }

    static void requireSize(long byteSize) {
        if (byteSize <= 0) {
            throw new IllegalArgumentException(
                    "size " + byteSize + ": a heap block has at least 1 byte");
        }
    }

    static void requireSameSize(MemorySegment block, Layout layout) {
        if (block.byteSize() != layout.byteSize() || layout.byteSize() == 0) {
            throw new IllegalArgumentException("the block at " + hex(block.address()) + " has "
                    + block.byteSize() + " bytes, the layout says " + layout.byteSize()
                    + "; pass the layout it was allocated with");
        }
    }

    static void requireGrowth(Layout from, Layout to) {
        if (to.byteSize() < from.byteSize()) {
            throw new IllegalArgumentException("grow from " + from.byteSize() + " to "
                    + to.byteSize() + " bytes: the new size must be at least the old one");
        }
    }

    static void requireShrinkage(Layout from, Layout to) {
        if (to.byteSize() > from.byteSize()) {
            throw new IllegalArgumentException("shrink from " + from.byteSize() + " to "
                    + to.byteSize() + " bytes: the new size must be at most the old one");
        }
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
