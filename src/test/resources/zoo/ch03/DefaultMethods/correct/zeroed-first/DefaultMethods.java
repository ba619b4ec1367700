package ch03;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

public interface DefaultMethods {

    MemorySegment alloc(Layout layout);

    void dealloc(MemorySegment block, Layout layout);

    default MemorySegment allocZeroed(Layout layout) {
        return alloc(layout).fill((byte) 0);
    }

    default MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        return moved(block, layout, alloc(resized(layout, newSize)));
    }

    default MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        return moved(block, layout, allocZeroed(resized(layout, newSize)));
    }

    private MemorySegment moved(MemorySegment block, Layout layout, MemorySegment bigger) {
        if (!GlobalAlloc.isNull(bigger)) {
            long kept = Math.min(block.byteSize(), bigger.byteSize());
            bigger.asSlice(0, kept).copyFrom(block.asSlice(0, kept));
            dealloc(block, layout);
        }
        return bigger;
    }

    private static Layout resized(Layout layout, long newSize) {
        if (newSize < 1) {
            throw new IllegalArgumentException("size " + newSize + " is less than 1");
        }
        return new Layout(newSize, layout.byteAlignment());
    }
}
