package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Finding;
import heapcraft.grade.Grader;
import heapcraft.grade.Project;
import heapcraft.grade.Report.Result;
import heapcraft.notebooks.NotebookFile.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shortest calls of a failure story do in a notebook what they did in the test.
class PastedStoryIT {

    private static final Path ROOT = Path.of("").toAbsolutePath();

    @TempDir
    private Path submissions;

    @Test
    void boxes_that_are_never_empty_show_it_in_a_cell() throws Exception {
        String wrong = broken("OwnedBox", "        block = null;\n", "");
        Finding story = story("OwnedBox", wrong, "agrees_with_a_plain_model_in_any_order");
        assertTrue(story.wanted().equals("throws IllegalStateException"), story::toString);
        assertEquals("", run(wrong, story.call()));
    }

    @Test
    void a_heaps_log_is_the_one_of_the_story() throws Exception {
        String wrong = broken("OwnedBox", "type.drop(dying);", "type.read(dying);");
        Finding story = story("OwnedBox", wrong, "agrees_with_a_plain_model_in_any_order");
        String printing = story.call().replaceFirst("heap\\.log\\(\\)$", "IO.println(heap.log());");
        assertNotEquals(story.call(), printing);
        assertEquals(story.got() + "\n", run(wrong, printing));
    }

    @Test
    void an_exception_comes_out_of_the_pasted_calls_too() throws Exception {
        String wrong = broken("DefaultMethods", "Math.min(layout.byteSize(), newSize)", "newSize");
        Finding story = story("DefaultMethods", wrong, "keeps_the_contract_in_any_order_of_calls");
        assertTrue(story.got().startsWith("threw java.lang.IndexOutOfBoundsException"),
                story::toString);
        assertTrue(run(wrong, story.call()).contains("java.lang.IndexOutOfBoundsException"));
    }

    /// A solution with one mistake.
    private static String broken(String id, String right, String wrong) throws IOException {
        String source = Files.readString(new Project(ROOT, ROOT.resolve("solutions"))
                .submission(exercise(id)));
        assertTrue(source.contains(right), right);
        return source.replace(right, wrong);
    }

    private static Exercise exercise(String id) {
        return Course.load().named(id).getFirst();
    }

    private Finding story(String id, String source, String test) throws IOException {
        Project project = new Project(ROOT, submissions);
        Path file = project.submission(exercise(id));
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        return new Grader(project).grade(Course.load().named(id), done -> { })
                .exercises().getFirst().results().stream()
                .filter(result -> result.test().name().equals(test)).findFirst()
                .map(Result::finding).orElseThrow();
    }

    /// What a notebook prints, or how its last cell fails.
    private static String run(String source, String calls) throws IOException {
        try (var shell = new ShellSession()) {
            String names = Files.readString(ROOT.resolve(
                    "src/main/resources/heapcraft/lab/imports.jsh"));
            for (String text : new String[] {names, source.replaceFirst("package \\w+;\n", "")}) {
                assertEquals("", shell.run(cell(text)).map(Object::toString).orElse(""));
            }
            String failure = shell.run(cell(calls)).map(Object::toString).orElse("");
            return shell.takePrinted() + failure;
        }
    }

    private static Cell cell(String source) {
        return new Cell("", true, source, null);
    }
}
