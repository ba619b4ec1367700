// A bit for each byte: side by side is joined already.
package ch07;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
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
    private final BitSet free = new BitSet();

    public FreeList(MemorySegment memory) {
        this.memory = memory;
        free.set(0, (int) memory.byteSize());
    }

    public List<Hole> holes() {
        List<Hole> holes = new ArrayList<>();
        for (int start = free.nextSetBit(0); start >= 0;) {
            int end = free.nextClearBit(start);
            holes.add(new Hole(start, end));
            start = free.nextSetBit(end);
        }
        return holes;
    }

    public long placeIn(Hole hole, Layout layout) {
        long mask = layout.byteAlignment() - 1;
        long start = ((memory.address() + hole.start() + mask) & ~mask) - memory.address();
        return start <= hole.end() && hole.end() - start >= layout.byteSize() ? start : NOWHERE;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        for (Hole hole : holes()) {
            int start = (int) placeIn(hole, layout);
            if (start != NOWHERE) {
                free.clear(start, start + (int) layout.byteSize());
                return memory.asSlice(start, layout.byteSize());
            }
        }
        return MemorySegment.NULL;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        int start = (int) (block.address() - memory.address());
        free.set(start, start + (int) layout.byteSize());
    }
}
