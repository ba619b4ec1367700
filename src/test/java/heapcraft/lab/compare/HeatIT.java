package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Allocators that die, and those beside them.
class HeatIT {

    private static final Heat HEAT = new Heat(Work.SMALL, 1, Duration.ZERO, 0, 3, false);

    /// System behaves well, and jemalloc as it is told.
    private static Runners runners(String how, boolean kept) throws IOException {
        return new Runners((entrant, errors) -> runner(how, entrant, errors), kept);
    }

    private static Runner runner(String how, Entrant entrant, Path errors) throws IOException {
        return new Runner(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                FakeWorker.class.getName(), entrant == Entrant.SYSTEM ? "good" : how), Map.of(),
                errors);
    }

    private static List<Cell> run(Runners runners, Consumer<String> progress) throws IOException {
        return HEAT.run(List.of(Entrant.JEMALLOC, Entrant.SYSTEM), runners, progress);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "exits   | 1 | died: .*exit code 7",
        "throws  | 1 | died: .*IllegalStateException: broken on purpose.*",
        "babbles | 1 | said what no worker says: free\\(\\): invalid pointer",
        "full    | 1 | no memory for a block of 16 bytes",
        "spins   | 1 | gave no answer in 2 s of processor time",
        "missing | 0 | not here\\. Run: install it"})
    void who_drops_out_has_a_row_that_says_why_and_the_others_go_on(
            String how, int slices, String trouble) throws IOException {
        List<Cell> cells;
        try (Runners runners = runners(how, false)) {
            cells = run(runners, step -> { });
        }
        assertTrue(cells.getFirst().trouble().matches(trouble), cells.getFirst()::trouble);
        assertEquals(slices, cells.getFirst().slices().size());
        assertTrue(cells.getFirst().ending().isEmpty());
        assertEquals("", cells.getLast().trouble());
        assertEquals(3, cells.getLast().slices().size());
        assertFalse(cells.getLast().ending().isEmpty());
    }

    @Test
    void each_step_is_told_and_all_of_them_come_to_their_end() throws IOException {
        List<String> steps = new ArrayList<>();
        List<Cell> cells;
        try (Runners runners = runners("good", false)) {
            cells = run(runners, steps::add);
        }
        assertTrue(cells.stream().allMatch(cell -> cell.slices().size() == 3), cells::toString);
        assertEquals(List.of("small, 1 thread: warming up", "small, 1 thread: slice 1 of 3",
                "small, 1 thread: slice 2 of 3", "small, 1 thread: slice 3 of 3"), steps);
    }

    @ParameterizedTest
    @CsvSource({"true, exits", "false, exits", "true, good"})
    void who_dropped_out_of_one_heat_begins_the_next_one_afresh(boolean kept, String how)
            throws IOException {
        try (Runners runners = runners(how, kept)) {
            List<Cell> first = run(runners, step -> { });
            List<Cell> second = run(runners, step -> { });
            assertEquals(first.getFirst().slices().size(), second.getFirst().slices().size());
            assertEquals(3, second.getLast().slices().size());
        }
    }

    @Test
    void nothing_stays_on_the_disk() throws IOException {
        List<Path> folders = new ArrayList<>();
        try (Runners runners = new Runners((entrant, errors) -> {
            folders.add(errors.getParent());
            return runner("good", entrant, errors);
        }, false)) {
            run(runners, step -> { });
            assertTrue(Files.isDirectory(folders.getFirst()));
        }
        assertFalse(Files.exists(folders.getFirst()));
    }
}
