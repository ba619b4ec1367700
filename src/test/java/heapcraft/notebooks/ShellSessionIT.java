package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heapcraft.notebooks.NotebookFile.Cell;
import heapcraft.notebooks.ShellSession.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The runner itself: what it says of cells that are wrong on purpose.
class ShellSessionIT {

    private final ShellSession shell = new ShellSession();

    @AfterEach
    void close() {
        shell.close();
    }

    private static Cell cell(String source) {
        return new Cell("cell", true, source, JsonNodeFactory.instance.objectNode());
    }

    private Failure failure(String source) {
        return shell.run(cell(source)).orElseThrow(() -> new AssertionError("it ran: " + source));
    }

    @Test
    void runs_all_statements_of_a_cell() {
        assertTrue(shell.run(cell("int a = 1;\nint b = 2;\nSystem.out.println(a + b)")).isEmpty());
        assertEquals("3", shell.takePrinted().strip());
    }

    @Test
    void tells_the_line_that_threw() {
        Failure failure = failure("int one = 1;\nif (one == 1) {\n    int x = one / 0;\n}");
        assertEquals("line 3: int x = one / 0;\n    java.lang.ArithmeticException: / by zero",
                failure.toString());
        assertTrue(failure.thrown());
    }

    @Test
    void tells_the_line_that_does_not_compile() {
        Failure failure = failure("int two = 2;\nint wrong = two + nowhere;");
        assertEquals(2, failure.line());
        assertTrue(failure.error().contains("cannot find symbol"), failure::toString);
        assertFalse(failure.thrown());
    }

    @Test
    void a_method_that_calls_nothing_known_is_a_failure() {
        assertEquals(1, failure("void careless() { nowhere(); }").line());
    }

    @Test
    void an_unfinished_statement_is_a_failure() {
        Failure failure = failure("int three = 3;\nif (true) {");
        assertEquals("the statement is not complete", failure.error());
    }

    @Test
    void stops_at_the_first_failure() {
        failure("int later = 1;\nint x = 1 / 0;\nlater = 2;");
        shell.run(cell("System.out.println(later)"));
        assertEquals("1", shell.takePrinted().strip());
    }
}
