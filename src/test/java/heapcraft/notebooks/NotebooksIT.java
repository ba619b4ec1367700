package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import heapcraft.notebooks.NotebookFile.Cell;
import heapcraft.notebooks.ShellSession.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every notebook runs in the JDK's own JShell, without Jupyter.
class NotebooksIT {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Pattern CHECK = Pattern.compile("check\\(\"(\\w+)\"\\)");

    @TestFactory
    Stream<DynamicTest> runs_top_to_bottom_and_once_more() {
        return DynamicTest.stream(NotebookFile.all().stream(), NotebookFile::toString,
                notebook -> assertTimeoutPreemptively(DEADLINE, () -> runTwice(notebook)));
    }

    private static void runTwice(NotebookFile notebook) {
        try (ShellSession shell = new ShellSession()) {
            for (String round : List.of("first", "second")) {
                for (Cell cell : notebook.code()) {
                    run(shell, cell, notebook + ", cell " + cell.id() + ", " + round + " run: ");
                }
            }
        }
    }

    private static void run(ShellSession shell, Cell cell, String where) {
        Optional<Failure> failure = shell.run(cell);
        String printed = shell.takePrinted();
        if (cell.mayThrow()) {
            assertTrue(failure.map(Failure::thrown).orElse(false),
                    () -> where + "tagged raises-exception, but " + failure.map(Object::toString)
                            .orElse("nothing was thrown"));
        } else if (failure.isPresent()) {
            fail(where + failure.get());
        }
        Matcher check = CHECK.matcher(cell.source());
        if (check.lookingAt()) {
            String name = check.group(1);
            assertTrue(printed.contains(name), () -> where + "shows nothing about " + name);
        }
    }
}
