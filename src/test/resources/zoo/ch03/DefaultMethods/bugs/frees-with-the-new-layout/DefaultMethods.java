// Is a block given back with the layout of the block that replaces it?
// killed by: frees_with_the_layout_that_was_allocated, keeps_the_contract_in_any_order_of_calls
package ch03;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

public interface DefaultMethods {

    MemorySegment alloc(Layout layout);

    void dealloc(MemorySegment block, Layout layout);

    default MemorySegment allocZeroed(Layout layout) {
        MemorySegment block = alloc(layout);
        if (!GlobalAlloc.isNull(block)) {
            block.fill((byte) 0);
        }
        return block;
    }

    default MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        MemorySegment moved = alloc(new Layout(newSize, layout.byteAlignment()));
        if (GlobalAlloc.isNull(moved)) {
            return moved;
        }
        long kept = Math.min(layout.byteSize(), newSize);
        MemorySegment.copy(block, 0, moved, 0, kept);
        dealloc(block, new Layout(newSize, layout.byteAlignment()));
        return moved;
    }

    default MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        MemorySegment moved = realloc(block, layout, newSize);
        if (!GlobalAlloc.isNull(moved) && newSize > layout.byteSize()) {
            moved.asSlice(layout.byteSize()).fill((byte) 0);
        }
        return moved;
    }
}
