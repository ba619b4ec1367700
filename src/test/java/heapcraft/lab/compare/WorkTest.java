package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Bump;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.HeapStats;
import heapcraft.alloc.LimitedAlloc;
import heapcraft.alloc.SystemAlloc;
import heapcraft.alloc.TrackingAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkTest {

    private final TrackingAllocator heap = new TrackingAllocator(new SystemAlloc());

    private static OpenHeap open(GlobalAlloc heap, Runnable reset) {
        return new OpenHeap(heap, reset, () -> { }, () -> { }, () -> "", "", 0);
    }

    private static Crew crew(OpenHeap open, Work work, int threads) {
        List<Blocks> crew = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            crew.add(new Blocks(open));
        }
        return new Crew(work.tasks(crew, false));
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void the_live_bytes_it_tells_are_those_of_the_heap(Work work) {
        try (Crew crew = crew(open(heap, null), work, 2)) {
            crew.all(Task::begin);
            long live = crew.slice().live();
            assertEquals(heap.stats().liveBytes(), live);
            crew.all(Task::end);
            assertEquals(heap.stats().liveBytes(), crew.liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void it_can_give_everything_back(Work work) {
        try (Crew crew = crew(open(heap, null), work, 2)) {
            crew.all(Task::begin);
            crew.slice();
            crew.all(Task::clear);
            assertEquals(0, heap.stats().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void it_is_the_same_for_every_heap(Work work) {
        TrackingAllocator other = new TrackingAllocator(new SystemAlloc());
        assertEquals(calls(heap, work), calls(other, work));
    }

    private static HeapStats calls(TrackingAllocator heap, Work work) {
        try (Crew crew = crew(open(heap, null), work, 1)) {
            crew.all(Task::begin);
            crew.slice();
            return heap.stats();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Work.class, names = {"CREEP"}, mode = EnumSource.Mode.EXCLUDE)
    void threads_share_it_and_do_not_repeat_it(Work work) {
        long alone = blocks(work, 1);
        for (int threads : List.of(2, 4, 8)) {
            assertEquals(alone, blocks(work, threads), () -> work + ", " + threads + " threads");
        }
    }

    private static long blocks(Work work, int threads) {
        try (Crew crew = crew(open(new SystemAlloc(), null), work, threads)) {
            crew.all(Task::begin);
            return crew.slice().blocks();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Work.class, names = {"SMALL", "MIXED", "HANDOVER", "LARGE"})
    void it_counts_each_block_once(Work work) {
        try (Crew crew = crew(open(heap, null), work, 2)) {
            long blocks = crew.slice().blocks();
            assertEquals(blocks, heap.stats().allocations());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Work.class, names = {"SMALL", "MIXED", "GROWING", "LARGE"})
    void where_all_ends_at_once_an_arena_needs_no_more_for_a_second_slice(Work work) {
        try (Bump arena = new Bump(new SystemAlloc());
             Crew crew = crew(open(arena, arena::reset), work, 1)) {
            crew.slice();
            long bytes = arena.allocatedBytes();
            crew.slice();
            assertEquals(bytes, arena.allocatedBytes());
        }
    }

    @Test
    void creep_never_keeps_more_than_its_budget() {
        try (Crew crew = crew(open(heap, null), Work.CREEP, 1)) {
            for (int hour = 0; hour < Creep.HOURS; hour++) {
                long live = crew.slice().live();
                assertTrue(live <= 300_000 && live > 200_000, () -> live + " bytes live");
            }
            assertTrue(heap.stats().peakBytes() <= 300_000);
        }
    }

    @Test
    void a_heap_that_is_full_ends_the_work_with_a_word() {
        try (Crew crew = crew(open(new LimitedAlloc(50_000, new SystemAlloc()), null), Work.MIXED,
                1)) {
            NoMemory none = assertThrows(NoMemory.class, crew::slice);
            assertTrue(none.getMessage().matches("no memory for a block of \\d+ bytes"));
        }
    }
}
