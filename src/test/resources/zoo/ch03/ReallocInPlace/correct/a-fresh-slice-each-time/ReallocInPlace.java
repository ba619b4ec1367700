package ch03;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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
        return block.address() + block.byteSize() == free().address();
    }

    private MemorySegment free() {
        return memory.asSlice(top);
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        top -= isLast(block) ? block.byteSize() : 0;
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        long more = new Layout(newSize, layout.byteAlignment()).byteSize() - layout.byteSize();
        if (newSize == 0) {
            throw new IllegalArgumentException("no block has 0 bytes");
        }
        if (!isLast(block)) {
            return more <= 0 ? block.asSlice(0, newSize) : elsewhere(block, layout, newSize);
        }
        if (more > free().byteSize()) {
            return MemorySegment.NULL;
        }
        top += more;
        return memory.asSlice(top - newSize, newSize);
    }

    private MemorySegment elsewhere(MemorySegment block, Layout layout, long newSize) {
        MemorySegment place = alloc(new Layout(newSize, layout.byteAlignment()));
        if (place.address() != 0) {
            place.asSlice(0, block.byteSize()).copyFrom(block);
        }
        return place;
    }

    public MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        MemorySegment resized = realloc(block, layout, newSize);
        for (long i = layout.byteSize(); i < resized.byteSize(); i++) {
            resized.set(ValueLayout.JAVA_BYTE, i, (byte) 0);
        }
        return resized;
    }
}
