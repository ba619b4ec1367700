// Is a hole of no use because it was too small once?
// killed by: answers_null_and_changes_nothing, is_whole_again_in_whatever_order_all_comes_back, agrees_with_a_map_of_all_bytes_in_any_order_of_calls
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
        while (!holes.isEmpty()) {
            long start = placeIn(holes.get(0), layout);
            if (start != NOWHERE) {
                cut(0, start, start + layout.byteSize());
                return memory.asSlice(start, layout.byteSize());
            }
            holes.remove(0);
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
