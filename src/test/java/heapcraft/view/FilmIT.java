package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.alloc.BuddyAlloc;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.Replay;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FilmIT {

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void close() {
        arena.close();
    }

    private FreeListAlloc freeList(long byteSize) {
        return new FreeListAlloc(arena.allocate(byteSize, 4096), Fit.FIRST);
    }

    static Stream<Arguments> runs() {
        return Stream.of(Heaps.values()).flatMap(heap -> Stream.of(Workload.ANYTHING,
                Workload.PAIRS, Workload.FRAMES).map(workload -> Arguments.of(heap, workload)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void every_frame_is_the_picture_of_its_moment(Heaps kind, Workload workload) {
        Trace plan = workload.trace(7, 310);
        MemorySegment memory = arena.allocate(256 * 1024, 4096);
        GlobalAlloc heap = kind.over(memory);
        List<HeapEvent> happened = new ArrayList<>();
        List<ObjectNode> wanted = new ArrayList<>();
        wanted.add(HeapPicture.of((Walkable) heap, new Trace(happened)).json());
        Heaps.replay(heap).afterEach(event -> {
            happened.add(event);
            wanted.add(HeapPicture.of((Walkable) heap, new Trace(happened)).json());
        }).run(plan);
        List<ObjectNode> played = new ArrayList<>(new Played(
                Film.of(new Trace(happened).planned(), kind.over(memory)), 0).pictures());
        assertEquals(wanted.size(), played.size());
        assertTrue(wanted.size() > 50, () -> "only " + wanted.size() + " frames");
        for (int frame = 0; frame < wanted.size(); frame++) {
            assertEquals(wanted.get(frame).toString(), played.get(frame).toString(),
                    "frame " + frame);
        }
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void by_addresses_alone_the_last_frame_is_the_last_picture(Workload workload) {
        Trace recorded = Replay.on(new SystemAlloc()).run(workload.trace(3, 520));
        Played played = new Played(Film.of(recorded), 0);
        assertEquals(recorded.size() + 1, played.frames());
        assertEquals(HeapPicture.of(recorded).json().toString(),
                played.pictures().getLast().toString());
    }

    @Test
    void a_block_that_was_refused_on_one_heap_lives_on_beside_it() {
        Trace plan = Trace.parse("""
                heapcraft-trace 1
                alloc 0 600 8
                alloc 1 600 8
                free 0
                free 1
                """);
        Film film = Film.of(plan, freeList(1024), freeList(2048));
        Reel small = film.reels().getFirst();
        assertEquals(5, small.changes().size());
        assertEquals("refused: there was no memory for it", small.notes().get(2));
        assertEquals("not asked: its block was refused", small.notes().get(4));
        assertEquals(5, film.reels().getLast().changes().size());
        assertTrue(film.reels().getLast().notes().isEmpty());
    }

    @Test
    void the_film_of_a_heap_that_is_damaged_ends_there_with_the_law() {
        GlobalAlloc heap = freeList(1024);
        Trace plan = Trace.parse("""
                heapcraft-trace 1
                alloc 0 40 8
                alloc 1 40 8
                free 1
                alloc 2 40 8
                """);
        GlobalAlloc clumsy = new Clumsy(heap);
        Reel reel = Film.of(plan, clumsy).reels().getFirst();
        assertEquals(2, reel.brokenAt());
        assertEquals(3, reel.changes().size());
        assertTrue(reel.why().contains("a header holds a block's size"), reel.why());
        assertTrue(reel.heading().startsWith("broken at operation 2: "), reel.heading());
    }

    /// Writes past the end of the second block.
    private static final class Clumsy implements GlobalAlloc, Walkable {
        private final GlobalAlloc heap;
        private MemorySegment first;
        private int calls;

        Clumsy(GlobalAlloc heap) {
            this.heap = heap;
        }

        @Override public MemorySegment alloc(Layout layout) {
            MemorySegment block = heap.alloc(layout);
            if (++calls == 2) {
                MemorySegment.ofAddress(block.address() - 8).reinterpret(8)
                        .set(ValueLayout.JAVA_LONG, 0, 0);
            }
            return block;
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            heap.dealloc(block, layout);
        }

        @Override public List<Block> blocks() {
            return ((Walkable) heap).blocks();
        }

        @Override public void check() {
            heap.check();
        }

        @Override public String toString() {
            return "";
        }
    }

    @Test
    void an_answer_that_breaks_the_contract_ends_the_film_at_its_operation() {
        GlobalAlloc twice = new GlobalAlloc() {
            private final MemorySegment only = arena.allocate(64, 16);

            @Override public MemorySegment alloc(Layout layout) {
                return only.asSlice(0, layout.byteSize());
            }

            @Override public void dealloc(MemorySegment block, Layout layout) { }

            @Override public String toString() {
                return "one block for all";
            }
        };
        Trace plan = Trace.parse("heapcraft-trace 1\nalloc 0 8 8\nalloc 1 8 8\nfree 0\n");
        Reel reel = Film.of(plan, twice).reels().getFirst();
        assertEquals(2, reel.brokenAt());
        assertTrue(reel.why().contains("overlaps block 0"), reel.why());
    }

    @Test
    void a_run_that_is_known_to_be_broken_is_so_in_its_last_frame() {
        Film film = Film.broken(Trace.parse("heapcraft-trace 1\nalloc 0 8 8 @1000\n"), "It leaks.");
        assertEquals(1, film.reels().getFirst().brokenAt());
        assertEquals("After 1 operation: broken at operation 1: It leaks.: 8 bytes: 1 block in use"
                + " with 8 bytes, 0 freed, 0 bytes free.", film.summary());
    }

    @Test
    void two_plans_are_no_film() {
        Trace one = Trace.parse("heapcraft-trace 1\nalloc 0 8 8 @1000\nfree 0\n");
        Trace other = Trace.parse("heapcraft-trace 1\nalloc 0 9 8 @1000\n");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Film.of(one, other))
                .getMessage().contains("one plan"));
        assertThrows(IllegalArgumentException.class, Film::of);
        assertThrows(IllegalArgumentException.class, () -> Film.of(one).titled("a", "b"));
    }

    @Test
    void nothing_in_a_title_or_a_law_becomes_an_element_or_a_script() {
        String nasty = "</script><script>alert(1)</script><!-- \u2028 ' \" & <b>\u0000\uD800";
        Film film = Film.broken(Trace.parse("heapcraft-trace 1\nalloc 0 8 8 @1000\n"), nasty)
                .titled(nasty);
        for (String html : List.of(film.page(), film.fragment(), film.part())) {
            assertFalse(html.contains("alert(1)</script>"), html);
            assertFalse(html.contains("<b>") || html.contains("<!--"), html);
            String data = html.split("<script type=\"application/json\">")[1].split("</script>")[0];
            assertFalse(data.contains("<") || data.contains("\u2028"), data);
            assertTrue(data.contains("\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"), data);
        }
        assertFalse(film.still().contains("<script") || film.still().contains("\u0000"));
    }

    @Test
    void a_page_fetches_nothing() {
        String page = Film.of(Trace.parse("heapcraft-trace 1\nalloc 0 8 8 @1000\n")).page();
        assertFalse(page.matches("(?s).*(<link|@import|src=\"(?!data:)|href=|fetch\\().*"), page);
    }
}
