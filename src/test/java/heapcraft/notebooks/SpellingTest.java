package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course;
import heapcraft.notebooks.NotebookFile.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A term is spelled as the glossary spells it, wherever a learner reads it.
class SpellingTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern WORDS = Pattern.compile("[a-z]+([ -][a-z]+)+");
    /// Code, links and addresses have spellings of their own.
    private static final Pattern NO_PROSE = Pattern.compile(
            "(?ms)^```.*?^```$|`[^`]*`|\\]\\([^)]*\\)|https?://\\S+");

    /// Words with two spellings in English, and the one that is used here.
    private static final Map<String, String> ENGLISH = Map.of("utilization", "utilisation",
            "behavior", "behaviour", "initialize", "initialise", "amortized", "amortised",
            "optimize", "optimise", "freelist", "free list", "sizeclass", "size class");

    @Test
    void every_term_has_one_spelling() throws IOException {
        Map<String, String> wrong = wrong();
        assertTrue(wrong.size() > 50, "the glossary has terms of several words");
        List<String> found = new ArrayList<>();
        texts().forEach((where, text) -> found.addAll(misspelled(where, text, wrong)));
        assertEquals(List.of(), found);
    }

    @Test
    void a_second_spelling_is_found_and_code_is_left_alone() throws IOException {
        assertEquals(List.of("here: 'free-list', the glossary has 'free list'"),
                misspelled("here", "A free-list, `free-list` and FreeList.", wrong()));
    }

    /// Terms of several words written together, apart or with a hyphen, where the glossary does not.
    private static Map<String, String> wrong() throws IOException {
        Map<String, String> wrong = new LinkedHashMap<>(ENGLISH);
        ROW.matcher(Files.readString(Path.of("docs/glossary.md"))).results()
                .map(row -> row.group(1)).filter(term -> WORDS.matcher(term).matches())
                .forEach(term -> Stream.of(" ", "-", "")
                        .map(between -> term.replaceAll("[ -]", between))
                        .filter(spelling -> !spelling.equals(term))
                        .forEach(spelling -> wrong.put(spelling, term)));
        return wrong;
    }

    private static List<String> misspelled(String where, String text, Map<String, String> wrong) {
        String prose = NO_PROSE.matcher(text).replaceAll("");
        return wrong.entrySet().stream().filter(pair -> occurs(pair.getKey(), prose))
                .map(pair -> where + ": '" + pair.getKey() + "', the glossary has '"
                        + pair.getValue() + "'").toList();
    }

    /// Also at the head of a sentence; but no name of a class.
    private static boolean occurs(String spelling, String prose) {
        String first = spelling.substring(0, 1);
        return Pattern.compile("(?<![\\w-])[" + first + first.toUpperCase() + "]"
                + spelling.substring(1).replace(" ", "\\s+") + "(?!\\w)").matcher(prose).find();
    }

    /// What a learner reads, by where it stands.
    private static Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        add(texts, Path.of("docs"), ".md", UnaryOperator.identity());
        add(texts, Path.of("exercises"), ".java", SpellingTest::comments);
        NotebookFile.all().forEach(notebook -> texts.put(notebook.toString(),
                notebook.prose().stream().map(Cell::text).collect(Collectors.joining("\n\n"))));
        texts.put("README.md", Files.readString(Path.of("README.md")));
        Course.load().exercises().forEach(exercise -> texts.put("hints of " + exercise.id(),
                String.join("\n", exercise.hints()) + "\n" + String.join("\n", exercise.worked())));
        return texts;
    }

    private static void add(Map<String, String> texts, Path folder, String end,
                            UnaryOperator<String> readable) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(end)).sorted().toList()) {
                texts.put(file.toString().replace('\\', '/'),
                        readable.apply(Files.readString(file)));
            }
        }
    }

    private static String comments(String java) {
        return java.lines().filter(line -> line.strip().startsWith("//"))
                .collect(Collectors.joining("\n"));
    }
}
