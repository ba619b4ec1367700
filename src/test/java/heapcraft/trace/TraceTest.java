package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TraceTest {

    private static final Layout SMALL = new Layout(64, 8);

    private static final Trace EVERY_KIND = new Trace(List.of(
            new Alloc(0, SMALL), new Alloc(1, new Layout(24, 16), true, 0x7f00_1040L),
            new Realloc(0, 128, 0xabcL), new Realloc(0, 1L << 40, HeapEvent.REFUSED),
            new Alloc(2, SMALL, true, HeapEvent.REFUSED), new Free(1), new Reset(),
            new Alloc(7, SMALL), new Realloc(7, 1)));

    @Test
    void the_text_has_a_line_for_each_event() {
        assertEquals("""
                heapcraft-trace 1
                alloc 0 64 8
                alloc 1 24 16 zeroed @7f001040
                realloc 0 128 @abc
                realloc 0 1099511627776 refused
                alloc 2 64 8 zeroed refused
                free 1
                reset
                alloc 7 64 8
                realloc 7 1
                """, EVERY_KIND.toString());
    }

    @Test
    void what_was_written_is_what_is_read() {
        assertEquals(EVERY_KIND, Trace.parse(EVERY_KIND.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void every_workload_survives_the_text(Workload workload) {
        Trace placed = Replay.on(new SystemAlloc()).run(workload.trace(1, 600));
        assertEquals(placed, Trace.parse(placed.toString()));
    }

    @Test
    void a_file_keeps_a_trace(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("every-kind.trace");
        EVERY_KIND.write(file);
        assertEquals(EVERY_KIND, Trace.read(file));
    }

    @Test
    void comments_blank_lines_and_spaces_say_nothing() {
        assertEquals(new Trace(List.of(new Alloc(0, SMALL), new Free(0))), Trace.parse("""
                # who wrote this

                heapcraft-trace 1   # the version
                  alloc  0 \t64 8   # 64 bytes
                free 0\r
                """));
    }

    @Test
    void one_event_more_is_one_line_more() {
        List<String> lines = EVERY_KIND.toString().lines().toList();
        Trace longer = new Trace(List.of(new Alloc(0, SMALL), new Free(0)));
        Trace shorter = new Trace(List.of(new Alloc(0, SMALL)));
        assertEquals(longer.toString().lines().limit(2).toList(),
                shorter.toString().lines().toList());
        assertEquals(EVERY_KIND.size() + 1, lines.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aloc 0 64 8            | an event is alloc, realloc, free or reset, not aloc
            alloc 0 64             | a number is missing at the end
            alloc x 64 8           | a number was expected, not 'x'
            alloc 0 64 3           | alignment 3 is not a power of two
            alloc 0 64 8 zeored    | nothing was expected from 'zeored' on
            alloc 0 64 8 @12xyz    | an address is hexadecimal, not '12xyz'
            free 5                 | cannot happen
            alloc 0 1 1 @1 refused | nothing was expected
            reset 1                | nothing was expected from '1' on
            """)
    void a_wrong_line_is_named_with_its_number(String line, String why) {
        String text = "heapcraft-trace 1\n# comment\n" + line + "\n";
        String said = assertThrows(IllegalArgumentException.class, () -> Trace.parse(text))
                .getMessage();
        assertTrue(said.startsWith("line 3, '" + line + "': ") && said.contains(why), said);
    }

    @ParameterizedTest
    @CsvSource({"heapcraft-trace 2", "alloc 0 64 8", "''"})
    void a_text_without_the_header_is_no_trace(String text) {
        String said = assertThrows(IllegalArgumentException.class, () -> Trace.parse(text))
                .getMessage();
        assertTrue(said.contains("a trace begins with the line 'heapcraft-trace 1'"), said);
    }

    @Test
    void an_event_that_cannot_happen_makes_no_trace() {
        for (List<HeapEvent> impossible : List.<List<HeapEvent>>of(
                List.of(new Free(0)), List.of(new Realloc(0, 8)),
                List.of(new Alloc(0, SMALL), new Alloc(0, SMALL)),
                List.of(new Alloc(0, SMALL), new Free(0), new Alloc(0, SMALL)),
                List.of(new Alloc(0, SMALL), new Free(0), new Free(0)),
                List.of(new Alloc(0, SMALL), new Reset(), new Free(0)),
                List.of(new Alloc(0, SMALL, false, HeapEvent.REFUSED), new Free(0)))) {
            String said = assertThrows(IllegalArgumentException.class, () -> new Trace(impossible))
                    .getMessage();
            assertTrue(said.startsWith("event " + (impossible.size() - 1)), said);
        }
    }

    @Test
    void a_trace_stays_as_it_was_made() {
        List<HeapEvent> events = new ArrayList<>(List.of(new Alloc(0, SMALL)));
        Trace trace = new Trace(events);
        events.add(new Free(0));
        assertEquals(1, trace.size());
    }

    @Test
    void a_plan_has_no_addresses_and_no_refusals() {
        assertEquals("""
                heapcraft-trace 1
                alloc 0 64 8
                alloc 1 24 16 zeroed
                realloc 0 128
                realloc 0 1099511627776
                alloc 2 64 8 zeroed
                free 1
                reset
                alloc 7 64 8
                realloc 7 1
                """, EVERY_KIND.planned().toString());
    }

    @Test
    void addresses_can_be_counted_from_another_zero() {
        Trace relative = EVERY_KIND.relativeTo(0xabb);
        assertEquals(new Realloc(0, 128, 1), relative.events().get(2));
        assertEquals(EVERY_KIND.events().get(3), relative.events().get(3));
        assertEquals(EVERY_KIND.planned(), relative.planned());
    }

    @Test
    void a_trace_can_be_pasted_as_code() {
        assertEquals("""
                MemorySegment b0 = heap.alloc(new Layout(64, 8));
                MemorySegment b1 = heap.allocZeroed(new Layout(24, 16));
                b0 = heap.realloc(b0, new Layout(64, 8), 128);
                b0 = heap.realloc(b0, new Layout(128, 8), 1099511627776L);
                MemorySegment b2 = heap.allocZeroed(new Layout(64, 8));
                heap.dealloc(b1, new Layout(24, 16));
                heap.reset();
                MemorySegment b7 = heap.alloc(new Layout(64, 8));
                b7 = heap.realloc(b7, new Layout(64, 8), 1);
                """, EVERY_KIND.toJava("heap"));
    }

    @Test
    void a_script_writes_what_it_is_told() {
        var script = new Script();
        long first = script.alloc(64, 8);
        long second = script.allocZeroed(24, 16);
        script.realloc(first, 128);
        script.free(second);
        script.reset();
        assertEquals(new Trace(List.of(new Alloc(0, SMALL),
                new Alloc(1, new Layout(24, 16), true, HeapEvent.PLANNED), new Realloc(0, 128),
                new Free(1), new Reset())), script.trace());
    }
}
