package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What may be shared between threads, shared: 8 threads, 10 million calls.
class ThreadsIT {

    private static final int THREADS = 8;
    private static final int CALLS_PER_THREAD = 10_000_000 / THREADS;
    private static final int SLOTS = 64;

    /// What one thread did, counted by itself.
    private record Done(long allocations, long deallocations, long reallocations,
                        long allocatedBytes, long liveBytes) {

        Done plus(Done other) {
            return new Done(allocations + other.allocations, deallocations + other.deallocations,
                    reallocations + other.reallocations, allocatedBytes + other.allocatedBytes,
                    liveBytes + other.liveBytes);
        }
    }

    /// A thread's blocks: each holds its own address, so that nobody else can have it too.
    private static final class Worker implements Callable<Done> {
        private final GlobalAlloc heap;
        private final Random random;
        private final MemorySegment[] blocks = new MemorySegment[SLOTS];
        private long allocations;
        private long deallocations;
        private long reallocations;
        private long allocatedBytes;
        private long liveBytes;

        Worker(GlobalAlloc heap, long seed) {
            this.heap = heap;
            this.random = new Random(seed);
        }

        @Override
        public Done call() {
            for (int call = 0; call < CALLS_PER_THREAD; call++) {
                int slot = random.nextInt(SLOTS);
                if (blocks[slot] == null) {
                    blocks[slot] = alloc();
                } else if (random.nextInt(8) == 0) {
                    blocks[slot] = realloc(blocks[slot]);
                } else {
                    free(blocks[slot]);
                    blocks[slot] = null;
                }
            }
            return new Done(allocations, deallocations, reallocations, allocatedBytes, liveBytes);
        }

        private MemorySegment alloc() {
            Layout layout = new Layout(8 + random.nextInt(120), 8);
            MemorySegment block = random.nextInt(4) == 0 ? heap.allocZeroed(layout)
                    : heap.alloc(layout);
            allocations++;
            allocatedBytes += layout.byteSize();
            liveBytes += layout.byteSize();
            block.set(JAVA_LONG, 0, block.address());
            return block;
        }

        private MemorySegment realloc(MemorySegment block) {
            long newSize = 8 + random.nextInt(120);
            long growth = newSize - block.byteSize();
            MemorySegment resized = heap.realloc(block, layoutOf(block), newSize);
            requireOwn(resized, block.address());
            reallocations++;
            allocatedBytes += Math.max(0, growth);
            liveBytes += growth;
            resized.set(JAVA_LONG, 0, resized.address());
            return resized;
        }

        private void free(MemorySegment block) {
            requireOwn(block, block.address());
            heap.dealloc(block, layoutOf(block));
            deallocations++;
            liveBytes -= block.byteSize();
        }

        private static Layout layoutOf(MemorySegment block) {
            return new Layout(block.byteSize(), 8);
        }

        private static void requireOwn(MemorySegment block, long mark) {
            if (block.get(JAVA_LONG, 0) != mark) {
                throw new AssertionError("another thread wrote into " + block);
            }
        }

        void freeAll() {
            for (MemorySegment block : blocks) {
                if (block != null) {
                    free(block);
                }
            }
        }
    }

    /// Runs one worker in this thread, which may own the heap's counters, and the rest in others.
    private static Done run(List<Worker> workers) throws Exception {
        CyclicBarrier start = new CyclicBarrier(workers.size());
        try (ExecutorService others = Executors.newFixedThreadPool(workers.size() - 1)) {
            List<Future<Done>> futures = workers.stream().skip(1).map(worker -> others.submit(() -> {
                start.await();
                return worker.call();
            })).toList();
            start.await();
            Done done = workers.getFirst().call();
            for (Future<Done> future : futures) {
                done = done.plus(future.get());
            }
            return done;
        }
    }

    private static List<Worker> workers(GlobalAlloc heap) {
        return IntStream.range(0, THREADS).mapToObj(seed -> new Worker(heap, seed)).toList();
    }

    @Test
    void the_tracker_loses_no_count_and_the_system_heap_no_byte() throws Exception {
        var heap = new TrackingAllocator(new SystemAlloc());
        List<Worker> workers = workers(heap);
        Done done = run(workers);
        HeapStats stats = heap.stats();
        assertEquals(10_000_000,
                stats.allocations() + stats.deallocations() + stats.reallocations());
        assertEquals(done, new Done(stats.allocations(), stats.deallocations(),
                stats.reallocations(), stats.allocatedBytes(), stats.liveBytes()));
        assertTrue(stats.peakBytes() >= stats.liveBytes(), stats.toString());
        assertTrue(stats.peakBytes() <= THREADS * SLOTS * 128L, stats.toString());
        heap.check();
        workers.forEach(Worker::freeAll);
        assertEquals(0, heap.stats().liveBytes());
        assertEquals(0, heap.stats().liveBlocks());
    }

    @Test
    void the_tracker_with_sites_ends_with_no_leak() throws Exception {
        var heap = TrackingAllocator.withSites(new SystemAlloc());
        List<Worker> workers = IntStream.range(0, THREADS)
                .mapToObj(seed -> new Worker(heap, seed)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            threads.invokeAll(workers.stream().map(worker -> (Callable<Void>) () -> {
                for (int i = 0; i < 2000; i++) {
                    worker.free(worker.realloc(worker.alloc()));
                }
                return null;
            }).toList()).forEach(ThreadsIT::rethrow);
        }
        assertEquals(List.of(), heap.leaks());
        assertEquals(THREADS * 2000L, heap.stats().deallocations());
        heap.check();
    }

    /// The peak is the largest sum that was really reached: all threads hold their block at once.
    @Test
    void the_peak_is_the_sum_of_what_was_live_at_once() throws Exception {
        var heap = new TrackingAllocator(new SystemAlloc());
        Layout layout = new Layout(1000, 8);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            threads.invokeAll(IntStream.range(0, THREADS).mapToObj(i -> (Callable<Void>) () -> {
                for (int round = 0; round < 1000; round++) {
                    MemorySegment block = heap.alloc(layout);
                    together.await();
                    heap.dealloc(block, layout);
                    together.await();
                }
                return null;
            }).toList()).forEach(ThreadsIT::rethrow);
        }
        assertEquals(THREADS * 1000L, heap.stats().peakBytes());
    }

    /// The limit holds for all threads together, and no byte below it is refused.
    @Test
    void the_limit_is_reached_and_never_passed() throws Exception {
        long blocksInAll = 200_000;
        var heap = new LimitedAlloc(blocksInAll * 10, new SystemAlloc());
        Layout layout = new Layout(10, 1);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Integer>> got = threads.invokeAll(IntStream.range(0, THREADS)
                    .mapToObj(i -> (Callable<Integer>) () -> {
                        int blocks = 0;
                        while (!isNull(heap.alloc(layout))) {
                            blocks++;
                        }
                        return blocks;
                    }).toList());
            long sum = 0;
            for (Future<Integer> blocks : got) {
                sum += blocks.get();
            }
            assertEquals(blocksInAll, sum);
        }
        assertEquals(blocksInAll * 10, heap.used());
    }

    private static void rethrow(Future<Void> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
