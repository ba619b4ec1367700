package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingAllocatorTest {

    private static final Layout HUNDRED = new Layout(100, 8);

    private final TrackingAllocator heap = new TrackingAllocator();

    @Test
    void counts_what_is_handed_out_and_what_comes_back() {
        MemorySegment a = heap.alloc(HUNDRED);
        MemorySegment b = heap.allocZeroed(new Layout(50, 1));
        heap.dealloc(a, HUNDRED);
        assertEquals(new HeapStats(50, 150, 150, 2, 1, 0, 0), heap.stats());
        assertEquals(100, heap.stats().freedBytes());
        assertEquals(1, heap.stats().liveBlocks());
        heap.dealloc(b, new Layout(50, 1));
        assertEquals(new HeapStats(0, 150, 150, 2, 2, 0, 0), heap.stats());
    }

    @Test
    void a_resized_block_counts_as_one_reallocation_and_by_its_difference() {
        MemorySegment block = heap.alloc(HUNDRED);
        block = heap.realloc(block, HUNDRED, 300);
        assertEquals(new HeapStats(300, 300, 300, 1, 0, 1, 0), heap.stats());
        block = heap.realloc(block, new Layout(300, 8), 10);
        assertEquals(new HeapStats(10, 300, 300, 1, 0, 2, 0), heap.stats());
        assertEquals(290, heap.stats().freedBytes());
        heap.dealloc(block, new Layout(10, 8));
        assertEquals(new HeapStats(0, 300, 300, 1, 1, 2, 0), heap.stats());
    }

    @Test
    void a_failure_counts_as_one_and_as_nothing_else() {
        var poor = new TrackingAllocator(new LimitedAlloc(100, new SystemAlloc()));
        MemorySegment block = poor.alloc(HUNDRED);
        poor.alloc(HUNDRED);
        poor.allocZeroed(HUNDRED);
        poor.realloc(block, HUNDRED, 101);
        assertEquals(new HeapStats(100, 100, 100, 1, 0, 0, 3), poor.stats());
        poor.dealloc(block, HUNDRED);
        poor.check();
    }

    @Test
    void what_the_heap_below_refuses_is_not_counted() {
        MemorySegment block = heap.alloc(HUNDRED);
        HeapStats before = heap.stats();
        Layout wrong = new Layout(99, 8);
        assertThrows(IllegalArgumentException.class, () -> heap.dealloc(block, wrong));
        assertThrows(IllegalArgumentException.class, () -> heap.realloc(block, wrong, 1));
        assertThrows(IllegalArgumentException.class, () -> heap.alloc(new Layout(0, 1)));
        assertEquals(before.liveBytes(), heap.stats().liveBytes());
        assertEquals(before.peakBytes(), heap.stats().peakBytes());
        assertEquals(before.allocatedBytes(), heap.stats().allocatedBytes());
        assertEquals(before.deallocations(), heap.stats().deallocations());
        assertEquals(before.allocations(), heap.stats().allocations());
        assertEquals(0, heap.stats().failures(), "memory there would have been");
        heap.dealloc(block, HUNDRED);
    }

    /// While the heap below makes up its mind, another thread may allocate; here it does so itself.
    @Test
    void a_refused_free_does_not_hide_a_peak() {
        var below = new GlobalAlloc() {
            private TrackingAllocator tracker;

            @Override public MemorySegment alloc(Layout layout) {
                return new SystemAlloc().alloc(layout);
            }

            @Override public void dealloc(MemorySegment block, Layout layout) {
                tracker.alloc(new Layout(50, 1));
                throw new IllegalStateException("refused");
            }
        };
        below.tracker = new TrackingAllocator(below);
        MemorySegment block = below.tracker.alloc(HUNDRED);
        assertThrows(IllegalStateException.class, () -> below.tracker.dealloc(block, HUNDRED));
        assertEquals(150, below.tracker.stats().peakBytes());
        below.tracker.check();
    }

    @Test
    void refuses_to_take_back_more_than_is_live() {
        MemorySegment foreign = new SystemAlloc().alloc(HUNDRED);
        assertThrows(IllegalArgumentException.class, () -> heap.dealloc(foreign, HUNDRED));
        assertEquals(0, heap.stats().liveBytes());
        new SystemAlloc().dealloc(foreign, HUNDRED);
    }

    @Test
    void sorts_allocations_by_powers_of_two() {
        try (Arena arena = Arena.ofConfined()) {
            var counted = new TrackingAllocator(new ArenaAlloc(arena));
            for (long size : new long[] {1, 2, 3, 4, 5, 64, 65, 100, 128}) {
                counted.alloc(new Layout(size, 1));
            }
            assertEquals(List.of(1L, 1L, 2L, 1L, 1L, 3L), List.of(1, 2, 4, 8, 64, 128).stream()
                    .map(upTo -> counted.allocationsUpTo(upTo)).toList());
        }
    }

    @Test
    void names_the_lines_that_leak_the_largest_first() {
        var tracker = TrackingAllocator.withSites(new SystemAlloc());
        MemorySegment small = tracker.alloc(new Layout(10, 1));
        MemorySegment[] large = new MemorySegment[2];
        for (int i = 0; i < 2; i++) {
            large[i] = tracker.realloc(tracker.alloc(HUNDRED), HUNDRED, 200);
        }
        MemorySegment freed = tracker.alloc(HUNDRED);
        tracker.dealloc(freed, HUNDRED);
        List<TrackingAllocator.Leak> leaks = tracker.leaks();
        assertEquals(List.of(400L, 10L),
                leaks.stream().map(TrackingAllocator.Leak::byteSize).toList());
        assertEquals(2, leaks.getFirst().blocks());
        StackTraceElement site = leaks.getFirst().site();
        assertEquals(getClass().getName(), site.getClassName());
        assertEquals("names_the_lines_that_leak_the_largest_first", site.getMethodName());
        tracker.dealloc(small, new Layout(10, 1));
        for (MemorySegment block : large) {
            tracker.dealloc(block, new Layout(200, 8));
        }
        assertEquals(List.of(), tracker.leaks());
    }

    @Test
    void names_the_line_that_allocated_by_way_of_the_jdk() {
        try (Arena arena = Arena.ofConfined()) {
            var tracker = TrackingAllocator.withSites(new ArenaAlloc(arena));
            tracker.asSegmentAllocator().allocateFrom("leaked");
            assertEquals(getClass().getName(), tracker.leaks().getFirst().site().getClassName());
        }
    }

    @Test
    void with_sites_refuses_a_second_free_and_a_wrong_layout_and_names_the_line() {
        try (Arena arena = Arena.ofConfined()) {
            var tracker = TrackingAllocator.withSites(new ArenaAlloc(arena));
            MemorySegment live = tracker.alloc(HUNDRED);
            MemorySegment dead = tracker.alloc(HUNDRED);
            tracker.dealloc(dead, HUNDRED);
            assertThrows(IllegalArgumentException.class, () -> tracker.dealloc(dead, HUNDRED));
            var wrong = assertThrows(IllegalArgumentException.class,
                    () -> tracker.dealloc(live, new Layout(100, 4)));
            assertTrue(wrong.getMessage().contains("TrackingAllocatorTest.java:"),
                    wrong.getMessage());
            assertEquals(1, tracker.stats().liveBlocks());
        }
    }

    @Test
    void with_sites_sees_a_block_that_was_freed_behind_its_back() {
        try (Arena arena = Arena.ofConfined()) {
            var below = new PoolAlloc(arena.allocate(112, 8), HUNDRED);
            var tracker = TrackingAllocator.withSites(below);
            below.dealloc(tracker.alloc(HUNDRED), HUNDRED);
            var seen = assertThrows(IllegalStateException.class, () -> tracker.alloc(HUNDRED));
            assertTrue(seen.getMessage().contains("TrackingAllocatorTest"), seen.getMessage());
        }
    }

    @Test
    void without_sites_there_are_no_leaks_to_ask_for() {
        assertThrows(IllegalStateException.class, heap::leaks);
    }

    @Test
    void prints_what_the_course_prints() {
        MemorySegment block = heap.alloc(HUNDRED);
        assertEquals("allocated 100 bytes, freed 0, live 100 in 1 blocks, peak 100",
                heap.stats().toString());
        heap.dealloc(block, HUNDRED);
    }
}
