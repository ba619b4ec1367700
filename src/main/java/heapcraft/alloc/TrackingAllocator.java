package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// A heap that counts what goes through it and leaves the work to another one.
///
/// ```java
/// var heap = new TrackingAllocator(new SystemAlloc());
/// MemorySegment block = heap.alloc(new Layout(100, 8));
/// heap.stats().liveBytes();     // 100
/// heap.dealloc(block, new Layout(100, 8));
/// heap.stats().freedBytes();    // 100
/// ```
///
/// Made by [#withSites(GlobalAlloc)] it also remembers which line allocated each live block, and
/// refuses to free what is not live; that costs a walk up the stack for every block.
///
/// Blocks live as long as those of the heap below. Any number of threads may share an instance if
/// they may share that heap. No count is ever lost. Calls that overlap have no order of their own;
/// the peak is exact for one order in which they may have happened. Only [#stats()] may catch
/// another thread's call half counted, and so may [#check()], which wants a tracker at rest.
public final class TrackingAllocator implements GlobalAlloc {

    /// What one line allocated and nobody gave back.
    ///
    /// @param site     the first line outside this library
    /// @param blocks   how many live blocks it allocated
    /// @param byteSize their size in all, in bytes
    public record Leak(StackTraceElement site, long blocks, long byteSize) {

        Leak plus(Leak other) {
            return new Leak(site, blocks + other.blocks, byteSize + other.byteSize);
        }
    }

    private final GlobalAlloc heap;
    private final HeapCounters counters = new HeapCounters();
    /// Who allocated what is live, or `null` if nobody asked.
    private final LeakSites sites;

    /// Counts what goes to the platform's heap.
    public TrackingAllocator() {
        this(new SystemAlloc());
    }

    /// Counts what goes to a heap.
    ///
    /// @param heap does the work
    public TrackingAllocator(GlobalAlloc heap) {
        this(heap, null);
    }

    private TrackingAllocator(GlobalAlloc heap, LeakSites sites) {
        this.heap = heap;
        this.sites = sites;
    }

    /// {@return a tracker that also remembers which line allocated each live block}
    ///
    /// @param heap does the work
    public static TrackingAllocator withSites(GlobalAlloc heap) {
        return new TrackingAllocator(heap, new LeakSites());
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return counted(heap.alloc(layout), layout);
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        return counted(heap.allocZeroed(layout), layout);
    }

    private MemorySegment counted(MemorySegment block, Layout layout) {
        if (isNull(block)) {
            counters.failed();
            return block;
        }
        counters.allocated(layout.byteSize());
        remember(block, layout, sites == null ? null : LeakSites.here());
        return block;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        StackTraceElement site = forget(block, layout);
        counters.freed(layout.byteSize());
        try {
            heap.dealloc(block, layout);
        } catch (Throwable refused) {
            counters.notFreed(layout.byteSize());
            remember(block, layout, site);
            throw refused;
        }
        counters.deallocated();
    }

    /// Resized by the heap below: one reallocation, and no allocation.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        StackTraceElement site = forget(block, layout);
        long lost = Math.max(0, layout.byteSize() - newSize);
        counters.freed(lost);
        MemorySegment resized;
        try {
            resized = heap.realloc(block, layout, newSize);
        } catch (Throwable refused) {
            counters.notFreed(lost);
            remember(block, layout, site);
            throw refused;
        }
        if (isNull(resized)) {
            counters.notFreed(lost);
            counters.failed();
            remember(block, layout, site);
        } else {
            counters.reallocated(Math.max(0, newSize - layout.byteSize()));
            remember(resized, wanted, site);
        }
        return resized;
    }

    private void remember(MemorySegment block, Layout layout, StackTraceElement site) {
        if (sites != null) {
            sites.add(block, layout, site);
        }
    }

    private StackTraceElement forget(MemorySegment block, Layout layout) {
        return sites == null ? null : sites.remove(block, layout);
    }

    @Override
    public long goodSize(Layout layout) {
        return heap.goodSize(layout);
    }

    /// {@return what was counted until now}
    public HeapStats stats() {
        return counters.stats();
    }

    /// {@return how many allocations asked for at most so many bytes, and for more than half}
    ///
    /// @param byteSize a power of two
    public long allocationsUpTo(long byteSize) {
        return counters.allocationsUpTo(byteSize);
    }

    /// {@return the lines whose blocks are live, the most bytes first}
    ///
    /// @throws IllegalStateException if this instance was not made by [#withSites(GlobalAlloc)]
    public List<Leak> leaks() {
        if (sites == null) {
            throw new IllegalStateException(
                    "no lines were remembered; make the tracker with TrackingAllocator.withSites");
        }
        return sites.leaks();
    }

    @Override
    public void check() {
        heap.check();
        counters.check();
    }

    @Override
    public String toString() {
        return "TrackingAllocator(" + heap + ": " + stats() + ")";
    }
}
