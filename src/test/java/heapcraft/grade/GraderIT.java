package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The grader against bad pupils. Each one is the same small exercise of three tests, of which the
/// second runs the pupil's code.
class GraderIT {

    private static final List<GradedTest> TESTS = Stream.of("first", "second", "third")
            .map(name -> new GradedTest(name, 1)).toList();

    /// What an exercise about native code may use.
    private static final String[] NATIVE = {"java.lang.foreign.Linker",
            "java.lang.foreign.SymbolLookup", "java.lang.foreign.MemorySegment.reinterpret",
            "java.lang.invoke.MethodHandle"};

    @TempDir
    private Path root;

    @BeforeEach
    void write_the_tests() throws IOException {
        write("src/test/java/ch00/PupilTest.java", """
                package ch00;
                import heapcraft.exercise.Claim;
                import org.junit.jupiter.api.*;
                class PupilTest {
                    @Test void first() { Claim.that("one()", Pupil::one).gives(1, "Return 1."); }
                    @Test void second() throws Throwable { Pupil.run(); }
                    @Test void third() { Claim.that("one()", Pupil::one).gives(1, "Return 1."); }
                }
                """);
    }

    @Test
    void full_marks_for_what_is_right() throws IOException {
        Graded graded = grade("");
        assertEquals("done", graded.state(), () -> graded.toString());
        assertEquals(3, graded.points());
    }

    @Test
    void a_segmentation_fault_costs_one_test_and_names_the_line() throws IOException {
        Graded graded = grade("""
                MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
                """, NATIVE);
        assertVerdicts(graded, Verdict.PASSED, Verdict.CRASHED, Verdict.PASSED);
        Finding finding = graded.results().get(1).finding();
        assertTrue(finding.got().contains("SIGSEGV"), finding::got);
        assertEquals(List.of("Pupil.java:8"), finding.where());
        assertEquals("", graded.output(), "the JVM's own words are not the pupil's");
    }

    @Test
    void a_crash_in_c_names_the_library_and_the_line() throws IOException {
        Graded graded = grade("""
                var length = Linker.nativeLinker().downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("strlen"),
                        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
                long n = (long) length.invokeExact(MemorySegment.ofAddress(8));
                """, NATIVE);
        assertVerdicts(graded, Verdict.PASSED, Verdict.CRASHED, Verdict.PASSED);
        assertTrue(graded.results().get(1).finding().got()
                .matches(".*SIGSEGV in libc\\S*( \\S+)?, at Pupil.java:11"), graded::toString);
    }

    @Test
    void the_heap_that_a_failing_test_used_comes_along() throws IOException {
        Graded graded = grade("""
                var heap = new heapcraft.exercise.WitnessHeap();
                var layout = new heapcraft.alloc.Layout(24, 8);
                heap.dealloc(heap.alloc(layout), layout);
                heapcraft.exercise.Claim.that("its blocks", heap::liveBlocks).gives(1L, "Count.");
                """);
        assertVerdicts(graded, Verdict.PASSED, Verdict.WRONG, Verdict.PASSED);
        String trace = graded.results().get(1).finding().trace();
        assertTrue(trace.matches("heapcraft-trace 1\nalloc 1 24 8 @[0-9a-f]+\nfree 1\n"), trace);
        assertEquals("", graded.results().getFirst().finding().trace());
    }

    @Test
    void a_native_exit_costs_one_test() throws IOException {
        Graded graded = grade("""
                var exit = Linker.nativeLinker().downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("_exit"),
                        FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
                exit.invokeExact(0);
                """, NATIVE);
        assertVerdicts(graded, Verdict.PASSED, Verdict.EXITED, Verdict.PASSED);
    }

    @Test
    void an_endless_loop_costs_one_test_and_names_the_line() throws IOException {
        Graded graded = grade("while (one() == 1) { }");
        assertVerdicts(graded, Verdict.PASSED, Verdict.TIMED_OUT, Verdict.PASSED);
        assertEquals("Pupil.java:8", graded.results().get(1).finding().where().getLast());
    }

    @Test
    void a_full_java_heap_costs_one_test() throws IOException {
        Graded graded = grade("""
                var kept = new java.util.ArrayList<long[]>();
                while (true) kept.add(new long[1 << 20]);
                """);
        assertVerdicts(graded, Verdict.PASSED, Verdict.OUT_OF_MEMORY, Verdict.PASSED);
    }

    @Test
    void a_full_java_heap_is_no_wrong_answer_to_a_claim() throws IOException {
        write("exercises/ch00/Pupil.java", """
                package ch00;
                class Pupil {
                    static int one() { return new long[Integer.MAX_VALUE].length; }
                    static void run() { }
                }
                """);
        Graded graded = gradeFile();
        assertVerdicts(graded, Verdict.OUT_OF_MEMORY, Verdict.PASSED, Verdict.OUT_OF_MEMORY);
        assertEquals(List.of("Pupil.java:3"), graded.results().getFirst().finding().where());
    }

    @Test
    void whatever_is_thrown_the_pupils_line_comes_first() throws IOException {
        for (String line : List.of("throw new IllegalStateException();",
                "Integer.parseInt(\"x\");",
                "java.util.List.of(1).forEach(i -> { throw new Error(); });",
                "new Object() { int x = 1 / (one() - 1); };",
                "class A { static int x = Integer.parseInt(\"x\"); } A.x++;",
                "try { Integer.parseInt(\"x\"); } catch (Exception e) { throw new Error(e); }",
                "java.util.concurrent.CompletableFuture.runAsync(() -> Integer.parseInt(\"x\")).join();",
                "run();",
                "System.out.println(new long[Integer.MAX_VALUE]);")) {
            Finding finding = grade(line).results().get(1).finding();
            assertTrue(finding.where().indexOf("Pupil.java:8") == 0, line + ": " + finding);
        }
    }

    @Test
    void native_memory_is_bounded_by_the_operating_system() throws IOException {
        Graded graded = grade("while (true) Arena.global().allocate(64 << 20).fill((byte) 1);");
        assertVerdicts(graded, Verdict.PASSED, Verdict.OUT_OF_MEMORY, Verdict.PASSED);
    }

    @Test
    void a_flood_of_output_is_cut_and_counted() throws IOException {
        Graded graded = grade("for (int i = 0; i < 1 << 20; i++) System.out.println(\"flood\");");
        assertEquals("done", graded.state());
        assertTrue(graded.output().length() < 70_000);
        assertTrue(graded.output().endsWith("bytes more"), graded::output);
    }

    @Test
    void what_the_exercise_does_not_allow_is_refused_by_line() throws IOException {
        for (String line : List.of("Runtime.getRuntime().halt(0);", "System.exit(0);",
                "MemorySegment.NULL.reinterpret(8);", "Linker.nativeLinker();",
                "new ProcessBuilder(\"true\").start();", "Class.forName(\"java.lang.Runtime\");",
                "java.nio.file.Files.list(null);")) {
            Graded graded = grade(line);
            assertVerdicts(graded, Verdict.FORBIDDEN, Verdict.FORBIDDEN, Verdict.FORBIDDEN);
            assertEquals(List.of("Pupil.java:8"), graded.results().get(1).finding().where(), line);
        }
    }

    @Test
    void a_method_reference_does_not_get_round_the_scan() throws IOException {
        Graded graded = grade("java.util.function.IntConsumer out = System::exit; out.accept(0);");
        assertVerdicts(graded, Verdict.FORBIDDEN, Verdict.FORBIDDEN, Verdict.FORBIDDEN);
    }

    @Test
    void a_test_that_measures_earns_part_of_its_points() throws IOException {
        measuringTest("");
        Graded graded = grade("");
        assertEquals("done", graded.state(), graded::toString);
        assertEquals(List.of(1, 0, 1), graded.results().stream().map(Result::points).toList());
        assertEquals(List.of("steps 80.0 (reference 10.0, best known 5.00): 0/1"), graded.measured()
                .stream().map(result -> result.measure().orElseThrow()).toList());
    }

    @Test
    void what_a_failing_test_has_measured_earns_nothing() throws IOException {
        measuringTest("throw new IllegalStateException();");
        Graded graded = grade("");
        assertVerdicts(graded, Verdict.PASSED, Verdict.WRONG, Verdict.PASSED);
        assertEquals(2, graded.points());
    }

    @Test
    void the_pupil_may_not_speak_of_scores() throws IOException {
        measuringTest("");
        for (String line : List.of("heapcraft.exercise.Score.more(\"m\", 1, 0, 1, 1);",
                "new heapcraft.exercise.Score(\"m\", true, 1, 1, 1, 1);",
                "org.junit.jupiter.api.TestReporter r = null; r.publishEntry(\"score\", \"m\");")) {
            assertVerdicts(grade(line), Verdict.FORBIDDEN, Verdict.FORBIDDEN, Verdict.FORBIDDEN);
        }
    }

    /// The tests again, of which the second one measures.
    private void measuringTest(String atItsEnd) throws IOException {
        write("src/test/java/ch00/PupilTest.java", """
                package ch00;
                import heapcraft.exercise.Score;
                import org.junit.jupiter.api.*;
                class PupilTest {
                    private final TestReporter reporter;
                    PupilTest(TestReporter reporter) { this.reporter = reporter; }
                    @Test void first() { Assertions.assertEquals(1, Pupil.one()); }
                    @Test void second() throws Throwable {
                        Pupil.run();
                        Score.less("steps", 80, 160, 10, 5).to(reporter);
                        %s
                    }
                    @Test void third() { reporter.publishEntry("verdict", "WRONG"); }
                }
                """.formatted(atItsEnd));
    }

    @Test
    void a_gap_reads_as_to_do_inside_an_assertion_too() throws IOException {
        write("src/test/java/ch00/PupilTest.java", """
                package ch00;
                import org.junit.jupiter.api.*;
                class PupilTest {
                    @Test void first() { Pupil.one(); }
                    @Test void second() { Assertions.assertThrows(RuntimeException.class, Pupil::run); }
                    @Test void third() { Pupil.one(); }
                }
                """);
        Graded graded = grade("throw heapcraft.exercise.Todo.todo(\"write this\");");
        assertVerdicts(graded, Verdict.PASSED, Verdict.TODO, Verdict.PASSED);
        assertEquals("to do", graded.state());
    }

    @Test
    void a_compile_error_is_shown_with_its_line() throws IOException {
        Graded graded = grade("int x = \"no\";");
        assertVerdicts(graded, Verdict.DOES_NOT_COMPILE, Verdict.DOES_NOT_COMPILE,
                Verdict.DOES_NOT_COMPILE);
        assertEquals("Pupil.java:8", graded.results().getFirst().finding().call());
    }

    @Test
    void an_unknown_name_is_asked_for_its_import() throws IOException {
        Finding finding = grade("Layout layout = null;").results().getFirst().finding();
        assertTrue(finding.next().contains("imported at the top"), finding::toString);
    }

    @Test
    void a_checked_exception_in_a_signature_is_named() throws IOException {
        write("exercises/ch00/Pupil.java",
                pupil("").replace("int one()", "int one() throws Exception"));
        Finding finding = gradeFile().results().getFirst().finding();
        assertTrue(finding.next().contains("no checked exception"), finding::toString);
    }

    @Test
    void a_changed_signature_is_named() throws IOException {
        write("exercises/ch00/Pupil.java", "package ch00; class Pupil { static void run() { } }");
        Graded graded = gradeFile();
        assertVerdicts(graded, Verdict.DOES_NOT_COMPILE, Verdict.DOES_NOT_COMPILE,
                Verdict.DOES_NOT_COMPILE);
        assertTrue(graded.results().getFirst().finding().got().contains("one"), graded::toString);
    }

    @Test
    void a_class_in_the_tests_place_is_refused() throws IOException {
        write("exercises/ch00/Pupil.java", pupil("") + "class PupilTest { }");
        assertVerdicts(gradeFile(), Verdict.DOES_NOT_COMPILE, Verdict.DOES_NOT_COMPILE,
                Verdict.DOES_NOT_COMPILE);
    }

    @Test
    void a_missing_file_is_said() throws IOException {
        assertVerdicts(gradeFile(), Verdict.DOES_NOT_COMPILE, Verdict.DOES_NOT_COMPILE,
                Verdict.DOES_NOT_COMPILE);
    }

    @Test
    void a_thread_left_running_keeps_nobody_waiting() throws IOException {
        assertEquals("done", grade("new Thread(() -> { while (one() == 1) { } }).start();").state());
    }

    @Test
    void a_thread_that_goes_on_is_gone_in_the_next_test() throws IOException {
        thirdTest("""
                Assertions.assertTrue(Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("left")));
                """);
        assertEquals("done", grade("""
                new Thread(() -> { while (one() == 1) Thread.onSpinWait(); }, "left").start();
                """).state());
    }

    @Test
    void memory_that_ran_out_is_there_again_in_the_next_test() throws IOException {
        thirdTest("java.lang.foreign.Arena.global().allocate(512 << 20);");
        assertVerdicts(grade("while (true) Arena.global().allocate(64 << 20).fill((byte) 1);"),
                Verdict.PASSED, Verdict.OUT_OF_MEMORY, Verdict.PASSED);
    }

    @Test
    void too_many_threads_cost_one_test() throws IOException {
        Graded graded = grade("""
                var never = new java.util.concurrent.CountDownLatch(1);
                while (true) new Thread(() -> {
                    try { never.await(); } catch (InterruptedException e) { }
                }).start();
                """);
        assertVerdicts(graded, Verdict.PASSED, Verdict.OUT_OF_MEMORY, Verdict.PASSED);
    }

    @Test
    void a_process_that_the_system_killed_is_not_asked_about_addresses() throws IOException {
        Graded graded = grade("""
                var kill = Linker.nativeLinker().downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("raise"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                int result = (int) kill.invokeExact(9);
                """, NATIVE);
        assertVerdicts(graded, Verdict.PASSED, Verdict.OUT_OF_MEMORY, Verdict.PASSED);
        assertTrue(graded.results().get(1).finding().got().contains("SIGKILL"), graded::toString);
    }

    @Test
    void a_child_process_does_not_outlive_its_worker_without_bubblewrap_either() throws Exception {
        String sleep = "sleep " + (70_000 + ProcessHandle.current().pid() % 1_000);
        write("exercises/ch00/Pupil.java", pupil("""
                var system = Linker.nativeLinker().downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("system"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
                int result = (int) system.invokeExact(Arena.global().allocateFrom("%s &"));
                """.formatted(sleep)));
        Exercise exercise = exercise(NATIVE);
        Path scratch = Files.createDirectory(root.resolve("scratch"));
        Trial trial = new Trial(exercise);
        trial.run(new Compilation(new Project(root, root.resolve("exercises")), exercise, scratch,
                        Optional.empty()),
                new Workshop(Cage.LIMITS, scratch, List.of()));
        assertEquals(List.of(Verdict.PASSED, Verdict.PASSED, Verdict.PASSED),
                trial.results().stream().map(Result::verdict).toList());
        // A process that was told to die is still to be seen for a moment.
        for (int looks = 0; isRunning(sleep) && looks < 100; looks++) {
            Thread.sleep(100);
        }
        assertFalse(isRunning(sleep));
    }

    private static boolean isRunning(String command) {
        return ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream())
                .anyMatch(line -> line.endsWith(command));
    }

    @Test
    void a_class_that_shadows_the_test_library_is_refused() throws IOException {
        write("exercises/ch00/Pupil.java", """
                package org.junit.jupiter.api;
                public class Assertions {
                    public static void assertEquals(int a, int b) { }
                }
                """);
        assertVerdicts(gradeFile(), Verdict.DOES_NOT_COMPILE, Verdict.DOES_NOT_COMPILE,
                Verdict.DOES_NOT_COMPILE);
    }

    @Test
    void resources_beside_the_exercise_do_not_reach_the_tests() throws IOException {
        write("exercises/junit-platform.properties",
                "junit.jupiter.conditions.deactivate=*\njunit.jupiter.extensions.autodetection.enabled=true\n");
        write("exercises/META-INF/services/org.junit.jupiter.api.extension.Extension", "ch00.Pupil\n");
        thirdTest("""
                Assertions.assertNull(Pupil.class.getClassLoader()
                        .getResource("junit-platform.properties"));
                """);
        assertVerdicts(grade("throw new IllegalStateException();"),
                Verdict.PASSED, Verdict.WRONG, Verdict.PASSED);
    }

    @Test
    void a_project_in_a_deep_folder_is_graded_too() throws IOException {
        root = Files.createDirectories(root.resolve("deep/".repeat(20)));
        write_the_tests();
        assertEquals("done", grade("").state());
    }

    @Test
    void what_a_killed_grader_left_is_cleared_away_later() throws IOException {
        Path old = Files.createDirectories(root.resolve("target/grade/work/old"));
        Files.writeString(old.resolve("Pupil.class"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path young = Files.createDirectories(root.resolve("target/grade/work/young"));
        grade("");
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young), "somebody else may be grading");
    }

    @Test
    void static_state_does_not_leak_from_one_test_to_the_next() throws IOException {
        write("src/test/java/ch00/PupilTest.java", """
                package ch00;
                import org.junit.jupiter.api.*;
                class PupilTest {
                    @Test void first() { Assertions.assertEquals(1, Pupil.one()); }
                    @Test void second() { Assertions.assertEquals(1, Pupil.one()); }
                    @Test void third() { Assertions.assertEquals(1, Pupil.one()); }
                }
                """);
        write("exercises/ch00/Pupil.java",
                "package ch00; class Pupil { static int n; static int one() { return ++n; } }");
        assertEquals("done", gradeFile().state());
    }

    @Test
    void the_seed_reaches_the_tests() throws IOException {
        write("src/test/java/ch00/PupilTest.java", """
                package ch00;
                import org.junit.jupiter.api.*;
                class PupilTest {
                    @Test void first() { Assertions.assertEquals(7, Long.getLong("heapcraft.seed")); }
                    @Test void second() { Pupil.one(); }
                    @Test void third() { Pupil.one(); }
                }
                """);
        System.setProperty("heapcraft.seed", "7");
        try {
            assertEquals("done", grade("").state());
        } finally {
            System.clearProperty("heapcraft.seed");
        }
    }

    @Test
    void a_verdict_printed_by_the_pupil_is_no_verdict() throws IOException {
        Graded graded = grade("""
                System.out.println("{\\"event\\":\\"FINISHED\\",\\"test\\":\\"second\\",\\"verdict\\":\\"PASSED\\"}");
                throw new IllegalStateException("no");
                """);
        assertVerdicts(graded, Verdict.PASSED, Verdict.WRONG, Verdict.PASSED);
    }

    @Test
    void the_pupil_does_not_see_the_drivers_environment() throws IOException {
        assertTrue(System.getenv().containsKey("HOME"), "this test needs a variable to hide");
        assertEquals("done", grade("if (System.getenv(\"HOME\") != null) throw new Error();",
                "java.lang.System.getenv").state());
    }

    @Test
    void nothing_outside_the_scratch_folder_can_be_written() throws IOException {
        if (Cage.best() != Cage.BUBBLEWRAP) {
            return;
        }
        Path victim = root.resolve("victim.txt");
        grade("java.nio.file.Files.writeString(java.nio.file.Path.of(\"" + victim + "\"), \"x\");",
                "java.nio.file.");
        assertFalse(Files.exists(victim));
    }

    private Graded grade(String body, String... allows) throws IOException {
        write("exercises/ch00/Pupil.java", pupil(body));
        return gradeFile(allows);
    }

    private Graded gradeFile(String... allows) {
        return new Grader(new Project(root, root.resolve("exercises")))
                .grade(List.of(exercise(allows)), done -> { }).exercises().getFirst();
    }

    private static Exercise exercise(String... allows) {
        return new Exercise("ch00", "Pupil", 1, List.of(), TESTS, List.of(), List.of(),
                List.of(allows), List.of());
    }

    /// The tests again, with another third one.
    private void thirdTest(String body) throws IOException {
        write("src/test/java/ch00/PupilTest.java", """
                package ch00;
                import org.junit.jupiter.api.*;
                class PupilTest {
                    @Test void first() { Assertions.assertEquals(1, Pupil.one()); }
                    @Test void second() throws Throwable { Pupil.run(); }
                    @Test void third() {
                        %s
                    }
                }
                """.formatted(body));
    }

    /// The pupil's code stands in line 8.
    private static String pupil(String body) {
        return """
                package ch00;

                import java.lang.foreign.*;

                class Pupil {
                    static int one() { return 1; }
                    static void run() throws Throwable {
                %s
                    }
                }
                """.formatted(body.strip());
    }

    private static void assertVerdicts(Graded graded, Verdict... wanted) {
        assertEquals(List.of(wanted), graded.results().stream().map(Result::verdict).toList(),
                graded::toString);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
