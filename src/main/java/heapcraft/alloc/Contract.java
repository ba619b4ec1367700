package heapcraft.alloc;

import java.lang.foreign.MemorySegment;

/// The part of the contract that an allocator can see its caller break.
final class Contract {

    private Contract() { }

    /// A [Layout]'s size is never negative, but it may be 0.
    static void requireSize(long byteSize) {
        if (byteSize == 0) {
            throw new IllegalArgumentException(
                    "size 0: a heap block has at least 1 byte");
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

    /// A block, for callers that have no other plan.
    ///
    /// @throws OutOfMemoryError if the heap has none
    static MemorySegment orThrow(GlobalAlloc heap, Layout layout) {
        MemorySegment block = heap.alloc(layout);
        if (GlobalAlloc.isNull(block)) {
            throw new OutOfMemoryError(heap + " has no block for " + layout);
        }
        return block;
    }

    /// A block that was not handed out from here must not come back to here.
    static void requireWithin(MemorySegment block, long start, long end) {
        if (!block.isNative() || block.address() < start || block.address() >= end
                || block.byteSize() > end - block.address()) {
            throw notOurs(block, "the memory in use is " + hex(start) + " to " + hex(end));
        }
    }

    static IllegalArgumentException notOurs(MemorySegment block, String because) {
        return new IllegalArgumentException("the block of " + block.byteSize() + " bytes at "
                + hex(block.address()) + " is none of this heap's live blocks: " + because);
    }

    /// Memory to manage: off the Java heap, where addresses stand still.
    static MemorySegment requireNative(MemorySegment memory) {
        if (!memory.isNative() || memory.isReadOnly()) {
            throw new IllegalArgumentException(
                    memory + " is no writable native segment; take one from an Arena");
        }
        return memory;
    }

    /// One law of one field, checked.
    ///
    /// @throws IllegalStateException if it does not hold
    static void law(boolean holds, String law, long address, String expected, Object found) {
        if (!holds) {
            throw new IllegalStateException("at " + hex(address) + ": " + law + ", expected "
                    + expected + ", found " + found);
        }
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
