package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.alloc.TrackingAllocator;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What it costs to count: a pair of calls to a heap below a wrapper, one counter at a time.
@State(Scope.Thread)
public class CountersBench {

    private static final int PAIRS = 1024;
    private static final Layout NODE = new Layout(32, 8);

    /// What the wrapper counts; the last two are the library's own tracker.
    @Param({"unwrapped", "nothing", "calls", "live", "peak", "totals", "tracker", "sites"})
    public String counts;

    private GlobalAlloc heap;

    @Setup
    public void wrap() {
        GlobalAlloc system = new SystemAlloc();
        heap = switch (counts) {
            case "unwrapped" -> system;
            case "nothing" -> new Counting(system, new Counter() { });
            case "calls" -> new Counting(system, new Calls());
            case "live" -> new Counting(system, new Live());
            case "peak" -> new Counting(system, new Peak());
            case "totals" -> new Counting(system, new Totals());
            case "tracker" -> new TrackingAllocator(system);
            case "sites" -> TrackingAllocator.withSites(system);
            default -> throw new IllegalArgumentException(counts);
        };
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void pairs() {
        for (int i = 0; i < PAIRS; i++) {
            MemorySegment block = heap.alloc(NODE);
            block.set(JAVA_LONG_UNALIGNED, 0, i);
            heap.dealloc(block, NODE);
        }
    }

    private record Counting(GlobalAlloc heap, Counter counter) implements GlobalAlloc {

        @Override
        public MemorySegment alloc(Layout layout) {
            counter.allocated(layout.byteSize());
            return heap.alloc(layout);
        }

        @Override
        public void dealloc(MemorySegment block, Layout layout) {
            counter.freed(layout.byteSize());
            heap.dealloc(block, layout);
        }
    }

    private interface Counter {
        default void allocated(long byteSize) { }

        default void freed(long byteSize) { }
    }

    private static final class Calls implements Counter {
        private final AtomicLong allocations = new AtomicLong();
        private final AtomicLong deallocations = new AtomicLong();

        @Override public void allocated(long byteSize) {
            allocations.getAndIncrement();
        }

        @Override public void freed(long byteSize) {
            deallocations.getAndIncrement();
        }
    }

    private static final class Live implements Counter {
        private final AtomicLong live = new AtomicLong();

        @Override public void allocated(long byteSize) {
            live.getAndAdd(byteSize);
        }

        @Override public void freed(long byteSize) {
            live.getAndAdd(-byteSize);
        }
    }

    private static final class Peak implements Counter {
        private final AtomicLong live = new AtomicLong();
        private final AtomicLong peak = new AtomicLong();

        @Override public void allocated(long byteSize) {
            long now = live.addAndGet(byteSize);
            if (now > peak.get()) {
                peak.accumulateAndGet(now, Math::max);
            }
        }

        @Override public void freed(long byteSize) {
            live.getAndAdd(-byteSize);
        }
    }

    /// What the course's first tracker counts.
    private static final class Totals implements Counter {
        private final AtomicLong allocated = new AtomicLong();
        private final AtomicLong freed = new AtomicLong();

        @Override public void allocated(long byteSize) {
            allocated.getAndAdd(byteSize);
        }

        @Override public void freed(long byteSize) {
            freed.getAndAdd(byteSize);
        }
    }
}
