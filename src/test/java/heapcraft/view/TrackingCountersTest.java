package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.LiveBlocks;
import org.junit.jupiter.api.Test;

/// Private part used: the tracked heap's trace, to count it a second time.
class TrackingCountersTest {

    private final TrackingCounters counters = new TrackingCounters();

    @Test
    void allocating_moves_live_peak_and_total() {
        Scene scene = press(counters, "alloc");
        assertEquals("100", fact(counters, "live bytes"));
        assertEquals("100", fact(counters, "peak bytes"));
        assertEquals("100", fact(counters, "allocated in all"));
        assertEquals("Live bytes went up by 100: a new peak.", scene.say());
    }

    @Test
    void freeing_moves_live_and_freed_and_leaves_the_peak() {
        press(counters, "alloc", "alloc");
        assertEquals("Live bytes went down by 100; the peak is still 200.",
                press(counters, "free").say());
        assertEquals("100", fact(counters, "live bytes"));
        assertEquals("100", fact(counters, "freed in all"));
        assertEquals("200", fact(counters, "peak bytes"));
    }

    @Test
    void a_click_frees_the_block_that_was_clicked() {
        press(counters, "alloc", "alloc");
        set(counters, "heap", "0x" + Long.toHexString(counters.heap().block(0).address()));
        assertEquals(java.util.List.of(1L), counters.heap().liveNumbers());
    }

    @Test
    void doubling_counts_what_the_block_grew_by() {
        press(counters, "alloc", "grow");
        assertEquals("200", fact(counters, "allocated in all"));
        assertEquals("1", fact(counters, "reallocations"));
        assertEquals("1", fact(counters, "allocations"));
    }

    @Test
    void what_fails_is_counted_as_a_failure_alone() {
        set(counters, "size", 1024);
        Scene scene = press(counters, "alloc");
        assertEquals("1", fact(counters, "failures"));
        assertEquals("0", fact(counters, "allocations"));
        assertTrue(scene.alert().startsWith("The heap had no block"));
    }

    @Test
    void starting_again_is_all_zeros() {
        press(counters, "alloc", "grow", "free", "restart").facts()
                .forEach(fact -> assertEquals("0", fact.value(), fact.name()));
    }

    @Test
    void whatever_is_clicked_the_counters_are_those_of_the_trace() {
        Click.hold(40, TrackingCounters::new, (clicked, action) -> {
            clicked.on(action);
            clicked.heap().heap().check();
            LiveBlocks live = new LiveBlocks();
            long peak = 0;
            long allocated = 0;
            long allocations = 0;
            long frees = 0;
            for (HeapEvent event : clicked.heap().trace().events()) {
                long before = live.bytes();
                live.apply(event);
                peak = Math.max(peak, live.bytes());
                allocated += Math.max(0, live.bytes() - before);
                allocations += event instanceof Alloc a && a.address() != HeapEvent.REFUSED ? 1 : 0;
                frees += event instanceof Free ? 1 : 0;
            }
            assertEquals(live.bytes() + "", fact(clicked, "live bytes"));
            assertEquals(live.layouts().size() + "", fact(clicked, "live blocks"));
            assertEquals(peak + "", fact(clicked, "peak bytes"));
            assertEquals(allocated + "", fact(clicked, "allocated in all"));
            assertEquals(allocations + "", fact(clicked, "allocations"));
            assertEquals(frees + "", fact(clicked, "deallocations"));
            assertEquals(clicked.heap().refused() + "", fact(clicked, "failures"));
            assertEquals(clicked.heap().trace().events().stream().filter(event ->
                    event instanceof Realloc r && r.address() != HeapEvent.REFUSED).count() + "",
                    fact(clicked, "reallocations"));
        });
    }
}
