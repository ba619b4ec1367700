package heapcraft.own;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// A heap that has no memory for one chosen call, and counts the calls: allocations and
/// reallocations together, from 1.
final class RefusingHeap implements GlobalAlloc {

    private final GlobalAlloc parent;
    private final int refused;
    private int calls;

    RefusingHeap(GlobalAlloc parent, int refused) {
        this.parent = parent;
        this.refused = refused;
    }

    int calls() {
        return calls;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return ++calls == refused ? MemorySegment.NULL : parent.alloc(layout);
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        parent.dealloc(block, layout);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        return ++calls == refused ? MemorySegment.NULL : parent.realloc(block, layout, newSize);
    }
}
