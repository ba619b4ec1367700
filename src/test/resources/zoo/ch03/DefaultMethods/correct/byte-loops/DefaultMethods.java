package ch03;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

public interface DefaultMethods {

    MemorySegment alloc(Layout layout);

    void dealloc(MemorySegment block, Layout layout);

    default MemorySegment allocZeroed(Layout layout) {
        MemorySegment block = alloc(layout);
        clear(block, 0);
        return block;
    }

    default MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        MemorySegment moved = alloc(new Layout(newSize, layout.byteAlignment()));
        if (moved.address() != 0) {
            for (long i = 0; i < layout.byteSize() && i < newSize; i++) {
                moved.set(ValueLayout.JAVA_BYTE, i, block.get(ValueLayout.JAVA_BYTE, i));
            }
            dealloc(block, layout);
        }
        return moved;
    }

    default MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        MemorySegment moved = realloc(block, layout, newSize);
        clear(moved, layout.byteSize());
        return moved;
    }

    private static void clear(MemorySegment block, long from) {
        for (long i = from; i < block.byteSize(); i++) {
            block.set(ValueLayout.JAVA_BYTE, i, (byte) 0);
        }
    }
}
