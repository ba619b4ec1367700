// Is realloc to 0 a way to free a block?
// killed by: refuses_a_size_that_no_block_has
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
        return offset(block) + block.byteSize() == top;
    }

    private long offset(MemorySegment block) {
        return block.address() - memory.address();
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        if (isLast(block)) {
            top = offset(block);
        }
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        if (newSize == 0) {
            dealloc(block, layout);
            return MemorySegment.NULL;
        }
        long start = offset(block);
        if (isLast(block)) {
            if (newSize > memory.byteSize() - start) {
                return MemorySegment.NULL;
            }
            top = start + newSize;
        } else if (newSize > layout.byteSize()) {
            return moved(block, layout, wanted);
        }
        return memory.asSlice(start, newSize);
    }

    private MemorySegment moved(MemorySegment block, Layout layout, Layout wanted) {
        MemorySegment larger = alloc(wanted);
        if (!GlobalAlloc.isNull(larger)) {
            MemorySegment.copy(block, 0, larger, 0, layout.byteSize());
        }
        return larger;
    }

    public MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        MemorySegment resized = realloc(block, layout, newSize);
        if (!GlobalAlloc.isNull(resized) && newSize > layout.byteSize()) {
            resized.asSlice(layout.byteSize()).fill((byte) 0);
        }
        return resized;
    }
}
