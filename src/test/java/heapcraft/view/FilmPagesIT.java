package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.alloc.BuddyAlloc;
import heapcraft.alloc.Bump;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.LiveBlocks;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Writes the pages that `src/test/python/browser_film.py` opens in a browser, and what it must find
/// there, into `target/film`.
class FilmPagesIT {

    private static final Path FOLDER = Path.of("target/film");
    private static final Trace PLAN = Workload.PAIRS.trace(1, 380);

    @BeforeAll
    static void makeFolder() throws IOException {
        Files.createDirectories(FOLDER);
    }

    private static void write(String name, String content) throws IOException {
        Files.writeString(FOLDER.resolve(name), content);
        assertTrue(content.length() > 500, name);
    }

    @Test
    void two_heaps_side_by_side() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(32 * 1024, 4096);
            MemorySegment other = arena.allocate(64 * 1024, 4096);
            write("two.html", Film.of(PLAN, new FreeListAlloc(one, Fit.FIRST),
                    new BuddyAlloc(other)).page());
            ObjectNode frames = JsonNodeFactory.instance.objectNode();
            addFrames(frames, new FreeListAlloc(one, Fit.FIRST));
            addFrames(frames, new BuddyAlloc(other));
            write("two.json", frames.toString());
        }
    }

    /// Every 20th picture of a heap, with its sentence: at `frame`, one for each heap.
    private static void addFrames(ObjectNode frames, GlobalAlloc heap) {
        List<HeapEvent> happened = new ArrayList<>();
        LiveBlocks live = new LiveBlocks();
        Queue<HeapEvent> plan = new ArrayDeque<>(PLAN.events());
        HeapPicture[] now = {HeapPicture.of((Walkable) heap, new Trace(happened))};
        addFrame(frames, 0, now[0]);
        Heaps.replay(heap).afterEach(event -> {
            // What was refused here has no later life, but the film goes on.
            for (; !live.admits(plan.peek()); plan.remove()) {
                addFrame(frames, PLAN.size() - plan.size() + 1, now[0]);
            }
            plan.remove();
            live.apply(event);
            happened.add(event);
            now[0] = HeapPicture.of((Walkable) heap, new Trace(happened));
            addFrame(frames, PLAN.size() - plan.size(), now[0]);
        }).run(PLAN);
        for (; !plan.isEmpty(); plan.remove()) {
            addFrame(frames, PLAN.size() - plan.size() + 1, now[0]);
        }
    }

    private static void addFrame(ObjectNode frames, int frame, HeapPicture picture) {
        if (frame % 20 == 0) {
            frames.withArray(Integer.toString(frame)).addObject()
                    .put("summary", picture.summary()).set("picture", picture.json());
        }
    }

    @Test
    void a_law_broken_on_the_way() throws IOException {
        Trace recorded = Trace.parse("""
                heapcraft-trace 1
                alloc 1 24 8 @7f0000001010
                alloc 2 40 8 @7f0000001040
                alloc 3 16 16 @7f0000001080
                free 2
                alloc 4 32 8 @7f0000001048
                """);
        write("broken.html", Film.broken(recorded, "no hole touches another: the hole at"
                + " 0x7f0000001048\nstands beside one <b>it should have been joined with</b>").page());
    }

    @Test
    void ten_thousand_events_on_heaps_of_many_blocks() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            write("long.html", Film.of(Workload.SERVER.trace(42, 10_000),
                    new FreeListAlloc(arena.allocate(256 * 1024, 4096), Fit.FIRST),
                    new BuddyAlloc(arena.allocate(512 * 1024, 4096))).page());
            write("many.html", Film.of(Workload.NODES.trace(42, 4_000),
                    new FreeListAlloc(arena.allocate(256 * 1024, 4096), Fit.FIRST)).page());
        }
    }

    /// As a notebook's page holds them: several outputs, and styles that mean nothing to a film.
    @Test
    void several_films_on_a_page_of_somebody_else() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Film arenaFilm = Film.of(Workload.FRAMES.trace(1, 120),
                    new Bump(new FreeListAlloc(arena.allocate(64 * 1024, 4096), Fit.FIRST)));
            Film listFilm = Film.of(Workload.MIXED.trace(1, 120),
                    new FreeListAlloc(arena.allocate(64 * 1024, 4096), Fit.BEST));
            write("fragments.html", """
                    <!doctype html><html lang="en"><head><meta charset="utf-8">
                    <title>Outputs of a notebook</title>
                    <style>p { color: red; font-size: 40px } button { display: none }</style></head>
                    <body><main><h1>Outputs of a notebook</h1>
                    <div>%s</div><div>%s</div><div>%s</div></main></body></html>
                    """.formatted(listFilm.fragment(), arenaFilm.fragment(), listFilm.fragment()));
        }
    }
}
