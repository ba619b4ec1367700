package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import heapcraft.grade.Course;
import heapcraft.grade.Course.Chapter;
import heapcraft.grade.Course.Exercise;
import heapcraft.notebooks.NotebookFile.Cell;
import heapcraft.notebooks.NotebookFile.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every notebook keeps to, whatever it teaches.
class NotebookLawsIT {

    private static final List<NotebookFile> NOTEBOOKS = NotebookFile.all();
    private static final List<Chapter> CHAPTERS = Course.load().chapters();
    private static final Path GLOSSARY = Path.of("docs/glossary.md");

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern MADE_BY_A_MACHINE = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern MAGIC = Pattern.compile("(?m)(^\\s*|=\\s*)%+\\w");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|$");

    private static final List<String> ORDER = List.of("The question", "The idea", "What breaks",
            "Exercise", "The same thing in C++ and in Rust", "Roads not taken", "Next");

    private static final int LONGEST_CELL = 20;
    private static final int MEDIAN_CELL = 3;
    // A code cell scrolls; fenced lines break, which ruins a picture and only hurts a program.
    private static final int CODE_COLUMNS = 92;
    private static final int PROGRAM_COLUMNS = 80;
    private static final int PICTURE_COLUMNS = 64;

    @Test
    void is_committed_without_outputs() {
        for (NotebookFile notebook : NOTEBOOKS) {
            for (Cell cell : notebook.code()) {
                JsonNode outputs = cell.node().path("outputs");
                assertTrue(outputs.isArray() && outputs.isEmpty(),
                        () -> notebook + ", cell " + cell.id() + " has outputs");
                assertTrue(cell.node().path("execution_count").isNull(),
                        () -> notebook + ", cell " + cell.id() + " has an execution count");
            }
        }
    }

    @Test
    void names_each_cell_once_and_in_words() {
        for (NotebookFile notebook : NOTEBOOKS) {
            Set<String> seen = new HashSet<>();
            for (Cell cell : notebook.cells()) {
                assertTrue(SLUG.matcher(cell.id()).matches()
                                && !MADE_BY_A_MACHINE.matcher(cell.id()).matches(),
                        () -> notebook + ": '" + cell.id() + "' is no name for a cell");
                assertTrue(seen.add(cell.id()), () -> notebook + " has two cells " + cell.id());
            }
        }
    }

    @Test
    void asks_for_the_kernel_java() {
        for (NotebookFile notebook : NOTEBOOKS) {
            JsonNode root = notebook.root();
            JsonNode kernel = root.path("metadata").path("kernelspec");
            assertEquals(4, root.path("nbformat").asInt(), notebook::toString);
            assertEquals(5, root.path("nbformat_minor").asInt(), notebook::toString);
            assertEquals("java", kernel.path("name").asText(), notebook::toString);
            assertEquals("Java (heapcraft)", kernel.path("display_name").asText(),
                    notebook::toString);
            assertEquals("java", kernel.path("language").asText(), notebook::toString);
            assertEquals("java", root.path("metadata").path("language_info").path("name").asText(),
                    notebook::toString);
        }
    }

    @Test
    void keeps_its_code_cells_small() {
        for (NotebookFile notebook : NOTEBOOKS) {
            List<Integer> sizes = notebook.code().stream().map(Cell::lines).sorted().toList();
            assertTrue(sizes.getLast() <= LONGEST_CELL,
                    () -> notebook + ": the longest code cell has " + sizes.getLast() + " lines");
            assertTrue(sizes.get(sizes.size() / 2) <= MEDIAN_CELL,
                    () -> notebook + ": half of the code cells have more than three lines");
        }
    }

    /// A kernel reads `%name` at the head of a line, and behind an equals sign, as a command to
    /// itself, also within a text.
    @Test
    void has_no_line_that_a_kernel_takes_for_its_own() {
        for (NotebookFile notebook : NOTEBOOKS) {
            for (Cell cell : notebook.code()) {
                assertTrue(!MAGIC.matcher(cell.source()).find(),
                        () -> notebook + ", cell " + cell.id() + " has a % that is a magic");
            }
        }
    }

    @Test
    void fits_a_page_of_800_pixels() {
        for (NotebookFile notebook : NOTEBOOKS) {
            for (Cell cell : notebook.cells()) {
                String where = notebook + ", cell " + cell.id() + " is too wide: ";
                if (cell.isCode()) {
                    requireWidth(cell.source(), CODE_COLUMNS, where);
                }
                for (Fence fence : cell.fences()) {
                    boolean picture = fence.language().equals("text");
                    requireWidth(fence.body(), picture ? PICTURE_COLUMNS : PROGRAM_COLUMNS, where);
                }
            }
        }
    }

    private static void requireWidth(String code, int columns, String where) {
        code.lines().forEach(line -> assertTrue(line.length() <= columns, () -> where + line));
    }

    @Test
    void goes_from_a_question_to_the_next_chapter() {
        for (NotebookFile notebook : NOTEBOOKS) {
            List<String> headings = notebook.prose().stream()
                    .flatMap(cell -> found(HEADING, cell.text()))
                    .map(heading -> heading.replaceAll("Exercise: .*", "Exercise"))
                    .distinct().filter(ORDER::contains).toList();
            assertEquals(ORDER, headings, notebook::toString);
        }
    }

    @Test
    void links_to_files_that_exist() {
        for (NotebookFile notebook : NOTEBOOKS) {
            for (Cell cell : notebook.prose()) {
                found(LINK, cell.text()).filter(target -> !target.contains("://")).forEach(target ->
                        assertTrue(Files.exists(NotebookFile.FOLDER.resolve(target)),
                                () -> notebook + ", cell " + cell.id() + ": no file " + target));
            }
        }
    }

    @Test
    void bold_marks_a_term_of_the_glossary_at_its_first_use() throws IOException {
        Set<String> glossary = glossary();
        Set<String> introduced = new TreeSet<>();
        for (NotebookFile notebook : NOTEBOOKS) {
            for (Cell cell : notebook.prose()) {
                found(BOLD, cell.text()).map(NotebookLawsIT::term).forEach(term -> {
                    String where = notebook + ", cell " + cell.id() + ": '" + term + "' ";
                    assertTrue(glossary.contains(term), () -> where + "is not in the glossary");
                    assertTrue(introduced.add(term), () -> where + "was in bold before");
                });
            }
        }
        assertEquals(glossary, introduced, "the glossary, and what notebooks set in bold");
    }

    private static Set<String> glossary() throws IOException {
        Set<String> terms = new TreeSet<>();
        found(ROW, Files.readString(GLOSSARY)).map(NotebookLawsIT::term)
                .filter(term -> !term.equals("term"))
                .forEach(term -> assertTrue(terms.add(term),
                        () -> "twice in the glossary: " + term));
        return terms;
    }

    private static String term(String written) {
        return written.replace("`", "").replace("&lt;", "<").replace("&gt;", ">")
                .toLowerCase(Locale.ROOT);
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    @Test
    void promises_the_minutes_of_the_manifest() {
        for (Chapter chapter : CHAPTERS) {
            int exercises = chapter.exercises().stream().mapToInt(Exercise::minutes).sum();
            String promise = "About " + chapter.minutes() + " minutes, and " + exercises + " more";
            assertTrue(notebook(chapter).cells().getFirst().source().contains(promise),
                    () -> chapter.notebook() + " does not begin with '" + promise + "'");
        }
    }

    @Test
    void checks_each_exercise_of_its_chapter_and_no_other() {
        for (Chapter chapter : CHAPTERS) {
            List<String> checks = notebook(chapter).code().stream().map(Cell::source)
                    .filter(source -> source.startsWith("check(")).toList();
            assertEquals(chapter.exercises().stream()
                    .map(exercise -> "check(\"" + exercise.id() + "\")").toList(), checks);
        }
    }

    private static NotebookFile notebook(Chapter chapter) {
        return NOTEBOOKS.stream().filter(one -> one.path().equals(Path.of(chapter.notebook())))
                .findFirst().orElseThrow(() -> new AssertionError("no " + chapter.notebook()));
    }
}
