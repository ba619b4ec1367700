// Is there a block in the pointer if the call has failed?
// killed by: believes_the_error_code_and_nothing_else, hands_null_on, leaves_the_old_block_alone_without_memory
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
        return layout.byteAlignment() <= MALLOC_ALIGNMENT
                && layout.byteAlignment() <= layout.byteSize();
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        requireSize(layout.byteSize());
        return mallocSuffices(layout) ? c.malloc(layout.byteSize()) : aligned(layout);
    }

    private static void requireSize(long byteSize) {
        if (byteSize == 0) {
            throw new IllegalArgumentException("size 0: a heap block has at least 1 byte");
        }
    }

    private MemorySegment aligned(Layout layout) {
        var out = new MemorySegment[1];
        long alignment = Math.max(layout.byteAlignment(), POINTER);
        c.posixMemalign(out, alignment, layout.byteSize());
        return out[0];
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        c.free(block);
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        if (mallocSuffices(layout)) {
            return c.calloc(layout.byteSize(), 1);
        }
        MemorySegment block = alloc(layout);
        return GlobalAlloc.isNull(block) ? block : block.fill((byte) 0);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        requireSize(newSize);
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        if (mallocSuffices(layout) && mallocSuffices(wanted)) {
            return c.realloc(block, newSize);
        }
        MemorySegment moved = alloc(wanted);
        if (!GlobalAlloc.isNull(moved)) {
            MemorySegment.copy(block, 0, moved, 0, Math.min(layout.byteSize(), newSize));
            c.free(block);
        }
        return moved;
    }
}
