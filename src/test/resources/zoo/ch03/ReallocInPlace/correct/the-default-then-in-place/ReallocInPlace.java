package ch03;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

public final class ReallocInPlace implements GlobalAlloc {

    private final MemorySegment memory;
    private long top;

    public ReallocInPlace(MemorySegment memory) {
        this.memory = memory;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        if (layout.byteSize() == 0) {
            throw new IllegalArgumentException("size 0: a heap block has at least 1 byte");
        }
        long address = memory.address() + top;
        long start = top + (-address & (layout.byteAlignment() - 1));
        if (start > memory.byteSize() || layout.byteSize() > memory.byteSize() - start) {
            return MemorySegment.NULL;
        }
        top = start + layout.byteSize();
        return memory.asSlice(start, layout.byteSize());
    }

    public boolean isLast(MemorySegment block) {
        MemorySegment used = memory.asSlice(0, top);
        return used.address() + used.byteSize() - block.byteSize() == block.address();
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        if (!isLast(block)) {
            return;
        }
        top -= layout.byteSize();
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        if (newSize <= 0 || newSize > Layout.maxSize(layout.byteAlignment())) {
            throw new IllegalArgumentException("no block has " + newSize + " bytes");
        }
        boolean last = isLast(block);
        if (!last && newSize > block.byteSize()) {
            return GlobalAlloc.super.realloc(block, layout, newSize);
        }
        long before = top;
        if (last) {
            top -= block.byteSize();
        }
        MemorySegment resized = last ? alloc(new Layout(newSize, 1)) : block.asSlice(0, newSize);
        if (GlobalAlloc.isNull(resized)) {
            top = before;
        }
        return resized;
    }

    public MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        MemorySegment resized = realloc(block, layout, newSize);
        if (resized.byteSize() > layout.byteSize()) {
            resized.asSlice(layout.byteSize()).fill((byte) 0);
        }
        return resized;
    }
}
