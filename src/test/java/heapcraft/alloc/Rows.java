package heapcraft.alloc;

import static heapcraft.alloc.Row.Trait.COALESCES;
import static heapcraft.alloc.Row.Trait.RESERVES;
import static heapcraft.alloc.Row.Trait.REUSES;
import static heapcraft.alloc.Row.Trait.SEES_STRANGERS;
import static heapcraft.alloc.Row.Trait.SEES_THE_DEAD;
import static heapcraft.alloc.Row.Trait.UNBOUNDED;

import heapcraft.alloc.Row.Trait;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Every allocator there is: a new one is one class and one row.
final class Rows {

    private Rows() { }

    static List<Row> all() {
        return Stream.concat(Stream.of(
                Row.of("SystemAlloc", memory -> new SystemAlloc(), REUSES, UNBOUNDED),
                Row.of("Jemalloc", memory -> new Jemalloc(), REUSES, UNBOUNDED, RESERVES),
                Row.of("Mimalloc", memory -> new Mimalloc(), REUSES, UNBOUNDED, RESERVES),
                Row.of("Tcmalloc", memory -> new Tcmalloc(), REUSES, UNBOUNDED),
                Row.of("BumpAllocator", BumpAllocator::new, SEES_STRANGERS)
                        .largest((address, byteSize) -> byteSize)
                        .onParent(parent -> new BumpAllocator(4096, parent)),
                Row.of("Bump", memory -> new Bump(new FreeListAlloc(memory, Fit.FIRST)),
                                REUSES, SEES_STRANGERS)
                        .largest(Rows::largestInFreeList)
                        .onParent(Bump::new),
                freeList("splitting at 64", memory -> new FreeListAlloc(memory, Fit.BEST, 64, true),
                        REUSES, COALESCES),
                freeList("not merging", memory -> new FreeListAlloc(memory, Fit.FIRST, 16, false)),
                Row.of("SizeClassAlloc", SizeClassAlloc::new,
                                REUSES, COALESCES, SEES_STRANGERS, SEES_THE_DEAD)
                        .byteSize(256 * 1024)
                        .largest((address, byteSize) -> pageDown(address + byteSize)
                                - pageDown(address + 4095)),
                Row.of("BuddyAlloc", BuddyAlloc::new,
                                REUSES, COALESCES, SEES_STRANGERS, SEES_THE_DEAD)
                        .largest(Rows::largestBuddy),
                Row.of("PoolAlloc", memory -> new PoolAlloc(memory, new Layout(192, 64)),
                                REUSES, COALESCES, SEES_STRANGERS, SEES_THE_DEAD)
                        .maxLayout(new Layout(192, 64))
                        .largest((address, byteSize) -> 192),
                Row.of("StackAlloc", StackAlloc::new,
                                REUSES, COALESCES, SEES_STRANGERS, SEES_THE_DEAD)
                        .largest((address, byteSize) -> byteSize - 16),
                Row.of("ArenaAlloc", memory -> new ArenaAlloc(Arena.global()), UNBOUNDED),
                Row.of("ArenaAlloc slicing",
                                memory -> new ArenaAlloc(SegmentAllocator.slicingAllocator(memory)))
                        .largest((address, byteSize) -> byteSize),
                wrapper("TrackingAllocator", TrackingAllocator::new),
                wrapper("TrackingAllocator with sites", TrackingAllocator::withSites),
                wrapper("LimitedAlloc", heap -> new LimitedAlloc(1 << 20, heap)),
                wrapper("FailingAlloc, never", heap -> new FailingAlloc(heap, call -> false)),
                Row.of("Global", memory -> Global.heap(), REUSES, UNBOUNDED)),
                Stream.of(Fit.values()).map(fit -> freeList(fit + " fit",
                        memory -> new FreeListAlloc(memory, fit), REUSES, COALESCES))).toList();
    }

    /// What stands between a program and its heap must not lose any of the heap's virtues.
    private static Row wrapper(String name, UnaryOperator<GlobalAlloc> around) {
        return freeList("", memory -> around.apply(new FreeListAlloc(memory, Fit.FIRST)),
                REUSES, COALESCES).name(name).onParent(around);
    }

    private static long pageDown(long address) {
        return address / 4096 * 4096;
    }

    /// The largest power of two that has a multiple with so much room behind it.
    private static long largestBuddy(long address, long byteSize) {
        long power = Long.highestOneBit(byteSize);
        while (Math.ceilDiv(address, power) * power + power > address + byteSize) {
            power /= 2;
        }
        return power;
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
