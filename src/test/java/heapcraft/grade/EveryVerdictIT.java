package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole class of bad pupils in one run: every verdict there is, side by side.
///
/// Each has an exercise of three tests worth 1, 2 and 3 points, and only the second runs the
/// pupil's own code.
class EveryVerdictIT {

    /// A process that would sleep on until tomorrow, and can be told from all others.
    private static final String SLEEP = "sleep " + (80_000 + ProcessHandle.current().pid() % 1_000);

    private static final String CALLS_C = """
            var linker = Linker.nativeLinker();
            var call = linker.downcallHandle(linker.defaultLookup().findOrThrow("%s"),
                    FunctionDescriptor.ofVoid(%s));
            call.invokeExact(%s);
            """;

    /// @param verdict the second test's; all three tests' where nothing can be run
    private record Pupil(String id, Verdict verdict, String code) {

        Exercise exercise() {
            List<GradedTest> tests = List.of(new GradedTest("first", 1), new GradedTest("second", 2),
                    new GradedTest("third", 3));
            return new Exercise("ch00", id, 1, List.of(), tests, List.of(), List.of(),
                    List.of("java.lang.foreign.Linker", "java.lang.foreign.SymbolLookup",
                            "java.lang.foreign.MemorySegment.reinterpret",
                            "java.lang.invoke.MethodHandle"), List.of());
        }

        List<Verdict> verdicts() {
            return switch (verdict) {
                case DOES_NOT_COMPILE, FORBIDDEN -> List.of(verdict, verdict, verdict);
                default -> List.of(Verdict.PASSED, verdict, Verdict.PASSED);
            };
        }

        int points() {
            return switch (verdict) {
                case PASSED -> 6;
                case DOES_NOT_COMPILE, FORBIDDEN -> 0;
                default -> 4;
            };
        }
    }

    private static final List<Pupil> CLASS = List.of(
            new Pupil("Right", Verdict.PASSED, ""),
            new Pupil("Gap", Verdict.TODO, "throw heapcraft.exercise.Todo.todo(\"write this\");"),
            new Pupil("Mistaken", Verdict.WRONG, "throw new IllegalStateException();"),
            new Pupil("Typo", Verdict.DOES_NOT_COMPILE, "int x = \"no\";"),
            new Pupil("Halts", Verdict.FORBIDDEN, "Runtime.getRuntime().halt(0);"),
            new Pupil("Wild", Verdict.CRASHED,
                    "MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);"),
            new Pupil("Aborts", Verdict.CRASHED, CALLS_C.formatted("abort", "", "")),
            new Pupil("Loops", Verdict.TIMED_OUT, "while (one() == 1) { }"),
            new Pupil("Talks", Verdict.TIMED_OUT, "while (one() == 1) System.out.println(\"talk\");"),
            new Pupil("Hoards", Verdict.OUT_OF_MEMORY,
                    "while (true) Arena.global().allocate(64 << 20).fill((byte) 1);"),
            new Pupil("Piles", Verdict.OUT_OF_MEMORY,
                    "var kept = new java.util.ArrayList<long[]>(); while (true) kept.add(new long[1 << 20]);"),
            new Pupil("Leaves", Verdict.EXITED,
                    CALLS_C.formatted("_exit", "ValueLayout.JAVA_INT", "0")),
            new Pupil("Forks", Verdict.PASSED, CALLS_C.formatted("system", "ValueLayout.ADDRESS",
                    "Arena.global().allocateFrom(\"" + SLEEP + " &\")")),
            new Pupil("Spawns", Verdict.PASSED,
                    "new Thread(() -> { while (one() == 1) Thread.onSpinWait(); }).start();"),
            new Pupil("Untested", Verdict.GRADER_ERROR, ""));

    @TempDir
    private static Path root;
    private static Map<String, String> before;
    private static Report report;

    @BeforeAll
    static void grade_the_class() throws IOException {
        for (Pupil pupil : CLASS) {
            write("exercises/ch00/" + pupil.id + ".java", """
                    package ch00;
                    import java.lang.foreign.*;
                    class %s {
                        static int one() { return 1; }
                        static void run() throws Throwable {
                            %s
                        }
                    }
                    """.formatted(pupil.id, pupil.code));
            write("src/test/java/ch00/" + pupil.id + "Test.java", """
                    package ch00;
                    import static org.junit.jupiter.api.Assertions.*;
                    import org.junit.jupiter.api.*;
                    class %1$sTest {
                        @Test void first() { assertEquals(1, %1$s.one()); }
                        %2$s void second() throws Throwable { %1$s.run(); }
                        @Test void third() { assertEquals(1, %1$s.one()); }
                    }
                    """.formatted(pupil.id, pupil.id.equals("Untested") ? "" : "@Test"));
        }
        before = files();
        report = Reports.write(new Grader(new Project(root, root.resolve("exercises")))
                .grade(CLASS.stream().map(Pupil::exercise).toList(), done -> { }));
    }

    @Test
    void the_class_has_every_verdict_there_is() {
        assertEquals(EnumSet.allOf(Verdict.class),
                CLASS.stream().map(Pupil::verdict).collect(Collectors.toCollection(
                        () -> EnumSet.noneOf(Verdict.class))));
    }

    @Test
    void each_verdict_is_named_rightly() {
        assertEquals(byPupil(Pupil::verdicts), byGraded(graded -> graded.results().stream()
                .map(Result::verdict).toList()));
    }

    @Test
    void the_points_of_all_other_tests_stay() {
        assertEquals(byPupil(Pupil::points), byGraded(Graded::points));
        assertEquals(CLASS.stream().mapToInt(Pupil::points).sum(), report.points());
    }

    @Test
    void nothing_is_left_running() {
        List<String> left = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.endsWith(SLEEP) || command.contains(root.toString()))
                .toList();
        assertEquals(List.of(), left);
    }

    @Test
    void nothing_is_written_but_reports_and_progress() throws IOException {
        assertEquals(before, files());
        assertEquals(Set.of("report.html", "report.json"), names("target/grade", "aot", "work"));
        assertEquals(Set.of(), names("target/grade/work"));
    }

    private static Map<String, Object> byPupil(Function<Pupil, Object> what) {
        return CLASS.stream().collect(Collectors.toMap(Pupil::id, what, (a, _) -> a, TreeMap::new));
    }

    private static Map<String, Object> byGraded(Function<Graded, Object> what) {
        return report.exercises().stream().collect(Collectors.toMap(
                graded -> graded.exercise().id(), what, (a, _) -> a, TreeMap::new));
    }

    /// Every file of the project outside `target/` and `.lab/`, with its content.
    private static Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!name.startsWith("target/") && !name.startsWith(".lab/")) {
                    found.put(name, Files.readString(file));
                }
            }
        }
        return found;
    }

    private static Set<String> names(String folder, String... but) throws IOException {
        try (Stream<Path> children = Files.list(root.resolve(folder))) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> !Arrays.asList(but).contains(name))
                    .collect(Collectors.toSet());
        }
    }

    private static void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
