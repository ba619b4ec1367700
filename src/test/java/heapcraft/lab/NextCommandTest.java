package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextCommandTest {

    @TempDir
    private Path root;
    private Desk desk;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
    }

    @Test
    void names_the_first_open_exercise_its_minutes_and_its_notebook() {
        Course.Chapter chapter = Course.load().chapters().getFirst();
        Course.Exercise first = chapter.exercises().getFirst();
        String said = desk.run("next").out();
        assertTrue(said.startsWith("Next: " + first + ", about " + first.minutes() + " minutes\n"),
                said);
        assertTrue(said.contains("  read    " + chapter.notebook() + "\n"), said);
        assertTrue(said.contains("  edit    " + desk.file(first.id()) + "\n"), said);
        assertTrue(said.contains("  grade   ./lab grade " + first.id() + "\n"), said);
    }

    @Test
    void what_is_wrong_comes_before_what_is_open() throws IOException {
        begin("OwnedBox", "state=timed-out points=3");
        begin("DefaultMethods", "state=wrong points=3");
        String said = desk.run("next").out();
        assertTrue(said.startsWith("Mend: ch02 OwnedBox"), said);
        assertTrue(said.contains("[!] timed out, 3 of "), said);
    }

    @Test
    void what_is_done_is_passed_over() throws IOException {
        begin("Peek", "state=done points=10");
        Course.Exercise second = Course.load().exercises().get(1);
        assertTrue(desk.run("next").out().startsWith("Next: " + second + ","));
    }

    @Test
    void grades_nothing_and_writes_nothing() throws IOException {
        desk.run("next");
        assertFalse(Files.exists(desk.path("target")));
        assertFalse(Files.exists(desk.path(".lab")));
    }

    @Test
    void says_which_files_were_saved_since_they_were_graded() throws IOException {
        assertFalse(desk.run("next").out().contains("Saved since"));
        begin("Peek", "state=done points=10");
        String said = desk.run("next").out();
        assertTrue(said.contains("Saved since last graded, so the state may be old: Peek\n"), said);
    }

    @Test
    void says_that_a_stub_has_changed_under_work_in_progress() throws IOException {
        begin("Peek", "state=to-do points=1 base=0123456789abcdef");
        String said = desk.run("next").out();
        assertTrue(said.contains("The course changed Peek since you began: ./lab diff Peek --stub\n"),
                said);
        desk.run("diff", "Peek", "--stub");
        assertFalse(desk.run("next").out().contains("The course changed"));
    }

    @Test
    void a_stub_nobody_began_with_may_change_in_silence() throws IOException {
        desk.write(".lab/progress.txt", "Peek state=not-started points=0 base=0123456789abcdef\n");
        assertFalse(desk.run("next").out().contains("The course changed"));
    }

    @Test
    void says_when_all_is_done() throws IOException {
        for (Course.Exercise exercise : Course.load().exercises()) {
            desk.write(desk.file(exercise.id()), "// done");
        }
        desk.write(".lab/progress.txt", Course.load().exercises().stream()
                .map(exercise -> exercise.id() + " state=done\n").collect(Collectors.joining()));
        String said = desk.run("next").out();
        assertTrue(said.startsWith("All " + Course.load().exercises().size() + " exercises are done."),
                said);
    }

    @Test
    void a_line_somebody_spoilt_is_read_as_far_as_it_goes() throws IOException {
        begin("Peek", "state points=many ==");
        Desk.Said said = desk.run("next");
        assertEquals(0, said.code());
        assertTrue(said.out().contains("not graded, 0 of "), said.out());
    }

    private void begin(String id, String state) throws IOException {
        desk.write(desk.file(id), "// work in progress\n");
        Path progress = desk.path(".lab/progress.txt");
        String before = Files.exists(progress) ? Files.readString(progress) : "";
        desk.write(".lab/progress.txt", before + id + " " + state + "\n");
    }
}
