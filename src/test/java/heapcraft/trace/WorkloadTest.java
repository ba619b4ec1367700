package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class WorkloadTest {

    private static final int LENGTH = 2000;

    private static Trace of(Workload workload) {
        return workload.trace(42, LENGTH);
    }

    private static LiveBlocks atTheEnd(Trace trace) {
        LiveBlocks live = new LiveBlocks();
        trace.events().forEach(live::apply);
        return live;
    }

    private static List<Long> sizes(Trace trace) {
        return trace.events().stream().filter(Alloc.class::isInstance).map(Alloc.class::cast)
                .map(alloc -> alloc.layout().byteSize()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void is_as_long_as_asked_and_ends_with_an_empty_heap(Workload workload) {
        for (long seed = 1; seed <= 20; seed++) {
            Trace trace = workload.trace(seed, LENGTH);
            assertTrue(trace.size() <= LENGTH, seed + ": " + trace.size());
            assertTrue(trace.size() > LENGTH - 500, seed + ": " + trace.size());
            assertEquals(0, atTheEnd(trace).bytes(), "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_same_seed_gives_the_same_trace(Workload workload) {
        assertEquals(of(workload), of(workload));
    }

    @ParameterizedTest
    @EnumSource
    void another_seed_gives_another_trace(Workload workload) {
        assertNotEquals(of(workload), workload.trace(43, LENGTH));
    }

    @ParameterizedTest
    @CsvSource({"STACK, -925387154", "QUEUE, -1657187519", "NODES, -2050581273",
            "MIXED, -1163182236", "SERVER, -208143197", "GROWING, 606469714",
            "NEEDLES, -674712752", "PAIRS, 1121739527", "JUST_TOO_LARGE, -2074305955",
            "FRAMES, 1091883303", "ANYTHING, 1363197976"})
    void a_seed_means_the_same_on_every_machine(Workload workload, int hashOfText) {
        assertEquals(hashOfText, of(workload).toString().hashCode());
    }

    @Test
    void a_stack_frees_the_youngest_and_a_queue_the_oldest() {
        Deque<Long> stack = new ArrayDeque<>();
        of(Workload.STACK).events().forEach(event -> {
            switch (event) {
                case Alloc alloc -> stack.push(alloc.block());
                case Free free -> assertEquals(stack.pop(), free.block());
                default -> throw new AssertionError(event);
            }
        });
        Queue<Long> queue = new ArrayDeque<>();
        of(Workload.QUEUE).events().forEach(event -> {
            switch (event) {
                case Alloc alloc -> queue.add(alloc.block());
                case Free free -> assertEquals(queue.remove(), free.block());
                default -> throw new AssertionError(event);
            }
        });
    }

    @Test
    void nodes_have_one_size_and_what_is_just_too_large_is_so_each_time() {
        assertEquals(List.of(32L), sizes(of(Workload.NODES)).stream().distinct().toList());
        assertTrue(sizes(of(Workload.JUST_TOO_LARGE)).stream()
                .allMatch(size -> Long.bitCount(size - 1) == 1));
    }

    @Test
    void growing_arrays_double() {
        Map<Long, Long> last = new HashMap<>();
        for (HeapEvent event : of(Workload.GROWING).events()) {
            if (event instanceof Alloc alloc) {
                last.put(alloc.block(), alloc.layout().byteSize());
            } else if (event instanceof Realloc realloc) {
                assertEquals(2 * last.put(realloc.block(), realloc.newSize()), realloc.newSize());
            }
        }
        assertTrue(last.containsValue(8192L), last.toString());
    }

    @Test
    void the_large_blocks_of_the_second_phase_fit_into_no_hole_of_the_first() {
        long hole = 0;
        long largestHole = 0;
        long smallestLarge = Long.MAX_VALUE;
        long freed = 0;
        Trace needles = of(Workload.NEEDLES);
        List<Long> sizes = sizes(needles);
        Set<Long> gone = needles.events().stream()
                .takeWhile(event -> !(event instanceof Alloc alloc && alloc.block() == 200))
                .filter(Free.class::isInstance).map(Free.class::cast).map(Free::block)
                .collect(Collectors.toSet());
        for (int i = 0; i < 200; i++) {
            boolean free = gone.contains((long) i);
            hole = free ? hole + sizes.get(i) + 16 : 0;
            largestHole = Math.max(largestHole, hole);
            freed += free ? sizes.get(i) : 0;
        }
        for (int i = 200; i < 205; i++) {
            smallestLarge = Math.min(smallestLarge, sizes.get(i));
        }
        assertTrue(largestHole < smallestLarge, largestHole + ", even with headers of 16 bytes");
        assertTrue(freed > 2 * 5 * 900L, freed + " bytes were freed");
    }

    @Test
    void a_server_keeps_some_blocks_through_many_requests() {
        List<HeapEvent> events = of(Workload.SERVER).events();
        Map<Long, Integer> born = new HashMap<>();
        List<Integer> lives = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Alloc alloc) {
                born.put(alloc.block(), i);
            } else if (events.get(i) instanceof Free free) {
                lives.add(i - born.get(free.block()));
            }
        }
        assertTrue(lives.stream().filter(life -> life > 500).count() > 5, lives.toString());
        assertTrue(lives.stream().filter(life -> life < 60).count() > 800, lives.toString());
    }

    @Test
    void frames_end_together() {
        assertTrue(of(Workload.FRAMES).events().stream().noneMatch(Free.class::isInstance));
        assertEquals(new Reset(), of(Workload.FRAMES).events().getLast());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"ANYTHING", "FRAMES"})
    void every_programs_heap_is_small_enough_for_a_notebook(Workload workload) {
        Peaks peaks = new Peaks(() -> 0);
        of(workload).events().forEach(peaks);
        assertTrue(peaks.requested() < 300_000, peaks.requested() + " bytes");
    }
}
