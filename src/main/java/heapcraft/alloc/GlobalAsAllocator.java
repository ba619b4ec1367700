package heapcraft.alloc;

import java.lang.foreign.MemorySegment;

/// A heap seen through the richer contract: Rust's `Global`, for any heap.
///
/// Stands at [GlobalAlloc#asAllocator()]. As safe between threads as the heap itself.
///
/// @param heap where the blocks come from
record GlobalAsAllocator(GlobalAlloc heap) implements Allocator {

    @Override
    public MemorySegment allocate(Layout layout) {
        return layout.byteSize() == 0 ? layout.dangling() : heap.alloc(whole(layout));
    }

    @Override
    public MemorySegment allocateZeroed(Layout layout) {
        return layout.byteSize() == 0 ? layout.dangling() : heap.allocZeroed(whole(layout));
    }

    @Override
    public void deallocate(MemorySegment block, Layout layout) {
        if (layout.byteSize() > 0 || block.byteSize() > 0) {
            heap.dealloc(block, whole(layout));
        }
    }

    @Override
    public MemorySegment grow(MemorySegment block, Layout oldLayout, Layout newLayout) {
        Contract.requireGrowth(oldLayout, newLayout);
        return canRealloc(oldLayout, newLayout)
                ? heap.realloc(block, whole(oldLayout), heap.goodSize(newLayout))
                : Allocator.super.grow(block, oldLayout, newLayout);
    }

    @Override
    public MemorySegment shrink(MemorySegment block, Layout oldLayout, Layout newLayout) {
        Contract.requireShrinkage(oldLayout, newLayout);
        return canRealloc(oldLayout, newLayout)
                ? heap.realloc(block, whole(oldLayout), heap.goodSize(newLayout))
                : Allocator.super.shrink(block, oldLayout, newLayout);
    }

    /// `realloc` knows neither size 0 nor another alignment.
    private static boolean canRealloc(Layout from, Layout to) {
        return from.byteSize() > 0 && to.byteSize() > 0
                && from.byteAlignment() == to.byteAlignment();
    }

    /// The layout the heap was asked with: any layout that fits a block leads to the same one.
    private Layout whole(Layout layout) {
        return new Layout(heap.goodSize(layout), layout.byteAlignment());
    }
}
