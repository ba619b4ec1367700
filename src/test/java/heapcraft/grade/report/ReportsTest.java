package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.MadeUp;
import heapcraft.grade.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @TempDir
    private Path folder;

    @Test
    void a_page_and_json_are_always_written() throws IOException {
        Reports.write(MadeUp.nasty(), Set.of(), folder);
        assertEquals(List.of("report.html", "report.json"), written());
    }

    @Test
    void more_formats_are_written_when_asked_for() throws IOException {
        Reports.write(MadeUp.nasty(), EnumSet.allOf(Format.class), folder);
        assertEquals(List.of("github-output.txt", "github-summary.md", "junit/TEST-heapcraft.xml",
                "report.html", "report.json", "results.json"), written());
    }

    @Test
    void the_report_says_where_the_page_is() {
        Report report = Reports.write(MadeUp.nasty(), Set.of(), folder);
        assertTrue(report.notes().getLast().endsWith("/report.html"), report.notes()::toString);
    }

    @Test
    void a_verdict_is_not_lost_where_nothing_can_be_written() throws IOException {
        Path file = Files.writeString(folder.resolve("a file"), "");
        Report report = Reports.write(MadeUp.nasty(), Set.of(), file);
        assertTrue(report.notes().getLast().startsWith("The reports could not be written"),
                report.notes()::toString);
        assertEquals(1, report.points());
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        }
    }
}
