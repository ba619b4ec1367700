package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.notebooks.NotebookFile.Cell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The table of claims leads to cells that are there.
class ClaimsTest {

    private static final List<NotebookFile> NOTEBOOKS = NotebookFile.all();
    private static final Path DOCS = Path.of("docs");
    private static final Path CLAIMS = DOCS.resolve("claims.md");
    private static final int SECTIONS = 11;

    private static final Pattern SECTION = Pattern.compile("(?m)^## (\\d+)\\. ");
    /// A row, but for the head of a table and the line below it.
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| (?!claim \\||---)(.+?) \\| (.+?) \\| (.+?) \\|$");
    /// A link to a notebook, or the name of a cell in the notebook of the last link.
    private static final Pattern PLACE = Pattern.compile("\\]\\(([^)]+\\.ipynb)\\)|`([^`]+)`");
    private static final Pattern VERDICT = Pattern.compile(
            "(yes|in part|no|not measured|untried)(: .+|, .+)?");

    @Test
    void names_only_cells_that_are_there() {
        assertEquals(List.of(), mistakes(read(CLAIMS)));
    }

    @Test
    void names_a_wrong_cell_in_a_sentence() {
        String first = "[00](../notebooks/00-start.ipynb)";
        assertEquals(List.of("Memory is numbers: notebooks/00-start.ipynb has no cell bites"),
                mistakes("| Memory is numbers | " + first + " `bytes`, `bites` | no: bytes |\n"));
        assertEquals(List.of("Memory is far: there is no notebooks/00-stars.ipynb"),
                mistakes("| Memory is far | [00](../notebooks/00-stars.ipynb) `a` | yes |\n"));
        assertEquals(List.of("Memory is lost: no cell shows it"),
                mistakes("| Memory is lost | " + first + " | yes |\n"));
        assertEquals(List.of("Memory is free: 'perhaps' is no verdict"),
                mistakes("| Memory is free | " + first + " `bytes` | perhaps |\n"));
    }

    @Test
    void has_a_section_for_each_of_the_course() {
        assertEquals(IntStream.rangeClosed(1, SECTIONS).mapToObj(Integer::toString).toList(),
                SECTION.matcher(read(CLAIMS)).results().map(found -> found.group(1)).toList());
    }

    @Test
    void makes_each_claim_once() {
        Set<String> made = new HashSet<>();
        ROW.matcher(read(CLAIMS)).results().map(row -> row.group(1)).forEach(claim ->
                assertTrue(made.add(claim), () -> "made twice: " + claim));
    }

    private static List<String> mistakes(String table) {
        List<String> mistakes = new ArrayList<>();
        ROW.matcher(table).results().forEach(row -> {
            mistakesOfPlaces(row.group(2)).forEach(mistake ->
                    mistakes.add(row.group(1) + ": " + mistake));
            if (!VERDICT.matcher(row.group(3)).matches()) {
                mistakes.add(row.group(1) + ": '" + row.group(3) + "' is no verdict");
            }
        });
        return mistakes;
    }

    private static List<String> mistakesOfPlaces(String places) {
        List<String> mistakes = new ArrayList<>();
        Path notebook = null;
        Set<String> cells = Set.of();
        int shown = 0;
        for (Matcher place = PLACE.matcher(places); place.find(); ) {
            if (place.group(1) != null) {
                notebook = DOCS.resolve(place.group(1)).normalize();
                if (!Files.exists(notebook)) {
                    return List.of("there is no " + slashed(notebook));
                }
                cells = cells(notebook);
            } else if (cells.contains(place.group(2))) {
                shown++;
            } else {
                mistakes.add(notebook == null ? "no notebook is named before " + place.group(2)
                        : slashed(notebook) + " has no cell " + place.group(2));
            }
        }
        if (shown == 0 && mistakes.isEmpty()) {
            mistakes.add("no cell shows it");
        }
        return mistakes;
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static Set<String> cells(Path notebook) {
        return NOTEBOOKS.stream().filter(one -> one.path().equals(notebook))
                .flatMap(one -> one.cells().stream()).map(Cell::id).collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
