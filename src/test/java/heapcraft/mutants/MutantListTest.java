package heapcraft.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The files of mistakes and the list of them, without running any: [MutantsIT] does.
class MutantListTest {

    private static final Pattern FILES = Pattern.compile(
            "(?m)^\\| [A-Z] \\| [^|]* \\| `(?<folder>[a-z]+)` \\| (?<names>[^|]*) \\|$");
    private static final Pattern NO_FILE = Pattern.compile("(?m)^\\| (?<id>[A-Z][0-9]+) \\| ");

    private static List<MatchResult> rows(Pattern row) throws IOException {
        return row.matcher(Files.readString(Mutant.FOLDER.resolve("README.md"))).results().toList();
    }

    @Test
    void the_list_names_every_file_once_and_no_other() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (MatchResult row : rows(FILES)) {
            for (String name : row.group("names").split(" ")) {
                assertTrue(listed.add(row.group("folder") + "/" + name), name + " is listed twice");
            }
        }
        assertEquals(Mutant.all().stream().map(mutant -> mutant.part() + "/" + mutant.name())
                .collect(Collectors.toCollection(TreeSet::new)), listed);
    }

    @Test
    void a_mistake_has_files_or_a_reason_and_not_both() throws IOException {
        Set<String> filed = Mutant.all().stream()
                .map(mutant -> mutant.name().replaceFirst("[a-z]$", ""))
                .collect(Collectors.toSet());
        List<MatchResult> reasons = rows(NO_FILE);
        assertFalse(reasons.isEmpty());
        reasons.forEach(row -> assertFalse(filed.contains(row.group("id")), row.group("id")));
    }

    @Test
    void every_right_text_stands_once_in_its_class() throws IOException {
        for (Mutant mutant : Mutant.all()) {
            assertTrue(mutant.wrongText().contains(mutant.replace()), mutant.toString());
        }
    }
}
