package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import heapcraft.notebooks.NotebookFile.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every notebook keeps to, whatever it teaches.
class NotebookLawsIT {

    private static final Path MANIFEST = Path.of("src/main/resources/heapcraft/course.json");
    private static final Path GLOSSARY = Path.of("docs/glossary.md");

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern FENCE = Pattern.compile("(?s)```.*?```");
    private static final Pattern TERM = Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|$");

    private static final int LONGEST_CELL = 20;
    private static final int MEDIAN_CELL = 3;
    private static final int LONGEST_LINE = 100;

    static List<NotebookFile> notebooks() {
        return NotebookFile.all();
    }

    static List<JsonNode> chapters() throws IOException {
        JsonNode course = new ObjectMapper().readTree(MANIFEST.toFile());
        return StreamSupport.stream(course.path("chapters").spliterator(), false).toList();
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void is_committed_without_outputs(NotebookFile notebook) {
        for (Cell cell : notebook.code()) {
            assertTrue(cell.node().path("outputs").isArray() && cell.node().path("outputs").isEmpty(),
                    () -> notebook + ", cell " + cell.id() + " has outputs");
            assertTrue(cell.node().path("execution_count").isNull(),
                    () -> notebook + ", cell " + cell.id() + " has an execution count");
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void names_each_cell_once_and_in_words(NotebookFile notebook) {
        Set<String> seen = new HashSet<>();
        for (Cell cell : notebook.cells()) {
            assertTrue(SLUG.matcher(cell.id()).matches() && !cell.id().matches("[0-9a-f]{8}"),
                    () -> notebook + ": '" + cell.id() + "' is no name for a cell");
            assertTrue(seen.add(cell.id()), () -> notebook + " has two cells " + cell.id());
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void asks_for_the_kernel_java(NotebookFile notebook) {
        JsonNode root = notebook.root();
        assertEquals("4.5", root.path("nbformat").asText() + "." + root.path("nbformat_minor"));
        JsonNode kernel = root.path("metadata").path("kernelspec");
        assertEquals("java, Java (heapcraft), java", kernel.path("name").asText() + ", "
                + kernel.path("display_name").asText() + ", " + kernel.path("language").asText());
        assertEquals("java", root.path("metadata").path("language_info").path("name").asText());
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void keeps_its_code_cells_small(NotebookFile notebook) {
        for (Cell cell : notebook.code()) {
            assertTrue(cell.lines() <= LONGEST_CELL, () -> notebook + ", cell " + cell.id()
                    + " has " + cell.lines() + " lines; at most " + LONGEST_CELL);
        }
        List<Integer> sizes = notebook.code().stream().map(Cell::lines).sorted().toList();
        int median = sizes.get(sizes.size() / 2);
        assertTrue(median <= MEDIAN_CELL, () -> notebook + ": the median code cell has " + median
                + " lines; at most " + MEDIAN_CELL);
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void keeps_its_code_lines_short(NotebookFile notebook) {
        for (Cell cell : notebook.cells()) {
            String code = cell.isCode() ? cell.source() : String.join("\n", fenced(cell));
            code.lines().forEach(line -> assertTrue(line.length() <= LONGEST_LINE,
                    () -> notebook + ", cell " + cell.id() + " is too wide: " + line));
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void goes_from_a_question_to_the_next_chapter(NotebookFile notebook) {
        List<String> headings = notebook.prose().stream()
                .flatMap(cell -> HEADING.matcher(FENCE.matcher(cell.source()).replaceAll(""))
                        .results().map(found -> found.group(1)))
                .map(heading -> heading.replaceAll("Exercise: .*", "Exercise"))
                .toList();
        int reached = 0;
        for (String step : List.of("The question", "The idea", "What breaks", "Exercise",
                "The same thing in C++ and in Rust", "Roads not taken", "Next")) {
            int at = headings.indexOf(step);
            assertTrue(at >= reached, () -> notebook + ": no heading '" + step
                    + "' in its place among " + headings);
            reached = at;
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void links_to_files_that_exist(NotebookFile notebook) {
        for (Cell cell : notebook.prose()) {
            LINK.matcher(cell.source()).results().map(found -> found.group(1))
                    .filter(target -> !target.contains("://"))
                    .forEach(target -> assertTrue(Files.exists(NotebookFile.FOLDER.resolve(target)),
                            () -> notebook + ", cell " + cell.id() + ": no file " + target));
        }
    }

    @Test
    void bold_marks_a_term_of_the_glossary_at_its_first_use() throws IOException {
        Set<String> glossary = glossary();
        Set<String> introduced = new TreeSet<>();
        for (NotebookFile notebook : notebooks()) {
            for (Cell cell : notebook.prose()) {
                for (String term : bold(cell)) {
                    String where = notebook + ", cell " + cell.id() + ": '" + term + "' ";
                    assertTrue(glossary.contains(term), () -> where + "is not in the glossary");
                    assertTrue(introduced.add(term), () -> where + "was in bold before");
                }
            }
        }
        assertEquals(glossary, introduced, "terms of the glossary that no notebook sets in bold");
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void keeps_the_manifest_s_promises(JsonNode chapter) throws IOException {
        String path = chapter.path("notebook").asText();
        NotebookFile notebook = notebooks().stream()
                .filter(one -> one.path().equals(Path.of(path))).findFirst()
                .orElseThrow(() -> new AssertionError("no notebook " + path));
        assertTrue(notebook.prose().getFirst().source()
                        .contains("About " + chapter.path("minutes") + " minutes"),
                () -> notebook + " does not promise " + chapter.path("minutes") + " minutes");
        for (JsonNode exercise : chapter.path("exercises")) {
            String check = "check(\"" + exercise.path("id").asText() + "\")";
            assertTrue(notebook.code().stream().anyMatch(cell -> cell.source().equals(check)),
                    () -> notebook + " has no cell " + check);
        }
    }

    private static Set<String> glossary() throws IOException {
        Set<String> terms = new TreeSet<>();
        TERM.matcher(Files.readString(GLOSSARY)).results()
                .map(found -> found.group(1).replace("&lt;", "<").replace("&gt;", ">").toLowerCase(Locale.ROOT))
                .filter(term -> !term.equals("term") && !term.startsWith("--"))
                .forEach(term -> assertTrue(terms.add(term), () -> "twice in the glossary: " + term));
        return terms;
    }

    private static List<String> bold(Cell cell) {
        return BOLD.matcher(FENCE.matcher(cell.source()).replaceAll("")).results()
                .map(found -> found.group(1).replace("`", "").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> fenced(Cell cell) {
        List<String> blocks = new ArrayList<>();
        FENCE.matcher(cell.source()).results().forEach(found -> blocks.add(found.group()));
        return blocks;
    }
}
