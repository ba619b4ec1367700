package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import heapcraft.mutants.RedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A process opens one library of each kind, and keeps it: so every test is a process of its own.
class LibrariesIT {

    /// A machine without any of them.
    private static final List<String> NONE = List.of("-Dheapcraft.jemalloc=/nowhere",
            "-Dheapcraft.mimalloc=/nowhere", "-Dheapcraft.tcmalloc=/nowhere");

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path directory;

    private OtherJvm.Result laws(String rows, List<String> options) {
        List<String> all = Stream.concat(Stream.of("-Dlaws=" + rows), options.stream()).toList();
        return new OtherJvm(directory, false).run(CLASS_PATH, all, RedTests.class.getName(),
                LawsTest.class.getName(), "");
    }

    private static void isGreen(OtherJvm.Result result) {
        assertFalse(result.output().contains("red: "), result.output());
        assertTrue(result.output().endsWith("end\n"), result.output());
    }

    /// Not only the one that is taken first.
    @TestFactory
    Stream<DynamicTest> every_build_there_is_keeps_the_laws() {
        Stream<String> places = Stream.concat(
                LibraryAlloc.present().stream().map(LibraryAlloc::path),
                Stream.of(jarred(), "libjemalloc.so.2", "libmimalloc.so.2",
                        "libtcmalloc_minimal.so.4", "libtcmalloc.so.4"));
        return places.collect(Collectors.toMap(place -> Path.of(place).getFileName().toString(),
                        place -> place, (first, same) -> first, TreeMap::new))
                .entrySet().stream().map(each ->
                        dynamicTest(each.getKey(), () -> keepsTheLaws(each.getValue())));
    }

    private static String jarred() {
        return JarredLibrary.unpacked("org/lwjgl/jemalloc", "jemalloc");
    }

    private void keepsTheLaws(String place) throws IOException {
        String name = Stream.of("jemalloc", "mimalloc", "tcmalloc").filter(place::contains)
                .findFirst().orElseThrow();
        String row = name.substring(0, 1).toUpperCase() + name.substring(1);
        isGreen(laws(row, List.of("-Dheapcraft." + name + "=" + place)));
        String table = Files.readString(directory.resolve("target/laws.txt"));
        assumeTrue(!table.contains("not tried"), table.lines().findFirst().orElse(""));
        assertTrue(table.startsWith("A  " + row + "\n"), table);
    }

    @Test
    void without_them_all_laws_are_tried_on_all_other_heaps() throws IOException {
        isGreen(laws("", NONE));
        String table = Files.readString(directory.resolve("target/laws.txt"));
        assertEquals(3, table.lines().filter(line -> line.matches(
                ". {2}(Jemalloc|Mimalloc|Tcmalloc): not tried\\. There is no usable .*")).count(),
                table);
        assertTrue(table.contains("  SystemAlloc\n"), table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jemalloc", "mimalloc", "tcmalloc"})
    void one_that_is_not_there_is_one_sentence_and_one_command(String name) {
        OtherJvm.Result result = new OtherJvm(directory, false).run(CLASS_PATH,
                Stream.concat(NONE.stream(), Stream.of("-Dheapcraft.global=" + name)).toList(),
                GlobalProbe.class.getName(), "use");
        assertNotEquals(0, result.exitCode());
        assertTrue(result.output().lines().anyMatch(line -> line.matches(".*-Dheapcraft.global="
                + name + ": There is no usable " + name + " on this machine \\(.+\\)\\. Run: .+")),
                result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jemalloc", "mimalloc", "tcmalloc"})
    void the_property_puts_one_in_force(String name) {
        OtherJvm.Result result = new OtherJvm(directory, false).run(CLASS_PATH,
                List.of("-Dheapcraft.global=" + name,
                        "-Dheapcraft.root=" + Path.of("").toAbsolutePath()),
                GlobalProbe.class.getName(), "use");
        assumeTrue(!result.output().contains("There is no usable"), result.output());
        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().toLowerCase().contains("heap: " + name), result.output());
    }
}
