// Where does a block go that lies behind all holes?
// killed by: gets_back_what_lies_behind_the_last_hole, keeps_its_holes_in_the_order_of_their_addresses, joins_a_block_with_the_hole_in_front_of_it, joins_a_block_with_the_hole_behind_it, makes_one_hole_of_three, hands_out_what_came_back_once, leaves_holes_apart_that_do_not_touch
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
        int index = 0;
        while (index < holes.size() && holes.get(index).start() < start) {
            index++;
        }
        if (index == holes.size()) {
            return;
        }
        if (index < holes.size() && holes.get(index).start() == end) {
            end = holes.remove(index).end();
        }
        if (index > 0 && holes.get(index - 1).end() == start) {
            index--;
            start = holes.remove(index).start();
        }
        holes.add(index, new Hole(start, end));
    }
}
