package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The tests tested: every mistake in `src/test/resources/mutants` is put into the library, and the
/// test named there must go red.
///
/// A wrong allocator may destroy the JVM it runs in, so each has one of its own, without anything
/// it could write to.
class MutantsIT {

    private static final Path MUTANTS = Path.of("src", "test", "resources", "mutants");

    @TempDir
    Path directory;

    private static List<Mutant> mutants() throws IOException {
        try (Stream<Path> files = Files.list(MUTANTS)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted()
                    .map(Mutant::read).toList();
        }
    }

    private ChildJvm.Result run(String test, String rows, String awaited, Path home) {
        return new ChildJvm(home, true).run(home, List.of("-Dlaws=" + rows),
                RedTests.class.getName(), "heapcraft.alloc." + test, awaited);
    }

    @TestFactory
    Stream<DynamicTest> every_mistake_turns_its_test_red() throws IOException {
        String only = System.getProperty("mutant", "");
        return mutants().stream().filter(mutant -> mutant.name().startsWith(only))
                .map(mutant -> dynamicTest(mutant.toString(), () -> {
                    Path home = Files.createDirectory(directory.resolve(mutant.name()));
                    mutant.compileInto(home);
                    ChildJvm.Result result = run(mutant.test(), mutant.rows(), mutant.red(), home);
                    assertTrue(result.output().contains("red: " + mutant.red() + "\n"),
                            () -> mutant + " is not noticed by \"" + mutant.red() + "\": exit code "
                                    + result.exitCode() + "\n" + result.output());
                }));
    }

    /// Without a mistake the same tests in the same place are green.
    @TestFactory
    Stream<DynamicTest> the_library_itself_is_green() throws IOException {
        return mutants().stream().map(Mutant::test).distinct().map(test -> dynamicTest(test, () -> {
            Path home = Files.createDirectory(directory.resolve(test));
            ChildJvm.Result result = run(test, "", "", home);
            assertFalse(result.output().contains("red: "), result.output());
            assertTrue(result.output().endsWith("end\n"), result.output());
        }));
    }
}
