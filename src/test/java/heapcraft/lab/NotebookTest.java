package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a cell shows, on files that have a verdict without a worker.
class NotebookTest {

    @TempDir
    private Path root;
    /// What the whole run grades, such as the solutions; here it is the learner's own.
    private final Optional<String> graded = Optional.ofNullable(System.getProperty("grade.dir"));
    private Desk desk;
    private Path file;
    private String text;
    private String html;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
        file = desk.path(desk.file("LayoutMath"));
        System.setProperty("heapcraft.root", root.toString());
        System.clearProperty("grade.dir");
        Notebook.showOn((text, html) -> {
            this.text = text;
            this.html = html;
        });
    }

    @AfterEach
    void stand_up() {
        System.clearProperty("heapcraft.root");
        graded.ifPresent(folder -> System.setProperty("grade.dir", folder));
        Notebook.showOn((text, html) -> System.out.print(text));
    }

    @Test
    void tells_the_same_story_as_the_command_line() throws IOException {
        desk.write(desk.file("LayoutMath"), "package ch02; class LayoutMath { int x = \"no\"; }");
        Notebook.check("LayoutMath");
        String board = desk.run("grade", "LayoutMath").out();
        String story = board.substring(board.indexOf("To mend first"), board.indexOf("\n\n"));
        assertTrue(text.contains(story), text);
        assertTrue(html.contains("does not compile") && html.contains("LayoutMath.java:1"), html);
    }

    @Test
    void says_when_the_file_was_saved() throws IOException {
        save(Instant.parse("2026-01-02T03:04:05Z"));
        Notebook.check("LayoutMath");
        assertTrue(text.matches("(?s).*LayoutMath.java was saved at \\d\\d:04:05.*"), text);
        assertTrue(html.contains(":04:05"), html);
    }

    @Test
    void asks_for_ctrl_s_only_if_nothing_was_saved_since_the_last_check() throws IOException {
        save(Instant.parse("2026-01-02T03:05:05Z"));
        Notebook.check("LayoutMath");
        assertFalse(text.contains("Ctrl+S"), text);
        Notebook.check("LayoutMath");
        assertTrue(text.contains("Did you save (Ctrl+S)?"), text);
        assertTrue(html.contains("Did you save (Ctrl+S)?"), html);
        save(Instant.parse("2026-01-02T03:05:06Z"));
        Notebook.check("LayoutMath");
        assertFalse(text.contains("Ctrl+S"), text);
    }

    @Test
    void an_unknown_name_is_answered_with_a_sentence() {
        Notebook.check("Nonsense");
        assertTrue(text.contains("Nonsense"), text);
        assertEquals(1, text.lines().count(), text);
    }

    @Test
    void an_unknown_workload_is_said_in_text_and_in_html_and_runs_nothing() {
        Notebook.compare("<smal>");
        assertEquals("there is no workload <smal>; there are small, mixed, handover, growing, large,"
                + " churn, creep\n", text);
        assertEquals("<p>there is no workload &lt;smal&gt;; there are small, mixed, handover, growing,"
                + " large, churn, creep</p>", html);
    }

    @Test
    void an_unknown_case_is_said_and_runs_nothing() {
        Notebook.care("pasrer");
        assertEquals("there is no case pasrer; there are cli, one-shot, io, server, threads, long,"
                + " parser, game\n", text);
    }

    private void save(Instant at) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
