package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.lab.compare.Care;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CareCommandTest {

    @TempDir
    private Path root;

    @Test
    void the_help_names_every_case() throws IOException {
        String help = new Desk(root).run("care", "--help").out();
        for (String name : Care.names().keySet()) {
            assertTrue(help.contains("  " + name + "  "), help);
        }
        help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void an_unknown_case_is_not_understood_and_the_known_ones_are_named() throws IOException {
        Desk.Said said = new Desk(root).run("care", "pasrer");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("There is no case pasrer; there are cli, one-shot"),
                said.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quick", "parser"})
    void the_docs_take_no_figures_from_a_part(String part) throws IOException {
        Desk.Said said = new Desk(root).run("care", "--write-docs", part);
        assertEquals(2, said.code());
        assertTrue(said.err().contains("--write-docs needs all cases at full length"), said.err());
    }

    @Test
    void a_profile_is_read_and_what_follows_is_said() throws IOException {
        Path file = Files.writeString(root.resolve("heaptrack.txt"), """
                total runtime: 2.00s.
                calls to allocation functions: 50000000 (25000000/s)
                temporary memory allocations: 0 (0/s)
                peak heap memory consumption: 72.70K
                """);
        Desk.Said said = new Desk(root).run("care", "--read", file.toString());
        assertEquals(0, said.code(), said::err);
        assertTrue(said.out().contains("share of time: 30.0 %"), said.out());
        assertTrue(said.out().contains("at best: 1.43 times as fast"), said.out());
    }

    @Test
    void a_file_that_no_profiler_wrote_is_refused_in_one_sentence() throws IOException {
        Path file = Files.writeString(root.resolve("notes.txt"), "buy milk\n");
        Desk.Said said = new Desk(root).run("care", "--read", file.toString());
        assertEquals(2, said.code());
        assertEquals("notes.txt: neither perf script, perf stat, heaptrack_print nor JFR has written"
                + " this", said.err().strip());
    }

    @Test
    void the_recorded_evidence_is_shown_with_its_heads() throws IOException {
        Desk.Said said = new Desk(root).run("care", "--evidence");
        assertEquals(0, said.code(), said::err);
        assertTrue(said.out().contains("share of time: 70.0 %"), said.out());
        said.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void a_profiler_needs_a_program() throws IOException {
        Desk.Said said = new Desk(root).run("care", "--perf");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("Which program?"), said.err());
    }
}
