package ch03;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// A heap that hands out one block behind the other, and resizes a block where it stands if it can.
///
/// The idea: what `realloc` does by default, a new block and a copy, is needed only if a neighbour
/// is in the way. The last block has none, and a block that shrinks never has one.
///
/// ```text
///   memory   ┌─────────┬────────┬───────────────┬─────────────────────┐
///            │ block   │ block  │ the last one  │  never handed out   │
///            └─────────┴────────┴───────────────┴─────────────────────┘
///                                               ▲ top
/// ```
///
/// Only the last block can be taken back, or make room; the bytes of the others are lost as long as
/// this heap is used. A block is made by `alloc`, below, which is finished.
///
/// Be graded: `./lab grade ReallocInPlace`, `mvn test -Dexercise=ReallocInPlace`, or
/// `check("ReallocInPlace")` in the notebook.
public final class ReallocInPlace implements GlobalAlloc {

    private final MemorySegment memory;
    /// The offset of the first byte that belongs to no block: from here on all is free.
    private long top;

    /// @param memory where the blocks lie; full of dirt, and placed at any address
    public ReallocInPlace(MemorySegment memory) {
        this.memory = memory;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        if (layout.byteSize() == 0) {
            throw new IllegalArgumentException("size 0: a heap block has at least 1 byte");
        }
        long address = memory.address() + top;
        long start = top + (-address & (layout.byteAlignment() - 1));
        if (start > memory.byteSize() || layout.byteSize() > memory.byteSize() - start) {
            return MemorySegment.NULL;
        }
        top = start + layout.byteSize();
        return memory.asSlice(start, layout.byteSize());
    }

    /// Whether nothing lies behind a block: it ends at `top`.
    ///
    /// @param block a live block of this heap
    public boolean isLast(MemorySegment block) {
        throw todo("say whether nothing lies behind the block");
    }

    /// Takes back the last block; of any other it forgets nothing, and loses the bytes.
    ///
    /// @param layout the layout it was allocated with
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        throw todo("take the last block back, and only that one");
    }

    /// The block with another size: same bytes, as many as fit, same alignment. It stays
    /// where it is if it shrinks, and if it is the last one and there is room behind it. Otherwise
    /// it moves. The last block takes no more bytes than it needs: `top` follows its end.
    ///
    /// @param layout  the layout that `block` has
    /// @param newSize in bytes
    /// @return `MemorySegment.NULL` if there is no room: then nothing has changed
    /// @throws IllegalArgumentException if no block can have the new size, 0 for one; nothing has
    ///         changed
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        throw todo("resize the block: where it stands if that can be, elsewhere if not");
    }

    /// The same as [#realloc], but the bytes that a larger block has gained are 0.
    public MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        throw todo("resize the block, and clear what it has gained");
    }
}
