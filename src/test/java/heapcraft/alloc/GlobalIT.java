package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program has one global heap, and it is chosen once: so every test is a program of its own.
class GlobalIT {

    @TempDir
    Path directory;

    private OtherJvm.Result run(List<String> options, String... steps) {
        String[] command = new String[steps.length + 1];
        command[0] = GlobalProbe.class.getName();
        System.arraycopy(steps, 0, command, 1, steps.length);
        return new OtherJvm(directory, false).run(directory + File.pathSeparator
                + System.getProperty("java.class.path"), options, command);
    }

    private void prints(String wanted, OtherJvm.Result result) {
        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains(wanted), "wanted: " + wanted + "\n" + result.output());
    }

    @Test
    void unless_told_otherwise_it_is_the_platforms_heap() {
        prints("heap: SystemAlloc", run(List.of()));
        prints("same: true", run(List.of()));
    }

    @Test
    void one_line_before_the_first_use_installs_another() {
        prints("heap: LimitedAlloc", run(List.of(), "install", "use"));
    }

    @Test
    void after_the_first_use_it_is_refused_with_the_reason_and_the_place() {
        OtherJvm.Result late = run(List.of(), "use", "install");
        prints("refused: the global heap is SystemAlloc[] since its first use", late);
        prints("GlobalProbe.main(GlobalProbe.java", late);
        prints("heap: SystemAlloc", late);
    }

    @Test
    void a_program_has_one() {
        OtherJvm.Result twice = run(List.of(), "install", "install");
        prints("refused: the global heap is already installed: LimitedAlloc", twice);
        prints("heap: LimitedAlloc", twice);
    }

    @Test
    void a_property_names_one_of_ours_or_any_class() {
        prints("heap: TrackingAllocator", run(List.of("-Dheapcraft.global=TrackingAllocator")));
        prints("heap: TrackingAllocator",
                run(List.of("-Dheapcraft.global=heapcraft.alloc.TrackingAllocator")));
        prints("heap: SystemAlloc", run(List.of("-Dheapcraft.global=system")));
    }

    @Test
    void the_line_goes_before_the_property() {
        prints("heap: LimitedAlloc",
                run(List.of("-Dheapcraft.global=TrackingAllocator"), "install"));
    }

    @Test
    void a_property_that_names_no_heap_says_so() {
        for (String name : List.of("Nonsense", "java.lang.String", "FailingAlloc")) {
            OtherJvm.Result result = run(List.of("-Dheapcraft.global=" + name), "use");
            assertNotEquals(0, result.exitCode());
            assertTrue(result.output().contains("-Dheapcraft.global=" + name + " names no heap"),
                    result.output());
        }
    }

    @Test
    void a_provider_on_the_class_path_is_taken_if_it_is_the_only_one() throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Path file = services.resolve(GlobalAlloc.class.getName());
        Files.writeString(file, TrackingAllocator.class.getName());
        prints("heap: TrackingAllocator", run(List.of()));
        prints("heap: SystemAlloc", run(List.of("-Dheapcraft.global=SystemAlloc")));
        Files.write(file, List.of(TrackingAllocator.class.getName(), SystemAlloc.class.getName()));
        OtherJvm.Result both = run(List.of(), "use");
        assertTrue(both.output().contains("the class path provides 2 global heaps"), both.output());
    }
}
