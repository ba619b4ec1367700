package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Bump;
import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecorderTest {

    private static final Layout SMALL = new Layout(64, 8);

    private final Recorder recorder = new Recorder();

    private List<HeapEvent> planned() {
        return recorder.trace().planned().events();
    }

    @ParameterizedTest
    @EnumSource
    void a_replayed_workload_is_recorded_as_it_was_planned(Workload workload) {
        Trace planned = workload.trace(3, 400);
        Trace placed = Replay.on(recorder.on(new SystemAlloc())).withReset(recorder::reset)
                .run(planned);
        assertEquals(placed, recorder.trace());
        assertEquals(planned, recorder.trace().planned());
    }

    @Test
    void addresses_are_those_handed_out() {
        GlobalAlloc heap = recorder.on(new SystemAlloc());
        MemorySegment block = heap.alloc(SMALL);
        MemorySegment larger = heap.realloc(block, SMALL, 100_000);
        heap.dealloc(larger, new Layout(100_000, 8));
        assertEquals(List.of(new Alloc(0, SMALL, false, block.address()),
                new Realloc(0, 100_000, larger.address()), new Free(0)), recorder.trace().events());
    }

    @Test
    void what_is_refused_is_written_down_as_refused() {
        try (var full = new BumpAllocator(100, new SystemAlloc())) {
            GlobalAlloc heap = recorder.on(full);
            MemorySegment block = heap.alloc(SMALL);
            heap.allocZeroed(SMALL);
            heap.realloc(block, SMALL, 128);
            heap.dealloc(block, SMALL);
        }
        assertEquals(List.of(new Alloc(1, SMALL, true, HeapEvent.REFUSED),
                new Realloc(0, 128, HeapEvent.REFUSED), new Free(0)),
                recorder.trace().events().subList(1, 4));
    }

    @Test
    void a_reset_ends_all_blocks() {
        try (var arena = new BumpAllocator(100, new SystemAlloc())) {
            GlobalAlloc heap = recorder.on(arena);
            heap.alloc(SMALL);
            arena.reset();
            recorder.reset();
            heap.alloc(SMALL);
        }
        assertEquals(List.of(new Alloc(0, SMALL), new Reset(), new Alloc(1, SMALL)), planned());
    }

    @Test
    void a_block_nobody_allocated_here_is_refused() {
        GlobalAlloc heap = recorder.on(new SystemAlloc());
        MemorySegment foreign = new SystemAlloc().alloc(SMALL);
        for (Runnable use : List.<Runnable>of(() -> heap.dealloc(foreign, SMALL),
                () -> heap.realloc(foreign, SMALL, 128))) {
            String said = assertThrows(IllegalArgumentException.class, use::run).getMessage();
            assertTrue(said.contains("no live block was recorded at 0x"), said);
        }
        new SystemAlloc().dealloc(foreign, SMALL);
        assertEquals(List.of(), planned());
    }

    @Test
    void a_block_nobody_allocated_here_never_reaches_the_heap() {
        GlobalAlloc heap = recorder.on(new GlobalAlloc() {
            @Override public MemorySegment alloc(Layout layout) {
                throw new AssertionError("alloc reached the heap");
            }

            @Override public void dealloc(MemorySegment block, Layout layout) {
                throw new AssertionError("dealloc reached the heap");
            }
        });
        MemorySegment foreign = MemorySegment.ofArray(new byte[64]);
        assertThrows(IllegalArgumentException.class, () -> heap.dealloc(foreign, SMALL));
        assertThrows(IllegalArgumentException.class, () -> heap.realloc(foreign, SMALL, 128));
    }

    @Test
    void a_block_that_is_resized_in_place_is_the_same_block() {
        try (var arena = new Bump(new SystemAlloc())) {
            GlobalAlloc heap = recorder.on(arena);
            MemorySegment block = heap.alloc(SMALL);
            MemorySegment larger = heap.realloc(block, SMALL, 128);
            assertEquals(block.address(), larger.address());
            heap.dealloc(larger, new Layout(128, 8));
        }
        assertEquals(List.of(new Alloc(0, SMALL), new Realloc(0, 128), new Free(0)), planned());
    }

    @Test
    void a_block_that_moved_or_was_reset_is_no_longer_where_it_was() {
        try (var arena = new BumpAllocator(1000, new SystemAlloc())) {
            GlobalAlloc heap = recorder.on(arena);
            MemorySegment block = heap.alloc(SMALL);
            MemorySegment moved = heap.realloc(block, SMALL, 128);
            assertThrows(IllegalArgumentException.class, () -> heap.dealloc(block, SMALL));
            recorder.reset();
            assertThrows(IllegalArgumentException.class,
                    () -> heap.dealloc(moved, new Layout(128, 8)));
        }
    }

    @Test
    void an_allocators_growing_and_shrinking_are_one_blocks_life() {
        Allocator heap = recorder.on(new SystemAlloc().asAllocator());
        Layout large = new Layout(128, 8);
        MemorySegment block = heap.allocateZeroed(SMALL);
        block = heap.grow(block, SMALL, large);
        block = heap.growZeroed(block, large, new Layout(200, 8));
        block = heap.shrink(block, new Layout(200, 8), SMALL);
        heap.deallocate(block, SMALL);
        assertEquals(List.of(new Alloc(0, SMALL, true, HeapEvent.PLANNED), new Realloc(0, 128),
                new Realloc(0, 200), new Realloc(0, 64), new Free(0)), planned());
    }

    @Test
    void blocks_without_size_are_left_out() {
        Allocator heap = recorder.on(new SystemAlloc().asAllocator());
        Layout none = new Layout(0, 8);
        MemorySegment block = heap.allocate(none);
        block = heap.grow(block, none, SMALL);
        block = heap.shrink(block, SMALL, none);
        heap.deallocate(block, none);
        assertEquals(List.of(new Alloc(0, SMALL), new Free(0)), planned());
    }

    @Test
    void another_alignment_is_another_block() {
        Allocator heap = recorder.on(new SystemAlloc().asAllocator());
        Layout strict = new Layout(64, 64);
        heap.deallocate(heap.grow(heap.allocate(SMALL), SMALL, strict), strict);
        assertEquals(List.of(new Alloc(0, SMALL), new Free(0), new Alloc(1, strict), new Free(1)),
                planned());
    }

    @Test
    void a_change_of_alignment_that_is_refused_leaves_the_block() {
        Layout strict = new Layout(64, 64);
        try (var full = new BumpAllocator(64, new SystemAlloc())) {
            Allocator heap = recorder.on(full.asAllocator());
            MemorySegment block = heap.allocate(SMALL);
            assertEquals(MemorySegment.NULL, heap.grow(block, SMALL, strict));
            heap.deallocate(block, SMALL);
        }
        assertEquals(List.of(new Alloc(0, SMALL), new Alloc(1, strict), new Free(0)), planned());
    }

    @Test
    void eight_threads_leave_a_sensible_trace() {
        GlobalAlloc heap = recorder.on(new SystemAlloc());
        IntStream.range(0, 8).parallel().forEach(thread -> {
            for (int i = 0; i < 500; i++) {
                heap.dealloc(heap.alloc(SMALL), SMALL);
            }
        });
        assertEquals(8_000, recorder.trace().size());
    }
}
