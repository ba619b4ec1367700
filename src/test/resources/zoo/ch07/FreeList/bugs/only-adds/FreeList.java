// Where in the list does a block belong that comes back, and what does it touch?
// killed by: takes_the_first_hole_with_room_and_no_other, answers_null_and_changes_nothing, keeps_its_holes_in_the_order_of_their_addresses, joins_a_block_with_the_hole_in_front_of_it, joins_a_block_with_the_hole_behind_it, makes_one_hole_of_three, hands_out_what_came_back_once, leaves_holes_apart_that_do_not_touch, takes_as_many_bytes_as_were_asked_for, is_whole_again_in_whatever_order_all_comes_back, agrees_with_a_map_of_all_bytes_in_any_order_of_calls
package ch07;

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
        // The memory may begin anywhere: an aligned offset is no aligned address.
        long address = memory.address() + hole.start();
        long start = hole.start() + (-address & (layout.byteAlignment() - 1));
        // Compared, not added: start + size may be more than a long can hold.
        return layout.byteSize() <= hole.end() - start ? start : NOWHERE;
    }

    /// A block in the first hole that has a place for it. What is left of the hole, in front of the
    /// block and behind it, is free as before.
    ///
    /// @param layout its size, at least 1, and its alignment
    /// @return `MemorySegment.NULL` if no hole has a place; then nothing has changed
    @Override
    public MemorySegment alloc(Layout layout) {
        for (int i = 0; i < holes.size(); i++) {
            long start = placeIn(holes.get(i), layout);
            if (start != NOWHERE) {
                cut(i, start, start + layout.byteSize());
                return memory.asSlice(start, layout.byteSize());
            }
        }
        return MemorySegment.NULL;
    }

    private void cut(int index, long start, long end) {
        Hole hole = holes.remove(index);
        // From the back to the front, both at the same index.
        if (end < hole.end()) {
            holes.add(index, new Hole(end, hole.end()));
        }
        if (hole.start() < start) {
            holes.add(index, new Hole(hole.start(), start));
        }
    }

    /// Makes a hole of a block, at its place in the order, and one of all holes that touch then.
    ///
    /// @param block  a live block of this heap
    /// @param layout the layout it was allocated with
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        long start = block.address() - memory.address();
        long end = start + layout.byteSize();
        holes.add(new Hole(start, end));
    }
}
