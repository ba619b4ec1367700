package ch04;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.CLibrary;
import java.lang.foreign.MemorySegment;

public final class SystemAllocator implements GlobalAlloc {

    private static final long MALLOC_ALIGNMENT = 16;
    private static final long POINTER = 8;

    private final CLibrary c;

    public SystemAllocator(CLibrary c) {
        this.c = c;
    }

    public static boolean mallocSuffices(Layout layout) {
        return suffices(layout.byteSize(), layout.byteAlignment());
    }

    private static boolean suffices(long byteSize, long byteAlignment) {
        return switch ((int) Math.min(byteAlignment, 32)) {
            case 1, 2, 4, 8, 16 -> byteSize >= byteAlignment;
            default -> false;
        };
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        if (layout.byteSize() == 0) {
            throw new IllegalArgumentException("no bytes, no block");
        }
        if (mallocSuffices(layout)) {
            return c.malloc(layout.byteSize());
        }
        MemorySegment[] out = new MemorySegment[1];
        return switch (c.posixMemalign(out, Math.max(POINTER, layout.byteAlignment()),
                layout.byteSize())) {
            case 0 -> out[0];
            default -> MemorySegment.NULL;
        };
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        c.free(block);
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        return mallocSuffices(layout) ? c.calloc(1, layout.byteSize())
                : GlobalAlloc.super.allocZeroed(layout);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        // The old block is from malloc if the smaller of both sizes would do.
        long smaller = Math.min(layout.byteSize(), newSize);
        if (smaller > 0 && suffices(smaller, layout.byteAlignment())) {
            return c.realloc(block, newSize);
        }
        MemorySegment moved = alloc(new Layout(newSize, layout.byteAlignment()));
        if (moved.address() != 0) {
            moved.asSlice(0, smaller).copyFrom(block.asSlice(0, smaller));
            dealloc(block, layout);
        }
        return moved;
    }
}
