package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.trace.Trace;
import heapcraft.view.Film;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmCommandTest {

    @TempDir
    private Path root;

    @Test
    void a_recorded_trace_becomes_a_page_and_a_still_beside_it() throws IOException {
        Path trace = root.resolve("day.trace");
        Trace.parse("heapcraft-trace 1\nalloc 0 64 8 @1000\nfree 0\n").write(trace);
        Desk.Said said = new Desk(root).run("film", trace.toString());
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("day.html") && said.out().contains("day.svg"), said.out());
        assertEquals(Film.of(Trace.read(trace)).page(), Files.readString(root.resolve("day.html")));
    }

    @Test
    void a_trace_that_was_never_run_is_refused_with_what_to_do() throws IOException {
        Path trace = root.resolve("plan.trace");
        Trace.parse("heapcraft-trace 1\nalloc 0 64 8\n").write(trace);
        Desk.Said said = new Desk(root).run("film", trace.toString());
        assertEquals(2, said.code());
        assertTrue(said.err().contains("Replay.on(heap).run(trace)"), said.err());
    }

    /// Made by `./lab film docs/film.trace`.
    @Test
    void the_still_in_the_documentation_is_that_of_its_trace() throws IOException {
        assertEquals(Film.of(Trace.read(Path.of("docs/film.trace"))).still(),
                Files.readString(Path.of("docs/film.svg")));
    }
}
