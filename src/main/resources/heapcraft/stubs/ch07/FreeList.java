package ch07;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A heap that knows its holes: it hands out the first one with room, and joins what comes back
/// with the holes on both sides.
///
/// The idea: what is in use is its owner's business. The heap remembers what is *free*, in the
/// order of the addresses, and no two holes ever touch.
///
/// ```text
///   offsets   0        40      64            150     200
///   memory    ┌────────┬───────┬─────────────┬───────┐
///             │ in use │ hole  │   in use    │ hole  │    holes: 40-63, 150-199
///             └────────┴───────┴─────────────┴───────┘
///
///   a block of 20 is split off the first hole    holes: 60-63, 150-199
///   the block at 64 comes back                   holes: 60-199
/// ```
///
/// Who gives a block back says its layout, so no size is noted anywhere in the memory. A block
/// takes as many bytes as were asked for; what is skipped in front of it, so that it is aligned,
/// stays a hole.
///
/// Holes are told by *offsets*, from 0 at the start of the memory on. Blocks and alignment are a
/// matter of *addresses*. `memory.address()` is where the two differ.
///
/// Be graded: `./lab grade FreeList`, `mvn test -Dexercise=FreeList`, or `check("FreeList")` in the
/// notebook. The library's `FreeListAlloc` and its other heaps are not allowed here: you build one.
public final class FreeList implements GlobalAlloc {

    /// The answer of [#placeIn] for a hole without room.
    public static final long NOWHERE = -1;

    /// A free stretch of the memory.
    ///
    /// @param start the offset of its first byte
    /// @param end   the offset behind its last byte
    public record Hole(long start, long end) {

        /// First and last byte, such as `40-63`.
        @Override
        public String toString() {
            return start + "-" + (end - 1);
        }
    }

    private final MemorySegment memory;
    /// In the order of their addresses; none is empty, and no two touch.
    private final List<Hole> holes = new ArrayList<>();

    /// @param memory where the blocks lie, at least 1 byte; full of dirt, and placed at any address
    public FreeList(MemorySegment memory) {
        this.memory = memory;
        holes.add(new Hole(0, memory.byteSize()));
    }

    /// The holes as they are now. This one is finished.
    public List<Hole> holes() {
        return List.copyOf(holes);
    }

    /// Where in a hole a block would begin: at the first offset whose *address* is a multiple of the
    /// alignment.
    ///
    /// @return an offset in the memory, or `NOWHERE` if there is no room from there on
    public long placeIn(Hole hole, Layout layout) {
        throw todo("find the first aligned place in the hole, and see whether there is room");
    }

    /// A block in the first hole that has a place for it. What is left of the hole, in front of the
    /// block and behind it, is free as before.
    ///
    /// @param layout its size, at least 1, and its alignment
    /// @return the block, a slice of the memory with just that size; `MemorySegment.NULL` if no hole
    ///         has a place, and then nothing has changed
    @Override
    public MemorySegment alloc(Layout layout) {
        throw todo("take the first hole that has a place, and keep what the block does not need");
    }

    /// Makes a hole of a block, at its place in the order, and one of all holes that touch then.
    ///
    /// @param block  a live block of this heap
    /// @param layout the layout it was allocated with
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        throw todo("make a hole of the block again, and one with the holes beside it");
    }
}
