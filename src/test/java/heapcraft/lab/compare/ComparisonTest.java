package heapcraft.lab.compare;

import static heapcraft.lab.compare.MadeUp.MB;
import static heapcraft.lab.compare.MadeUp.cell;
import static heapcraft.lab.compare.MadeUp.troubled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    private Path folder;

    private static Contest contest(Comparison comparison) {
        return new Contest(Optional.of(comparison), Optional.empty());
    }

    @Test
    void minimum_and_median_are_those_of_the_slices() {
        Cell cell = cell(Entrant.SYSTEM, Work.SMALL, 1, 3, 30, 10, 20);
        assertEquals(10, cell.minimum().orElseThrow());
        assertEquals(20, cell.median().orElseThrow());
        assertEquals(3000, cell.sleeps().orElseThrow());
    }

    @Test
    void memory_is_what_was_added_to_the_idle_process() {
        Cell cell = cell(Entrant.SYSTEM, Work.CHURN, 1, 0, 10);
        assertEquals(60 * MB, cell.peak().orElseThrow());
        assertEquals(40 * MB, cell.resident().orElseThrow());
        assertEquals(20 * MB, cell.residentAtEnd().orElseThrow());
        assertEquals(10 * MB, cell.purged().orElseThrow());
    }

    @Test
    void where_nobody_counts_there_is_no_figure() {
        Cell cell = new Cell(Entrant.SYSTEM, Work.SMALL, 1, new Ready(Resident.UNKNOWN, 0, ""),
                List.of(new Slice(1, -1, 1, 1, Resident.UNKNOWN)), Optional.empty(), "");
        assertTrue(cell.resident().isEmpty() && cell.sleeps().isEmpty() && cell.peak().isEmpty());
    }

    @Test
    void all_tables_and_sentences_fit_80_columns() {
        contest(MadeUp.whole()).text().lines()
                .forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void who_is_missing_has_a_row_and_a_sentence_and_no_figure() {
        String text = contest(MadeUp.run(cell(Entrant.SYSTEM, Work.SMALL, 1, 0, 20),
                troubled(Entrant.TCMALLOC, Work.SMALL, Cell.MISSING + "Run: apt install it")))
                .text();
        assertTrue(text.matches("(?s).*tcmalloc +not here.*"), text);
        assertTrue(text.contains("tcmalloc: not here. Run: apt install it"), text);
    }

    @Test
    void who_died_has_a_row_and_a_sentence() {
        String text = contest(MadeUp.run(cell(Entrant.SYSTEM, Work.SMALL, 1, 0, 20),
                troubled(Entrant.FREE_LIST, Work.SMALL, "died: SIGSEGV"))).text();
        assertTrue(text.matches("(?s).*FreeListAlloc +gave up.*"), text);
        assertTrue(text.contains("FreeListAlloc, small with 1 thread: died: SIGSEGV"), text);
    }

    @Test
    void everybody_has_a_row_in_the_tables_about_one_thread() {
        for (Table table : new ComparisonTables(MadeUp.whole()).all()) {
            if (table.title().contains("one thread")) {
                assertEquals(Stream.of(Entrant.values()).map(Entrant::label).toList(),
                        table.rows().stream().map(List::getFirst).toList());
            }
        }
    }

    @Test
    void the_json_has_every_slice_and_every_trouble() throws IOException {
        Comparison run = MadeUp.run(cell(Entrant.SYSTEM, Work.SMALL, 1, 0, 20, 30, 40),
                troubled(Entrant.FREE_LIST, Work.SMALL, "died: \"quoted\""));
        JsonNode root = new ObjectMapper().readTree(ComparisonJson.of(run));
        assertEquals("2026-01-01", root.at("/machine/date").asText());
        assertEquals(3, root.at("/cells/0/slices").size());
        assertEquals(40_000, root.at("/cells/0/slices/2/nanos").asInt());
        assertEquals("died: \"quoted\"", root.at("/cells/1/trouble").asText());
    }

    @Test
    void what_is_saved_takes_the_place_of_what_was_there_and_leaves_no_draft() throws IOException {
        Files.writeString(folder.resolve("compare.json"), "old");
        contest(MadeUp.whole()).save(folder);
        new ObjectMapper().readTree(folder.resolve("compare.json").toFile());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertTrue(names.containsAll(List.of("time.svg", "time.png", "fragmentation.svg")),
                    names::toString);
            assertTrue(names.stream().allMatch(name -> name.matches("[a-z-]+\\.(svg|png|json)")),
                    names::toString);
        }
    }

    @Test
    void the_html_carries_its_charts_and_their_words_with_it() {
        String html = contest(MadeUp.whole()).html();
        assertTrue(html.contains("src=\"data:image/svg+xml;base64,"), html);
        assertTrue(html.contains("alt=\"Time for a block, one thread"), html);
    }

    @Test
    void a_part_writes_no_docs() {
        assertThrows(IllegalStateException.class, () -> contest(MadeUp.whole()).writeDocs(folder));
    }

    @Test
    void the_page_keeps_what_stands_around_the_figures() {
        String page = "before\n<!-- written by ./lab compare --write-docs -->\nold\n<!-- end -->\n"
                + "after\n";
        String written = ComparePage.replaced(page, "new");
        assertEquals(page.replace("\nold\n", "\n\nnew\n"), written);
        assertThrows(IllegalStateException.class, () -> ComparePage.replaced("no place", "new"));
    }

    @Test
    void an_unknown_workload_is_refused_before_anything_runs() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> Contest.run(List.of("smal"), true, step -> { }));
        assertTrue(e.getMessage().contains("there are small, mixed"), e::getMessage);
    }
}
