package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import heapcraft.notebooks.NotebookFile.Cell;
import heapcraft.notebooks.ShellSession.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every notebook runs in the JDK's own JShell, without Jupyter.
class NotebooksIT {

    private static final Pattern CHECK = Pattern.compile("check\\(\"(\\w+)\"\\)");

    static List<NotebookFile> notebooks() {
        return NotebookFile.all();
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
    void runs_top_to_bottom_and_once_more(NotebookFile notebook) {
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
