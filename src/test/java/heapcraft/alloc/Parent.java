package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// A parent heap that keeps books of its own, and has no memory at one of the calls.
final class Parent implements GlobalAlloc {

    private final GlobalAlloc heap = new SystemAlloc();
    private final Map<Long, Layout> live = new HashMap<>();
    private final int failsAt;
    private int calls;

    /// @param failsAt the number of the call that gets no memory, from 1; 0 for none
    Parent(int failsAt) {
        this.failsAt = failsAt;
    }

    boolean hasFailed() {
        return failsAt > 0 && calls >= failsAt;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        if (++calls == failsAt) {
            return MemorySegment.NULL;
        }
        MemorySegment block = heap.alloc(layout);
        if (!GlobalAlloc.isNull(block)) {
            live.put(block.address(), layout);
        }
        return block;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        Layout taken = live.remove(block.address());
        if (!layout.equals(taken)) {
            throw new AssertionError("the parent gets a block back as " + layout
                    + " that it handed out as " + taken);
        }
        heap.dealloc(block, layout);
    }

    void requireNothingLive() {
        if (!live.isEmpty()) {
            throw new AssertionError("never given back to the parent: " + live);
        }
    }
}
