package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import heapcraft.alloc.Bump;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.StackAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.Replay;
import heapcraft.trace.Trace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same sequence gives the same picture, in every rendering, as it did when somebody looked at
/// it last. After a change that is meant, `-Dheapcraft.golden=write` writes the files anew.
class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/heapcraft/view");
    private static final boolean WRITE = "write".equals(System.getProperty("heapcraft.golden"));
    /// Where the memory seems to begin, so that runs in different places look the same.
    private static final long BASE = 0x7f00_0000_0000L;

    private static final Trace PLAN = Trace.parse("""
            heapcraft-trace 1
            alloc 0 100 8
            alloc 1 20 8
            alloc 2 200 64
            alloc 3 48 16 zeroed
            free 1
            realloc 0 60
            alloc 4 300 8
            free 3
            realloc 2 400
            alloc 5 100000 8
            free 4
            """);

    private static void same(String name, String content) throws IOException {
        Path file = FOLDER.resolve(name);
        if (WRITE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, content);
        }
        assertEquals(Files.readString(file), content, () -> name + " looks different now");
    }

    private static void same(String name, HeapPicture picture) throws IOException {
        same(name + ".txt", picture.text(72));
        same(name + ".svg", picture.svg());
        same(name + ".json", picture.json().toPrettyString() + "\n");
    }

    /// What happened until just before the blocks at the trace's end are freed, and the heap then.
    private static HeapPicture ended(GlobalAlloc heap, MemorySegment memory) {
        List<HeapEvent> happened = new ArrayList<>();
        HeapPicture[] last = new HeapPicture[1];
        long by = BASE - memory.address();
        Replay.on(heap).afterEach(event -> {
            happened.add(event);
            last[0] = HeapPicture.of(Heaps.moved((Walkable) heap, by),
                    new Trace(happened).relativeTo(-by));
        }).run(PLAN);
        return last[0];
    }

    @Test
    void a_free_list_looks_as_it_did() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(2048, 4096);
            same("free-list", ended(new FreeListAlloc(memory, Fit.FIRST), memory));
        }
    }

    @Test
    void a_stack_looks_as_it_did() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(2048, 4096);
            same("stack", ended(new StackAlloc(memory), memory));
        }
    }

    @Test
    void an_arena_of_several_pieces_looks_as_it_did() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(8192, 4096);
            same("bump", ended(new Bump(new FreeListAlloc(memory, Fit.FIRST)), memory));
        }
    }

    @Test
    void addresses_alone_look_as_they_did() throws IOException {
        same("addresses", HeapPicture.of(recorded()));
    }

    @Test
    void a_film_plays_as_it_did() throws IOException {
        same("film.json", FilmPage.json(Film.of(recorded())).toPrettyString() + "\n");
    }

    private static Trace recorded() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(2048, 4096);
            return Replay.on(new FreeListAlloc(memory, Fit.BEST)).run(PLAN)
                    .relativeTo(memory.address() - BASE);
        }
    }
}
