package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The richer contract, for one collection and its own heap: size 0 is legal, a block may be larger
/// than asked for, and growing may change the alignment.
///
/// A layout *fits* a block if its alignment is the one asked for and its size lies between the
/// size asked for and the block's `byteSize()`. A block is given back as it was handed out, with
/// any layout that fits it.
///
/// ```java
/// Allocator heap = new SystemAlloc().asAllocator();
/// Layout two = new Layout(8, 4);
/// Layout three = new Layout(12, 4);
/// MemorySegment numbers = heap.allocate(two);
/// numbers = heap.grow(numbers, two, three);   // the old segment is dead from here on
/// heap.deallocate(numbers, three);            // and so is the new one
/// ```
///
/// Follows Rust's nightly [Allocator](https://doc.rust-lang.org/core/alloc/trait.Allocator.html).
///
/// @implSpec An allocator must keep the laws of [GlobalAlloc], and
/// - return at least as many bytes as asked for;
/// - for size 0, return a segment at an aligned address that is not 0;
/// - answer `MemorySegment.NULL` when there is no memory, and leave the old block as it was then.
public interface Allocator {

    /// A new block with unknown contents.
    ///
    /// @param layout its least size, which may be 0, and its least alignment
    /// @return a block of at least `layout.byteSize()` bytes, or `MemorySegment.NULL` if there is
    ///         no memory
    MemorySegment allocate(Layout layout);

    /// Gives a block back; nobody may touch it afterwards.
    ///
    /// @param block  a live block of this allocator, as it was handed out
    /// @param layout a layout that fits it
    /// @throws IllegalArgumentException if the layout is seen not to fit
    void deallocate(MemorySegment block, Layout layout);

    /// A new block whose bytes are all 0, also those that were not asked for.
    ///
    /// @param layout its least size, which may be 0, and its least alignment
    /// @return a zeroed block, or `MemorySegment.NULL` if there is no memory
    default MemorySegment allocateZeroed(Layout layout) {
        MemorySegment block = allocate(layout);
        if (!isNull(block)) {
            block.fill((byte) 0);
        }
        return block;
    }

    /// A larger block with the same contents. The old block is dead afterwards, unless there was
    /// no memory: then it is as it was.
    ///
    /// @implSpec Allocates a new block, copies the old size, frees the old block.
    /// @param block     a live block of this allocator, as it was handed out
    /// @param oldLayout a layout that fits it
    /// @param newLayout the wanted size, no smaller, and the wanted alignment, any
    /// @return the larger block, or `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the new size is smaller than the old one
    default MemorySegment grow(MemorySegment block, Layout oldLayout, Layout newLayout) {
        Contract.requireGrowth(oldLayout, newLayout);
        return move(block, oldLayout, newLayout, oldLayout.byteSize());
    }

    /// The same as [#grow(MemorySegment, Layout, Layout)], with zeros in all bytes behind the old
    /// layout's size.
    ///
    /// @param block     a live block of this allocator, as it was handed out
    /// @param oldLayout a layout that fits it
    /// @param newLayout the wanted size, no smaller, and the wanted alignment, any
    /// @return the larger block, or `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the new size is smaller than the old one
    default MemorySegment growZeroed(MemorySegment block, Layout oldLayout, Layout newLayout) {
        MemorySegment larger = grow(block, oldLayout, newLayout);
        if (!isNull(larger)) {
            larger.asSlice(oldLayout.byteSize()).fill((byte) 0);
        }
        return larger;
    }

    /// A smaller block with the same contents, as far as they fit. The old block is dead
    /// afterwards, unless there was no memory: then it is as it was.
    ///
    /// @implSpec Allocates a new block, copies the new size, frees the old block.
    /// @param block     a live block of this allocator, as it was handed out
    /// @param oldLayout a layout that fits it
    /// @param newLayout the wanted size, no larger, and the wanted alignment, any
    /// @return the smaller block, or `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the new size is larger than the old one
    default MemorySegment shrink(MemorySegment block, Layout oldLayout, Layout newLayout) {
        Contract.requireShrinkage(oldLayout, newLayout);
        return move(block, oldLayout, newLayout, newLayout.byteSize());
    }

    private MemorySegment move(MemorySegment block, Layout from, Layout to, long byteSize) {
        MemorySegment moved = allocate(to);
        if (!isNull(moved)) {
            MemorySegment.copy(block, 0, moved, 0, byteSize);
            deallocate(block, from);
        }
        return moved;
    }

    /// This allocator as the JDK's interface. Blocks from it are never freed one by one.
    ///
    /// @return an allocator that throws `OutOfMemoryError` where this one answers
    ///         `MemorySegment.NULL`
    default SegmentAllocator asSegmentAllocator() {
        return (byteSize, byteAlignment) -> {
            Layout layout = new Layout(byteSize, byteAlignment);
            MemorySegment block = allocate(layout);
            if (isNull(block)) {
                throw new OutOfMemoryError(this + " has no block for " + layout);
            }
            return block.asSlice(0, byteSize);
        };
    }
}
