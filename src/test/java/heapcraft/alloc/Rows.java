package heapcraft.alloc;

import static heapcraft.alloc.Row.Trait.COALESCES;
import static heapcraft.alloc.Row.Trait.REUSES;
import static heapcraft.alloc.Row.Trait.SEES_STRANGERS;
import static heapcraft.alloc.Row.Trait.SEES_THE_DEAD;
import static heapcraft.alloc.Row.Trait.UNBOUNDED;

import heapcraft.alloc.Row.Trait;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Every allocator there is: a new one is one class and one row.
final class Rows {

    private Rows() { }

    static List<Row> all() {
        return Stream.concat(Stream.of(
                Row.of("SystemAlloc", memory -> new SystemAlloc(), REUSES, UNBOUNDED),
                Row.of("BumpAllocator", BumpAllocator::new, SEES_STRANGERS)
                        .largest((address, byteSize) -> byteSize)
                        .onParent(parent -> new BumpAllocator(4096, parent)),
                Row.of("Bump", memory -> new Bump(new FreeListAlloc(memory, Fit.FIRST)),
                                REUSES, SEES_STRANGERS)
                        .largest(Rows::largestInFreeList)
                        .onParent(Bump::new),
                freeList("splitting at 64", memory -> new FreeListAlloc(memory, Fit.BEST, 64, true),
                        REUSES, COALESCES),
                freeList("not merging", memory -> new FreeListAlloc(memory, Fit.FIRST, 16, false))),
                Stream.of(Fit.values()).map(fit -> freeList(fit + " fit",
                        memory -> new FreeListAlloc(memory, fit), REUSES, COALESCES))).toList();
    }

    private static Row freeList(String policy, Function<MemorySegment, GlobalAlloc> over,
                                Trait... traits) {
        return Row.of("FreeListAlloc " + policy, over, traits).largest(Rows::largestInFreeList)
                .and(SEES_STRANGERS).and(SEES_THE_DEAD);
    }

    /// The first header lies 8 below a multiple of 16, and blocks are multiples of 16.
    private static long largestInFreeList(long address, long byteSize) {
        long first = Math.ceilDiv(address + 8, 16) * 16;
        return (address + byteSize - (first - 8)) / 16 * 16 - 8;
    }
}
