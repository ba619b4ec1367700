package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.Replay;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuspectTest {

    /// Enough of everything, and little enough for 64 KiB.
    private static Trace anything(long seed) {
        return Workload.ANYTHING.trace(seed, 60);
    }

    @ParameterizedTest
    @EnumSource
    void an_innocent_heap_keeps_its_promises_whatever_is_asked(Innocent innocent) {
        for (long seed = 1; seed <= 100; seed++) {
            assertEquals("", innocent.says(anything(seed)), "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_innocent_heap_refuses_what_nobody_has_and_goes_on(Innocent innocent) {
        assertEquals("", innocent.says(new Trace(List.of(block(0, 100), block(1, (1 << 20) + 1),
                block(2, Long.MAX_VALUE - 15), new Realloc(0, 1L << 40), block(3, 100)))));
    }

    @ParameterizedTest
    @EnumSource
    void an_innocent_heap_of_64_KiB_has_them_all(Innocent innocent) {
        assertEquals("", innocent.says(new Trace(List.of(block(0, 65_536)))));
    }

    @Test
    void a_refusal_of_what_there_is_room_for_is_named() {
        assertEquals("event 1, alloc 1 30000 16: refused", Innocent.FIRST_FIT.says(
                new Trace(List.of(block(0, 40_000), block(1, 30_000)))));
    }

    @ParameterizedTest
    @EnumSource
    void a_suspect_serves_a_simple_program_well(Suspect suspect) {
        assertEquals("", suspect.says(new Trace(List.of(block(0, 100), block(1, 200),
                new Realloc(1, 300), new HeapEvent.Free(0), new HeapEvent.Free(1)))));
    }

    @ParameterizedTest
    @EnumSource
    void a_suspect_begins_anew_with_each_trace(Suspect suspect) {
        for (long seed = 1; seed <= 20; seed++) {
            Trace trace = anything(seed);
            assertEquals(suspect.says(trace).isEmpty(), suspect.says(trace).isEmpty());
        }
    }

    /// Each mistake can be found by chance too, in programs that a right heap serves well.
    @ParameterizedTest
    @EnumSource
    void a_suspect_can_be_convicted(Suspect suspect) {
        assertFalse(LongStream.rangeClosed(1, 300).mapToObj(SuspectTest::program)
                .filter(trace -> Innocent.FIRST_FIT.says(trace).isEmpty())
                .allMatch(trace -> suspect.says(trace).isEmpty()));
    }

    /// Anything, then all memory at once, and what is refused in between.
    private static Trace program(long seed) {
        List<HeapEvent> events = new ArrayList<>(anything(seed).events());
        long next = events.stream().filter(event -> event instanceof Alloc).count();
        if (seed % 2 == 0) {
            events.add(block(next, 65_536 - 16 * (seed % 4)));
        } else {
            events.addAll(List.of(block(next, 64), new Realloc(next, 1L << 40),
                    block(next + 1, 64)));
        }
        return new Trace(events);
    }

    @Test
    void symptoms_tell_no_mistake_and_are_all_different() {
        assertEquals(Suspect.values().length,
                List.of(Suspect.values()).stream().map(Suspect::symptom).distinct().count());
    }

    @Test
    void a_heap_without_a_mistake_joins_all_that_comes_back() {
        var heap = new SuspectHeap();
        Replay.on(heap).run(anything(3));
        assertEquals("{0=65536}", heap.holes.toString());
    }

    private static Alloc block(long number, long size) {
        return new Alloc(number, new Layout(size, 16));
    }
}
