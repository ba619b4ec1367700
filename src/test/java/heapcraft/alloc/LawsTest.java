package heapcraft.alloc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Every allocator against every law that concerns it.
///
/// A library that this machine does not have is one skipped test, with the reason.
///
/// The table of what was tried goes to `target/laws.txt`, and to the console with `-Dlaws`. With
/// `-Dlaws=Bump` only the rows whose name begins so are tried.
class LawsTest {

    private static final Map<String, Long> CASES = new TreeMap<>();

    private static List<Row> rows() {
        String only = System.getProperty("laws", "");
        return Rows.all().stream().filter(row -> row.name().startsWith(only)).toList();
    }

    @TestFactory
    Stream<DynamicNode> every_heap_keeps_every_law() {
        return rows().stream().map(row -> dynamicContainer(row.name(), missing(row)
                .map(reason -> Stream.of(dynamicTest("is on this machine",
                        () -> assumeTrue(false, reason))))
                .orElseGet(() -> Laws.ALL.stream()
                        .filter(law -> law.concerns().test(row))
                        .map(law -> dynamicTest(law.name(), () -> check(row, law))))));
    }

    /// Why there is no such heap here, if there is none.
    private static Optional<String> missing(Row row) {
        try {
            new Trial(row).on(0, model -> { });
            return Optional.empty();
        } catch (MissingLibrary missing) {
            return Optional.of(missing.getMessage());
        }
    }

    private static void check(Row row, Law law) {
        Trial trial = new Trial(row);
        try {
            law.check().accept(trial);
        } catch (Throwable broken) {
            throw new AssertionError(row + " breaks the law \"" + law.name() + "\" in case "
                    + trial.cases() + (trial.seed() > 0 ? ", seed " + trial.seed() : "") + ": "
                    + broken.getMessage(), broken);
        }
        CASES.put(row.name() + "/" + law.name(), trial.cases());
    }

    @AfterAll
    static void writeTheTable() throws IOException {
        String table = table();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "laws.txt"), table);
        if (System.getProperty("laws") != null) {
            System.out.print(table);
        }
    }

    /// Laws downwards, allocators across, in each field the number of cases.
    private static String table() {
        StringBuilder text = new StringBuilder();
        List<Row> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            text.append("%c  %s%n".formatted('A' + i, missing(row)
                    .map(reason -> row + ": not tried. " + reason).orElse(row.name())));
        }
        text.append("%n%-52s".formatted("law, and the number of cases tried"));
        for (int i = 0; i < rows.size(); i++) {
            text.append("%6c".formatted('A' + i));
        }
        for (Law law : Laws.ALL) {
            text.append("%n%-52s".formatted(law.name())).append(rows.stream()
                    .map(row -> CASES.get(row.name() + "/" + law.name()))
                    .map(cases -> "%6s".formatted(cases == null ? "-" : cases))
                    .collect(Collectors.joining()));
        }
        long sum = CASES.values().stream().mapToLong(Long::longValue).sum();
        return text.append("%n%n%d allocators, %d laws, %d pairs, %d cases; - does not apply%n"
                .formatted(rows.size(), Laws.ALL.size(), CASES.size(), sum)).toString();
    }
}
