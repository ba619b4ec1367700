package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// An allocator that spends memory on blocks of size 0 too, wants each one back, and takes nothing
/// that it did not hand out: the contract allows all of that.
final class StrictAllocator implements Allocator {

    private final SystemAlloc heap = new SystemAlloc();
    private final Map<MemorySegment, Layout> live = new HashMap<>();
    private int calls;

    int calls() {
        return calls;
    }

    void requireNothingLive() {
        assertEquals(Map.of(), live);
    }

    @Override
    public MemorySegment allocate(Layout layout) {
        calls++;
        MemorySegment block = heap.alloc(wider(layout));
        live.put(block, layout);
        return block;
    }

    @Override
    public void deallocate(MemorySegment block, Layout layout) {
        assertEquals(live.remove(block), layout);
        heap.dealloc(block, wider(layout));
    }

    private static Layout wider(Layout layout) {
        return new Layout(layout.byteSize() + 16, layout.byteAlignment());
    }
}
