package heapcraft.view;

import heapcraft.alloc.BuddyAlloc;
import heapcraft.alloc.Bump;
import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.PoolAlloc;
import heapcraft.alloc.SizeClassAlloc;
import heapcraft.alloc.StackAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.trace.Replay;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Function;

/// Every heap that can be walked.
enum Heaps {
    BUMP_ALLOCATOR(BumpAllocator::new),
    BUMP(memory -> new Bump(new FreeListAlloc(memory, Fit.FIRST))),
    STACK(StackAlloc::new),
    POOL(memory -> new PoolAlloc(memory, new Layout(512, 16))),
    FIRST_FIT(memory -> new FreeListAlloc(memory, Fit.FIRST)),
    BEST_FIT(memory -> new FreeListAlloc(memory, Fit.BEST)),
    NEXT_FIT(memory -> new FreeListAlloc(memory, Fit.NEXT)),
    WORST_FIT(memory -> new FreeListAlloc(memory, Fit.WORST)),
    NOT_MERGING(memory -> new FreeListAlloc(memory, Fit.FIRST, 16, false)),
    SPLITTING_AT_64(memory -> new FreeListAlloc(memory, Fit.BEST, 64, true)),
    SIZE_CLASSES(SizeClassAlloc::new),
    BUDDY(BuddyAlloc::new);

    private final Function<MemorySegment, GlobalAlloc> over;

    Heaps(Function<MemorySegment, GlobalAlloc> over) {
        this.over = over;
    }

    GlobalAlloc over(MemorySegment memory) {
        return over.apply(memory);
    }

    /// A replay that ends all blocks of an arena as the arena does it.
    static Replay replay(GlobalAlloc heap) {
        return switch (heap) {
            case BumpAllocator arena -> Replay.on(heap).withReset(arena::reset);
            case Bump arena -> Replay.on(heap).withReset(arena::reset);
            case PoolAlloc pool -> Replay.on(heap).withReset(pool::reset);
            default -> Replay.on(heap);
        };
    }

    /// The heap as if its memory began at another address.
    static Walkable moved(Walkable heap, long by) {
        return () -> heap.blocks().stream().map(block -> new Walkable.Block(block.address() + by,
                block.byteSize(), block.use())).toList();
    }
}
