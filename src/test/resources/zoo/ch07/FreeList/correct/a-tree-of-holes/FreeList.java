// A tree by offset: the neighbours are one look-up away.
package ch07;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public final class FreeList implements GlobalAlloc {

    public static final long NOWHERE = -1;

    public record Hole(long start, long end) {
        @Override
        public String toString() {
            return start + "-" + (end - 1);
        }
    }

    private final MemorySegment memory;
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    public FreeList(MemorySegment memory) {
        this.memory = memory;
        ends.put(0L, memory.byteSize());
    }

    public List<Hole> holes() {
        return ends.entrySet().stream().map(FreeList::hole).toList();
    }

    private static Hole hole(Map.Entry<Long, Long> entry) {
        return new Hole(entry.getKey(), entry.getValue());
    }

    public long placeIn(Hole hole, Layout layout) {
        long padding = Math.floorMod(-(memory.address() + hole.start()), layout.byteAlignment());
        long room = hole.end() - hole.start();
        return padding > room || layout.byteSize() > room - padding ? NOWHERE
                : hole.start() + padding;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return holes().stream().filter(hole -> placeIn(hole, layout) != NOWHERE).findFirst()
                .map(hole -> split(hole, placeIn(hole, layout), layout.byteSize()))
                .orElse(MemorySegment.NULL);
    }

    private MemorySegment split(Hole hole, long start, long byteSize) {
        ends.remove(hole.start());
        put(hole.start(), start);
        put(start + byteSize, hole.end());
        return memory.asSlice(start, byteSize);
    }

    private void put(long start, long end) {
        if (start != end) {
            ends.put(start, end);
        }
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        long start = block.address() - memory.address();
        long end = start + block.byteSize();
        Map.Entry<Long, Long> below = ends.lowerEntry(start);
        if (below != null && below.getValue() == start) {
            start = below.getKey();
        }
        Long joined = ends.remove(end);
        ends.put(start, joined == null ? end : joined);
    }
}
