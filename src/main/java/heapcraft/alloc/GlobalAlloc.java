package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The contract between a program and its heap: two calls every allocator must answer, and two
/// that follow from them.
///
/// A block is handed out by [#alloc(Layout)] and lives until it is given back with
/// [#dealloc(MemorySegment, Layout)] and the *same* layout. An allocator sees sizes and alignments,
/// never types: what lies in the block is its owner's business.
///
/// ```java
/// GlobalAlloc heap = new SystemAlloc();
/// Layout layout = new Layout(64, 8);
/// MemorySegment block = heap.alloc(layout);   // 64 bytes, contents unknown
/// heap.dealloc(block, layout);                // the block is dead from here on
/// ```
///
/// Follows Rust's [GlobalAlloc](https://doc.rust-lang.org/core/alloc/trait.GlobalAlloc.html). What
/// is undefined behaviour there (size 0, the wrong layout) is an `IllegalArgumentException` here
/// wherever it can be seen.
///
/// @implSpec An allocator must
/// - return a block whose address is a multiple of the layout's alignment and whose `byteSize()`
///   is the layout's size, and which overlaps no live block;
/// - return `MemorySegment.NULL`, and throw nothing, when there is no memory;
/// - leave a live block's bytes alone;
/// - take back only what it handed out, and refuse what it can see to be something else: a segment
///   made by the caller must never become a block of this heap.
public interface GlobalAlloc {

    /// A new block with unknown contents.
    ///
    /// @param layout its size, at least 1, and its least alignment
    /// @return a block of exactly `layout.byteSize()` bytes, or `MemorySegment.NULL` if there is
    ///         no memory
    /// @throws IllegalArgumentException if the layout's size is 0
    MemorySegment alloc(Layout layout);

    /// Gives a block back; nobody may touch it afterwards.
    ///
    /// @param block  a live block of this allocator
    /// @param layout the layout it was allocated with
    /// @throws IllegalArgumentException if the layout is seen to be another one
    void dealloc(MemorySegment block, Layout layout);

    /// A new block whose bytes are all 0.
    ///
    /// @param layout its size, at least 1, and its least alignment
    /// @implSpec Allocates, then fills with 0. An allocator that can get zeroed memory for less
    ///           should do so.
    /// @return a zeroed block, or `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the layout's size is 0
    default MemorySegment allocZeroed(Layout layout) {
        MemorySegment block = alloc(layout);
        if (!isNull(block)) {
            block.fill((byte) 0);
        }
        return block;
    }

    /// A block of `newSize` bytes with the same alignment and the same contents, as far as they
    /// fit. The old block is dead afterwards, unless the answer is `MemorySegment.NULL`: then it
    /// is as it was.
    ///
    /// @implSpec Allocates a new block, copies the smaller of both sizes, frees the old block.
    ///           An allocator that can grow a block where it stands should do so.
    /// @param block   a live block of this allocator
    /// @param layout  the layout it was allocated with
    /// @param newSize the wanted size in bytes, at least 1
    /// @return the resized block, or `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if `newSize` is 0 or no size for this alignment
    default MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Contract.requireSameSize(block, layout);
        MemorySegment moved = alloc(new Layout(newSize, layout.byteAlignment()));
        if (!isNull(moved)) {
            MemorySegment.copy(block, 0, moved, 0, Math.min(layout.byteSize(), newSize));
            dealloc(block, layout);
        }
        return moved;
    }

    /// How many bytes a block for this layout really has. Whoever asks for that many at once wastes
    /// none.
    ///
    /// @implSpec The layout's size. An allocator that rounds sizes up should say to what; every
    ///           size between both must lead to the same answer. jemalloc calls it `nallocx`.
    /// @param layout what would be asked for
    /// @return at least `layout.byteSize()`, in bytes
    default long goodSize(Layout layout) {
        return layout.byteSize();
    }

    /// Walks the heap and looks for a broken law of its own. A heap that keeps no books has none.
    ///
    /// @throws IllegalStateException naming the first broken law: the address, what was expected,
    ///                               what was found
    default void check() { }

    /// {@return whether an allocation failed}
    ///
    /// @param block what `alloc` or another call has answered
    static boolean isNull(MemorySegment block) {
        return block.address() == 0;
    }

    /// {@return this heap as the richer contract, for collections: blocks have their
    /// [#goodSize(Layout)], and size 0 needs no memory}
    default Allocator asAllocator() {
        return new GlobalAsAllocator(this);
    }

    /// This heap as the JDK's interface, so that FFM code runs on top of it. Blocks from it are
    /// never freed one by one.
    ///
    /// @return an allocator that throws `OutOfMemoryError` where this one answers
    ///         `MemorySegment.NULL`
    default SegmentAllocator asSegmentAllocator() {
        return (byteSize, byteAlignment) -> {
            Layout layout = new Layout(Math.max(1, byteSize), byteAlignment);
            return Contract.orThrow(this, layout).asSlice(0, byteSize);
        };
    }
}
