package ch04;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.CLibrary;
import java.lang.foreign.MemorySegment;

public final class SystemAllocator implements GlobalAlloc {

    private static final long MALLOC_ALIGNMENT = 16;

    private final CLibrary c;

    public SystemAllocator(CLibrary c) {
        this.c = c;
    }

    public static boolean mallocSuffices(Layout layout) {
        return layout.byteAlignment() <= Math.min(MALLOC_ALIGNMENT, layout.byteSize());
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return fresh(layout, false);
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        return fresh(layout, true);
    }

    private MemorySegment fresh(Layout layout, boolean zeroed) {
        long size = layout.byteSize();
        if (size < 1) {
            throw new IllegalArgumentException("a block has at least 1 byte, not " + size);
        }
        if (mallocSuffices(layout)) {
            return zeroed ? c.calloc(1, size) : c.malloc(size);
        }
        MemorySegment[] out = {MemorySegment.NULL};
        if (c.posixMemalign(out, layout.alignTo(8).byteAlignment(), size) != 0) {
            return MemorySegment.NULL;
        }
        if (zeroed) {
            out[0].fill((byte) 0);
        }
        return out[0];
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        c.free(block);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        return newSize > 0 && mallocSuffices(layout) && mallocSuffices(wanted)
                ? c.realloc(block, newSize)
                : GlobalAlloc.super.realloc(block, layout, newSize);
    }
}
