package heapcraft.mutants;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import heapcraft.alloc.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The tests tested: every mistake in `src/test/resources/mutants` is put into the library, and the
/// test named there must go red.
///
/// A wrong allocator may destroy the JVM it runs in, so each has one of its own, without anything
/// it could write to; as many at once as there are cores.
class MutantsIT {

    @TempDir
    static Path directory;

    private static Archive archive;
    private static ExecutorService cores;

    @BeforeAll
    static void takeTheCores() {
        archive = Archive.madeIn(directory);
        cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    @AfterAll
    static void leaveTheCores() {
        cores.shutdownNow();
    }

    private interface Check<T> {
        void of(T one) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> every_mistake_turns_its_test_red() throws IOException {
        String only = System.getProperty("mutant", "");
        return each(Mutant.all().stream().filter(mutant -> mutant.name().startsWith(only)),
                mutant -> {
                    Path home = Files.createDirectory(directory.resolve(mutant.name()));
                    Path classes = Files.createDirectory(home.resolve("classes"));
                    mutant.compileInto(classes);
                    OtherJvm.Result result = run(mutant.testClass(), mutant.rows(), mutant.red(),
                            home, ClassPath.wrong(classes, home.resolve("heapcraft.jar")));
                    assertTrue(result.output().contains("red: " + mutant.red() + "\n"),
                            () -> mutant + " is not noticed by \"" + mutant.red() + "\": exit code "
                                    + result.exitCode() + "\n" + result.output());
                });
    }

    /// Without a mistake the same tests in the same place are green.
    @TestFactory
    Stream<DynamicTest> the_library_itself_is_green() throws IOException {
        return each(Mutant.all().stream().map(Mutant::testClass).distinct(), test -> {
            Path home = Files.createDirectory(directory.resolve(test));
            OtherJvm.Result result = run(test, "", "", home, ClassPath.right());
            assertFalse(result.output().contains("red: "), result.output());
            assertTrue(result.output().endsWith("end\n"), result.output());
        });
    }

    /// Starts them all; each test waits for its own.
    private static <T> Stream<DynamicTest> each(Stream<T> all, Check<T> check) {
        record Started(String name, Future<?> end) { }
        List<Started> started = all.map(one -> new Started(one.toString(), cores.submit(() -> {
            check.of(one);
            return null;
        }))).toList();
        return started.stream().map(one -> dynamicTest(one.name, () -> {
            try {
                one.end.get();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        }));
    }

    private static OtherJvm.Result run(String test, String rows, String awaited, Path home,
                                       String classes) {
        return new OtherJvm(home, true).run(classes, List.of("-Dlaws=" + rows, archive.option()),
                RedTests.class.getName(), test, awaited);
    }
}
