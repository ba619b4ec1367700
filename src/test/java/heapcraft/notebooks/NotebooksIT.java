package heapcraft.notebooks;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import heapcraft.notebooks.NotebookFile.Cell;
import heapcraft.notebooks.ShellSession.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every notebook runs in the JDK's own JShell, without Jupyter; as many at once as there are cores.
class NotebooksIT {

    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final Pattern CHECK = Pattern.compile("check\\(\"(\\w+)\"\\)");

    private static ExecutorService cores;

    @BeforeAll
    static void takeTheCores() {
        cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    @AfterAll
    static void leaveTheCores() {
        cores.shutdownNow();
    }

    /// Starts them all; each test waits for its own.
    @TestFactory
    Stream<DynamicTest> runs_top_to_bottom_and_once_more() {
        record Started(NotebookFile notebook, Future<?> end) { }
        List<Started> started = NotebookFile.all().stream()
                .map(notebook -> new Started(notebook, cores.submit(() -> runTwice(notebook))))
                .toList();
        return started.stream().map(one -> DynamicTest.dynamicTest(one.notebook.toString(),
                () -> waitFor(one.end)));
    }

    private static void waitFor(Future<?> end) throws Throwable {
        try {
            end.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static void runTwice(NotebookFile notebook) {
        try (ShellSession shell = new ShellSession()) {
            for (String round : List.of("first", "second")) {
                for (Cell cell : notebook.code()) {
                    if (round.equals("first") || !measures(cell)) {
                        run(shell, cell, notebook + ", cell " + cell.id() + ", " + round
                                + " run: ");
                    }
                }
            }
        }
    }

    /// Such a cell declares nothing, so it can be run again, and takes half a minute.
    private static boolean measures(Cell cell) {
        return cell.source().matches("(compare|care)\\([^;]*\\);\\s*");
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
