package heapcraft.lab.compare;

import heapcraft.lab.compare.Comparison.Length;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs that nobody has run, for tests of what is said about them.
final class MadeUp {

    private static final Map<String, String> MACHINE = Map.of("date", "2026-01-01");
    static final long MB = 1_000_000;

    private MadeUp() { }

    /// A cell whose slices took these nanoseconds for each of 1000 blocks.
    static Cell cell(Entrant entrant, Work work, int threads, long sleeps, double... nanos) {
        List<Slice> slices = new ArrayList<>();
        for (double each : nanos) {
            slices.add(new Slice((long) (each * 1000), sleeps, 1000, 20 * MB, 110 * MB));
        }
        return new Cell(entrant, work, threads, new Ready(70 * MB, 0, "version of " + entrant),
                slices, Optional.of(new Ending(5 * MB, 90 * MB, 130 * MB, 80 * MB, "3 arenas;")),
                "");
    }

    /// The same with so many bytes resident after its last slice.
    static Cell resident(Cell cell, long bytes) {
        Slice last = cell.slices().getLast();
        return new Cell(cell.entrant(), cell.work(), cell.threads(), cell.ready(),
                List.of(new Slice(last.nanos(), last.sleeps(), last.blocks(), last.live(), bytes)),
                cell.ending(), cell.trouble());
    }

    static Cell troubled(Entrant entrant, Work work, String trouble) {
        return new Cell(entrant, work, 1, new Ready(-1, 0, ""), List.of(), Optional.empty(),
                trouble);
    }

    static Comparison run(Cell... cells) {
        return new Comparison(MACHINE, Length.FULL, List.of(cells));
    }

    /// Everyone does everything equally well.
    static Comparison whole() {
        List<Cell> cells = new ArrayList<>();
        for (Work work : Comparison.WORKS) {
            for (int threads : Length.FULL.threads(work)) {
                for (Entrant entrant : Entrant.values()) {
                    if (threads == 1 || entrant.isShared()) {
                        cells.add(cell(entrant, work, threads, 2, 123_456.7, 132_456.7));
                    }
                }
            }
        }
        return new Comparison(MACHINE, Length.FULL, cells);
    }
}
