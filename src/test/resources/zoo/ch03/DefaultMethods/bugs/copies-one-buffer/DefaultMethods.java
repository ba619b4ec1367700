// Does every block fit into your buffer?
// killed by: keeps_the_contract_in_any_order_of_calls
package ch03;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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
        byte[] buffer = new byte[64];
        int kept = (int) Math.min(buffer.length, Math.min(layout.byteSize(), newSize));
        MemorySegment.copy(block, ValueLayout.JAVA_BYTE, 0, buffer, 0, kept);
        MemorySegment.copy(buffer, 0, moved, ValueLayout.JAVA_BYTE, 0, kept);
        dealloc(block, layout);
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
