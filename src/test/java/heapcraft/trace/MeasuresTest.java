package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.alloc.Walkable.Block;
import heapcraft.alloc.Walkable.Use;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `Fragmentation` and `Peaks`.
class MeasuresTest {

    /// 1000 bytes: two live blocks of 100 and 300, holes of 200, 250 and 50, and headers.
    private static final Walkable HEAP = () -> List.of(
            new Block(0, 20, Use.OVERHEAD), new Block(20, 100, Use.LIVE),
            new Block(120, 200, Use.FREE), new Block(320, 80, Use.OVERHEAD),
            new Block(400, 300, Use.LIVE), new Block(700, 250, Use.FREE),
            new Block(950, 50, Use.FREE));

    private final Fragmentation now = Fragmentation.of(HEAP, 300);

    @Test
    void every_byte_of_the_heap_is_counted_once() {
        assertEquals(new Fragmentation(300, 400, 500, 250, 100), now);
        assertEquals(1000, now.heap());
    }

    @Test
    void padding_is_not_free() {
        assertEquals(500, now.free());
    }

    @Test
    void internal_is_what_live_blocks_have_too_much_and_headers_are_not_in_it() {
        assertEquals(0.25, now.internal());
    }

    @Test
    void external_is_what_lies_outside_the_largest_free_block() {
        assertEquals(0.5, now.external());
    }

    @Test
    void utilisation_is_what_was_asked_for_of_all() {
        assertEquals(0.3, now.utilisation());
    }

    @Test
    void an_empty_heap_has_lost_nothing() {
        Fragmentation empty = Fragmentation.of(List::of, 0);
        assertEquals(0, empty.internal() + empty.external() + empty.utilisation());
    }

    @Test
    void a_full_heap_has_no_external_fragmentation() {
        Fragmentation full = Fragmentation.of(() -> List.of(new Block(0, 64, Use.LIVE)), 64);
        assertEquals(0, full.external());
        assertEquals(1, full.utilisation());
    }

    @Test
    void a_bump_heap_has_its_padding_inside() {
        try (var arena = new BumpAllocator(256, new SystemAlloc())) {
            arena.alloc(new Layout(1, 1));
            arena.alloc(new Layout(63, 64));
            assertEquals(Fragmentation.of(arena, 64).live() - 64, arena.used() - 64);
        }
    }

    @Test
    void peaks_remember_the_worst_moment_and_not_the_end() {
        long[] heap = {0};
        Peaks peaks = new Peaks(() -> heap[0]);
        heap[0] = 4096;
        peaks.accept(new Alloc(0, new Layout(1000, 8)));
        peaks.accept(new Realloc(0, 2048));
        heap[0] = 8192;
        peaks.accept(new Realloc(0, 100));
        heap[0] = 1024;
        peaks.accept(new Free(0));
        assertEquals(2048, peaks.requested());
        assertEquals(8192, peaks.heap());
        assertEquals(6144, peaks.overhead());
        assertEquals(0.25, peaks.utilisation());
    }

    @Test
    void what_was_refused_was_not_needed() {
        Peaks peaks = new Peaks(() -> 64);
        peaks.accept(new Alloc(0, new Layout(1000, 8), false, HeapEvent.REFUSED));
        assertEquals(0, peaks.requested());
    }

    @Test
    void a_heap_that_takes_nothing_uses_nothing() {
        assertEquals(0, new Peaks(() -> 0).utilisation());
    }

    @Test
    void an_arena_that_is_reset_each_frame_needs_the_largest_frame() {
        Trace frames = Workload.FRAMES.trace(1, 1000);
        try (var arena = new BumpAllocator(64 * 1024, new SystemAlloc())) {
            Peaks peaks = new Peaks(arena::used);
            Replay.on(arena).withReset(arena::reset).afterEach(peaks).run(frames);
            assertTrue(peaks.utilisation() > 0.8 && peaks.utilisation() <= 1, peaks.heap() + " for "
                    + peaks.requested());
        }
    }
}
