package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `Shrinker` and `Counterexample`.
class ShrinkerTest {

    private static Trace anything(long seed) {
        return Workload.ANYTHING.trace(seed, 300);
    }

    private static boolean hasAlloc(Trace trace, long atLeast) {
        return trace.events().stream().anyMatch(event -> event instanceof Alloc alloc
                && alloc.layout().byteSize() >= atLeast);
    }

    @Test
    void only_what_makes_it_fail_is_left() {
        for (long seed = 1; seed <= 20; seed++) {
            assertEquals("heapcraft-trace 1\nalloc 0 513 1\n",
                    Shrinker.shrink(anything(seed), trace -> hasAlloc(trace, 513)).toString());
        }
    }

    @Test
    void two_events_that_need_each_other_both_stay() {
        Trace shortest = Shrinker.shrink(anything(1), trace -> trace.events().stream()
                .anyMatch(event -> event instanceof Free free && free.block() >= 1));
        assertEquals("heapcraft-trace 1\nalloc 0 1 1\nalloc 1 1 1\nfree 1\n", shortest.toString());
    }

    @Test
    void a_realloc_that_matters_stays_with_its_block() {
        Trace shortest = Shrinker.shrink(anything(1), trace -> trace.events().stream()
                .anyMatch(event -> event instanceof Realloc realloc && realloc.newSize() >= 100));
        assertEquals("heapcraft-trace 1\nalloc 0 1 1\nrealloc 0 100\n", shortest.toString());
    }

    @Test
    void zeroing_and_alignment_stay_only_where_they_matter() {
        assertEquals("heapcraft-trace 1\nalloc 0 1 1 zeroed\n",
                Shrinker.shrink(anything(1), trace -> trace.toString().contains("zeroed"))
                        .toString());
        assertEquals("heapcraft-trace 1\nalloc 0 1 32\n",
                Shrinker.shrink(anything(1), trace -> trace.events().stream()
                        .anyMatch(event -> event instanceof Alloc alloc
                                && alloc.layout().byteAlignment() >= 32)).toString());
    }

    @Test
    void a_smaller_size_may_let_another_event_go() {
        Trace shortest = Shrinker.shrink(anything(1), trace -> hasAlloc(trace, 200)
                && (trace.size() > 1 || !hasAlloc(trace, 201)));
        assertEquals("heapcraft-trace 1\nalloc 0 200 1\n", shortest.toString());
    }

    @Test
    void a_long_failure_is_not_tried_for_ever() {
        int[] tries = {0};
        Trace trace = Workload.ANYTHING.trace(1, 1000);
        assertEquals(trace, Shrinker.shrink(trace, candidate -> {
            tries[0]++;
            return false;
        }));
        assertEquals(5000, tries[0]);
    }

    /// Forgets that a block has an end: everything from 100 bytes on lies at the same place.
    private static final class Careless implements GlobalAlloc {
        private final GlobalAlloc system = new SystemAlloc();
        private final MemorySegment large = system.alloc(new Layout(8192, 128));

        @Override public MemorySegment alloc(Layout layout) {
            return layout.byteSize() >= 100 ? large.asSlice(0, layout.byteSize())
                    : system.alloc(layout);
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            if (layout.byteSize() < 100) {
                system.dealloc(block, layout);
            }
        }
    }

    @Test
    void the_shortest_program_that_breaks_a_heap_is_found() {
        Optional<Counterexample<Trace>> found = Counterexample.search(ShrinkerTest::anything, 1, 50,
                trace -> Replay.on(new Careless()).run(trace));
        assertEquals("heapcraft-trace 1\nalloc 0 100 1\nalloc 1 100 1\n",
                found.orElseThrow().sequence().toString());
    }

    @Test
    void what_was_found_can_be_pasted_and_names_its_seed() {
        String said = Counterexample.search(ShrinkerTest::anything, 7, 50,
                trace -> Replay.on(new Careless()).run(trace)).orElseThrow().toString();
        assertTrue(said.contains("event 1, alloc 1 100 1: the block at 0x"), said);
        assertTrue(said.endsWith("""
                found with seed 7; this does it again:
                MemorySegment b0 = heap.alloc(new Layout(100, 1));
                MemorySegment b1 = heap.alloc(new Layout(100, 1));
                """), said);
    }

    @Test
    void a_right_heap_has_no_counterexample() {
        assertEquals(Optional.empty(), Counterexample.search(ShrinkerTest::anything, 1, 20,
                trace -> Replay.on(new SystemAlloc()).run(trace)));
    }

    @Test
    void a_list_of_any_steps_is_left_with_those_that_matter() {
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        assertEquals(List.of(17, 42, 77), Shrinker.shrink(numbers,
                list -> list.contains(17) && list.contains(42) && list.contains(77)));
    }

    @Test
    void any_kind_of_sequence_can_be_searched_for() {
        Counterexample<List<Integer>> found = Counterexample.search(
                seed -> IntStream.range(0, (int) seed).boxed().toList(), Shrinker::shrink, 1, 50,
                list -> assertTrue(list.size() < 9, "nine")).orElseThrow();
        assertEquals(9, found.seed());
        assertEquals(9, found.sequence().size());
        assertTrue(found.toString().endsWith("[0, 1, 2, 3, 4, 5, 6, 7, 8]"), found.toString());
    }

    @Test
    void every_seed_is_tried_in_turn_and_no_other() {
        List<Long> seeds = new ArrayList<>();
        Counterexample.search(seed -> {
            seeds.add(seed);
            return List.of();
        }, Shrinker::shrink, 7, 3, list -> { });
        assertEquals(List.of(7L, 8L, 9L), seeds);
    }

    @Test
    void a_machine_at_its_limits_is_not_shrunk() {
        int[] tries = {0};
        assertThrows(StackOverflowError.class,
                () -> Counterexample.search(ShrinkerTest::anything, 1, 50, trace -> {
                    tries[0]++;
                    throw new StackOverflowError();
                }));
        assertEquals(1, tries[0]);
    }

    @Test
    void shrinking_stays_with_the_failure_that_was_found() {
        Counterexample<Trace> found = Counterexample.search(ShrinkerTest::anything, 1, 1, trace -> {
            if (hasAlloc(trace, 1000)) {
                throw new ArithmeticException("too large");
            }
            if (!trace.events().isEmpty()) {
                throw new IllegalStateException("not empty");
            }
        }).orElseThrow();
        assertEquals(ArithmeticException.class, found.failure().getClass());
        assertEquals("heapcraft-trace 1\nalloc 0 1000 1\n", found.sequence().toString());
    }
}
