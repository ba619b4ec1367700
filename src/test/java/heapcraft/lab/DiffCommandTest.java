package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Stubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    private static final String SOLUTION = "solutions/ch02/LayoutMath.java";

    @TempDir
    private Path root;
    private Desk desk;
    private String file;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
        file = desk.file("LayoutMath");
        desk.write(file, "one\nmine\nthree\n");
        desk.write(SOLUTION, "one\ntheirs\nthree\n");
    }

    @Test
    void keeps_the_solution_shut_before_all_tests_passed() throws IOException {
        for (String state : new String[] {"", "LayoutMath state=wrong points=17\n"}) {
            desk.write(".lab/progress.txt", state);
            Desk.Said said = desk.run("diff", "LayoutMath");
            assertEquals(1, said.code());
            assertFalse(said.out().contains("theirs"), said.out());
            assertTrue(said.err().contains("./lab diff LayoutMath --give-up"), said.err());
        }
    }

    @Test
    void shows_the_way_from_yours_to_the_solution_once_all_tests_passed() throws IOException {
        desk.write(".lab/progress.txt", "LayoutMath state=wrong points=3 passed=yes\n");
        Desk.Said said = desk.run("diff", "LayoutMath");
        assertEquals(0, said.code());
        assertEquals("--- " + file + "\n+++ " + SOLUTION
                + "\n@@ -1,3 +1,3 @@\n one\n-mine\n+theirs\n three\n", said.out());
    }

    @Test
    void giving_up_opens_the_solution_and_is_written_down() throws IOException {
        assertTrue(desk.run("diff", "LayoutMath", "--give-up").out().contains("+theirs"));
        assertTrue(desk.state("LayoutMath").getFirst().contains("gave-up=yes"));
        assertTrue(desk.run("diff", "LayoutMath").out().contains("+theirs"));
    }

    @Test
    void line_ends_make_no_difference() throws IOException {
        desk.write(file, "one\r\ntheirs\r\nthree\r\n");
        assertEquals("Your file has the lines of the solution.\n",
                desk.run("diff", "LayoutMath", "--give-up").out());
        desk.write(file, Stubs.text(Desk.exercise("LayoutMath")).orElseThrow().replace("\n", "\r\n"));
        assertEquals("Your file is as shipped.\n", desk.run("diff", "LayoutMath", "--stub").out());
    }

    @Test
    void a_copy_without_solutions_says_so() throws IOException {
        Files.delete(desk.path(SOLUTION));
        Desk.Said said = desk.run("diff", "LayoutMath", "--give-up");
        assertEquals(2, said.code());
        assertTrue(said.err().contains(SOLUTION + " is not in this copy"), said.err());
    }

    @Test
    void the_stub_can_be_compared_at_any_time() {
        String said = desk.run("diff", "LayoutMath", "--stub").out();
        assertTrue(said.startsWith("--- the stub as shipped\n+++ " + file), said);
        assertTrue(said.contains("\n-public final class LayoutMath {\n"), said);
        assertTrue(said.contains("\n+mine\n"), said);
    }

    @Test
    void a_stub_that_changed_meanwhile_is_shown_once_with_what_changed() throws IOException {
        desk.write(".lab/progress.txt", "LayoutMath state=wrong points=3 base=0123456789abcdef\n");
        desk.write(".lab/stubs/0123456789abcdef.java", "package ch02;\n\nan older stub\n");
        String first = desk.run("diff", "LayoutMath", "--stub").out();
        assertTrue(first.contains("What the course changed since you began:\n"
                + "--- the stub you began with\n"), first);
        assertTrue(first.contains("\n-an older stub\n"), first);
        assertTrue(first.contains("What you changed:\n--- the stub as shipped\n"), first);
        assertFalse(desk.run("diff", "LayoutMath", "--stub").out().contains("an older stub"));
    }

    @Test
    void writes_nothing_into_the_exercises() throws IOException {
        Map<String, String> before = desk.all("exercises");
        desk.run("diff", "LayoutMath", "--give-up");
        desk.run("diff", "LayoutMath", "--stub");
        assertEquals(before, desk.all("exercises"));
    }
}
