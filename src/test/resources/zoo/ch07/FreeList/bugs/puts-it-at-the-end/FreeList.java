// Does the order of the holes matter?
// killed by: keeps_its_holes_in_the_order_of_their_addresses, takes_the_first_hole_with_room_and_no_other, answers_null_and_changes_nothing, leaves_holes_apart_that_do_not_touch, takes_as_many_bytes_as_were_asked_for, agrees_with_a_map_of_all_bytes_in_any_order_of_calls
package ch07;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

public final class FreeList implements GlobalAlloc {

    public static final long NOWHERE = -1;

    public record Hole(long start, long end) {

        @Override
        public String toString() {
            return start + "-" + (end - 1);
        }
    }

    private final MemorySegment memory;
    private final List<Hole> holes = new ArrayList<>();

    public FreeList(MemorySegment memory) {
        this.memory = memory;
        holes.add(new Hole(0, memory.byteSize()));
    }

    public List<Hole> holes() {
        return List.copyOf(holes);
    }

    public long placeIn(Hole hole, Layout layout) {
        long address = memory.address() + hole.start();
        long start = hole.start() + (-address & (layout.byteAlignment() - 1));
        return layout.byteSize() <= hole.end() - start ? start : NOWHERE;
    }

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
        if (end < hole.end()) {
            holes.add(index, new Hole(end, hole.end()));
        }
        if (hole.start() < start) {
            holes.add(index, new Hole(hole.start(), start));
        }
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        long start = block.address() - memory.address();
        long end = start + layout.byteSize();
        for (int i = holes.size() - 1; i >= 0; i--) {
            if (holes.get(i).start() == end) {
                end = holes.remove(i).end();
            } else if (holes.get(i).end() == start) {
                start = holes.remove(i).start();
            }
        }
        holes.add(new Hole(start, end));
    }
}
