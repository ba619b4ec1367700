package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Progress;
import heapcraft.grade.Project;
import heapcraft.view.HeapSetup;
import heapcraft.view.Policy;
import heapcraft.view.Prediction;
import heapcraft.view.WhereNext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `predict` in a notebook that has no page to click on.
class PredictTest {

    private static final Prediction NEXT = new WhereNext(
            HeapSetup.of(Policy.BEST_FIT, 20).alloc(6, 2, 4, 3).free(0, 2), 3);

    @TempDir
    private Path root;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream before = System.out;
    private final String rootBefore = System.getProperty("heapcraft.root");

    @BeforeEach
    void begin() {
        System.setProperty("heapcraft.root", root.toString());
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        System.setOut(before);
        if (rootBefore == null) {
            System.clearProperty("heapcraft.root");
        } else {
            System.setProperty("heapcraft.root", rootBefore);
        }
    }

    private String said() {
        String text = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        return text;
    }

    private Map<String, Boolean> kept() {
        return Progress.of(new Project(root, root.resolve("exercises"))).predictions();
    }

    @Test
    void a_cell_says_right_or_wrong_and_why_and_shows_the_heap() {
        Notebook.predict("best-fit", NEXT, "0");
        String said = said();
        assertTrue(said.startsWith("You said 0; it is 8. Best fit looks at every hole."), said);
        assertTrue(said.contains("in use"), said);
    }

    @Test
    void only_the_first_guess_is_kept_and_the_second_is_told_so() {
        Notebook.predict("best-fit", NEXT, "0");
        Notebook.predict("best-fit", NEXT, "8");
        assertTrue(said().contains("your first guess counts"));
        assertEquals(Map.of("best-fit", false), kept());
    }

    @Test
    void what_is_no_answer_is_not_counted() {
        Notebook.predict("best-fit", NEXT, "somewhere");
        assertTrue(said().contains("say one of: 0 | 8 | 15 | nowhere"));
        assertEquals(Map.of(), kept());
    }

    @Test
    void without_a_guess_it_asks_and_shows_how_to_answer_in_a_cell() {
        Notebook.predict("best-fit", NEXT);
        String said = said();
        assertTrue(said.contains(NEXT.question()), said);
        assertTrue(said.contains("free before: 0-5, 8-11, 15-19, in use before: block 1: 6-7,"
                + " block 3: 12-14"), said);
        assertTrue(said.contains("predict(\"best-fit\", …, \"0\"). You may say: 0 | 8 | 15 |"
                + " nowhere"), said);
        assertEquals(Map.of(), kept());
    }

    @Test
    void progress_goes_nowhere_but_into_the_lab_folder() throws IOException {
        Notebook.predict("best-fit", NEXT, "8");
        try (var files = Files.list(root)) {
            assertEquals(1, files.filter(file -> file.endsWith(".lab")).count());
        }
        try (var files = Files.list(root)) {
            assertEquals(1, files.count());
        }
    }
}
