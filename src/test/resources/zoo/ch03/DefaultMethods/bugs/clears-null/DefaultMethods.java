// Can NULL be cleared like a block?
// killed by: hands_null_on_instead_of_clearing_it
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
        for (long i = 0; i < layout.byteSize(); i++) {
            block.set(ValueLayout.JAVA_BYTE, i, (byte) 0);
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
