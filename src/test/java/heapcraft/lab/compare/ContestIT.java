package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.lab.compare.Comparison.Length;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A whole run, with real allocators in real processes.
class ContestIT {

    @Test
    void everyone_who_is_here_comes_to_the_end_of_small_blocks() throws IOException {
        List<String> steps = new ArrayList<>();
        Comparison run = Comparison.of(List.of(Work.SMALL), Length.QUICK, steps::add);
        assertFalse(run.entrants().isEmpty());
        for (Cell cell : run.cells()) {
            assertTrue(cell.isMissing() || cell.trouble().isEmpty(),
                    () -> cell.entrant() + ": " + cell.trouble());
            assertTrue(cell.isMissing() || cell.slices().size() == Length.QUICK.slices,
                    () -> cell.entrant() + ": " + cell.slices());
        }
        assertTrue(steps.getFirst().startsWith("1/2  small"),
                steps::toString);
    }

    @Test
    void an_arena_that_frees_nothing_runs_full_where_blocks_come_and_go() throws IOException {
        List<Cell> cells;
        try (Runners runners = new Runners(Runner::start, false)) {
            cells = Length.FULL.heat(Work.CHURN, 1).run(List.of(Entrant.BUMP), runners,
                    step -> { });
        }
        assertEquals("no memory for a block of", cells.getFirst().trouble()
                .replaceAll(" \\d+ bytes$", ""));
    }
}
