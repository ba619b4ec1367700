package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command around the grader, on stubs: no test is run here.
class GradeCommandTest {

    @TempDir
    private Path root;
    private Desk desk;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
    }

    @Test
    void a_fresh_copy_is_yellow_and_no_failure() {
        Desk.Said said = desk.run("grade");
        assertEquals(Course.load().exercises().size(), said.out().lines()
                        .filter(line -> line.contains("[ ] not started")).count(),
                "StubsLawIT says how a stub is recorded");
        assertEquals(0, said.code());
    }

    @Test
    void a_page_and_json_are_left_in_target() throws IOException {
        String said = desk.run("grade", "LayoutMath").out();
        assertEquals(Set.of("target/grade/report.html", "target/grade/report.json"),
                desk.all("target").keySet());
        assertTrue(said.contains("target/grade/report.html"), said);
    }

    @Test
    void more_reports_go_where_they_are_asked_for() throws IOException {
        desk.run("grade", "LayoutMath", "--report", "junit,GradeScope,github",
                "--to", desk.path("out").toString());
        assertEquals(Set.of("out/report.html", "out/report.json", "out/junit/TEST-heapcraft.xml",
                "out/results.json", "out/github-output.txt", "out/github-summary.md"),
                desk.all("out").keySet());
        assertFalse(Files.exists(desk.path("target/grade/report.json")));
    }

    @Test
    void an_unknown_format_is_answered_with_the_known_ones() {
        Desk.Said said = desk.run("grade", "--report", "pdf");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("HTML, JSON, JUNIT, GRADESCOPE, GITHUB"), said.err());
    }

    @Test
    void a_screen_without_colours_gets_none() {
        assertFalse(desk.run("grade").out().contains("\u001B"));
    }

    @Test
    void a_screen_with_colours_gets_them_on_the_state_alone() {
        String plain = desk.run("grade", "LayoutMath").out();
        desk.plugInAColourScreen();
        String coloured = desk.run("grade", "LayoutMath").out();
        assertTrue(coloured.matches("(?s).* \u001B\\[33m\\[ ] not started *\u001B.*"), coloured);
        assertEquals(plain, coloured.replaceAll("\u001B\\[[\\d;]*m", ""));
    }

    @Test
    void what_was_graded_is_remembered() throws IOException {
        desk.run("grade", "LayoutMath");
        assertTrue(desk.state("LayoutMath").getFirst().contains("state=not-started points=0"));
        assertFalse(desk.run("next").out().contains("Saved since"));
    }

    @Test
    void another_folder_is_nobodys_progress() throws IOException {
        Files.createDirectories(desk.path("others/ch02"));
        Files.copy(desk.path(desk.file("LayoutMath")), desk.path("others/ch02/LayoutMath.java"));
        Desk.Said said = desk.run("grade", "--dir", "others", "LayoutMath");
        assertTrue(said.out().contains("others/ch02/LayoutMath.java"), said.out());
        assertFalse(Files.exists(desk.path(".lab")));
    }

    @Test
    void writes_nothing_into_the_exercises() throws IOException {
        var before = desk.all("exercises");
        desk.run("grade");
        assertEquals(before, desk.all("exercises"));
    }
}
