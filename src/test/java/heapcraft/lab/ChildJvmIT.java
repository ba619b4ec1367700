package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.lab.ChildJvm.Death;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChildJvmIT {

    private static final String CRASH =
            "MemorySegment.ofAddress(8).reinterpret(4).get(JAVA_INT, 0);";

    private static Death run(String statements) {
        return ChildJvm.run(statements, ChildJvm.DEADLINE);
    }

    @Test
    void shows_what_the_child_printed_and_that_it_ended_well() {
        Death death = run("IO.println(\"first\"); IO.println(\"제자리\");");
        assertEquals(List.of("first", "제자리"), death.lines());
        assertEquals(0, death.exitCode());
    }

    @Test
    void imports_the_library_and_the_jdk() {
        Death death = run("IO.println(new Layout(9, 1).paddingNeededFor(JAVA_INT.byteSize()));");
        assertEquals(List.of("3"), death.lines());
    }

    @Test
    void tells_a_crash_by_its_signal_not_by_forty_lines() {
        Death death = run("IO.println(\"before\"); " + CRASH);
        assertEquals(2, death.lines().size(), death::toString);
        assertEquals("before", death.lines().getFirst());
        assertTrue(death.lines().getLast().matches("SIG\\w+|EXCEPTION_\\w+"), death::toString);
        assertNotEquals(0, death.exitCode());
    }

    @Test
    void a_crash_leaves_no_file_behind() throws IOException {
        List<Path> before = traces();
        run(CRASH);
        assertEquals(before, traces());
    }

    private static List<Path> traces() throws IOException {
        try (Stream<Path> here = Files.list(Path.of(""));
             Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return Stream.concat(here, temporary.filter(file -> file.getFileName().toString()
                    // Another process may run such children at the same time.
                    .startsWith("heapcraft-child-" + ProcessHandle.current().pid() + "-")))
                    .sorted().toList();
        }
    }

    @Test
    void shows_an_exception_without_its_frames() {
        Death death = run("throw new IllegalStateException(\"no\");");
        assertEquals(List.of("Exception in thread \"main\" java.lang.IllegalStateException: no"),
                death.lines());
        assertEquals(1, death.exitCode());
    }

    @Test
    void ends_a_child_that_does_not_end() {
        Death death = ChildJvm.run("while (true) Thread.sleep(100);", Duration.ofSeconds(2));
        assertEquals(Death.TIMED_OUT, death.exitCode());
        assertTrue(death.toString().contains("was killed"), death::toString);
    }

    @Test
    void checks_assertions() {
        assertFalse(run("assert false : \"seen\";").lines().isEmpty());
    }
}
