package heapcraft.lab.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What came out: a cell for each allocator, workload and number of threads that was run.
///
/// @param machine what the figures are worth nothing without
/// @param length  how much was measured
/// @param cells   in the order in which they were run
record Comparison(Map<String, String> machine, Length length, List<Cell> cells) {

    /// How much is measured.
    enum Length {
        /// Enough to see that everything runs, not to believe it.
        QUICK(Duration.ofMillis(100), 1, 3),
        /// What the documentation shows.
        FULL(Duration.ofMillis(350), 2, 13);

        /// So long a worker warms up.
        final Duration warm;
        /// Slices at the beginning that do not count.
        final int settle;
        /// Slices that do.
        final int slices;

        Length(Duration warm, int settle, int slices) {
            this.warm = warm;
            this.settle = settle;
            this.slices = slices;
        }

        /// How many threads do a workload: one, then more.
        List<Integer> threads(Work work) {
            return this == FULL ? List.of(1, 2, 4, 8)
                    : work == Work.SMALL ? List.of(1, 4) : List.of(1);
        }

        Heat heat(Work work, int threads) {
            return new Heat(work, threads, warm, settle, slices, false);
        }
    }

    /// The workloads that are compared; the days of [Creeping] are an experiment of their own.
    static final List<Work> WORKS = List.of(Work.SMALL, Work.MIXED, Work.HANDOVER, Work.GROWING,
            Work.LARGE, Work.CHURN);

    /// Runs workloads on all allocators.
    ///
    /// @param progress hears of each step
    static Comparison of(List<Work> works, Length length, Consumer<String> progress)
            throws IOException {
        List<Heat> heats = new ArrayList<>();
        for (Work work : works) {
            length.threads(work).forEach(threads -> heats.add(length.heat(work, threads)));
        }
        return run(heats, length, progress);
    }

    /// Runs these heats one after the other.
    static Comparison run(List<Heat> heats, Length length, Consumer<String> progress)
            throws IOException {
        Map<String, String> machine = Machine.facts();
        List<Cell> cells = new ArrayList<>();
        try (Runners runners = new Runners(Runner::start, length == Length.QUICK)) {
            for (int i = 0; i < heats.size(); i++) {
                Heat heat = heats.get(i);
                String at = (i + 1) + "/" + heats.size() + "  ";
                cells.addAll(heat.run(entrants(heat.threads(), cells), runners,
                        step -> progress.accept(at + step)));
            }
        }
        return new Comparison(machine, length, List.copyOf(cells));
    }

    /// Who can serve so many threads; who was not here the first time is not looked for again.
    private static List<Entrant> entrants(int threads, List<Cell> soFar) {
        return Arrays.stream(Entrant.values())
                .filter(entrant -> threads == 1 || entrant.isShared())
                .filter(entrant -> soFar.stream().noneMatch(
                        cell -> cell.entrant() == entrant && cell.isMissing()))
                .toList();
    }

    /// The cell of an allocator, or none where it was not run.
    Optional<Cell> cell(Entrant entrant, Work work, int threads) {
        return cells.stream().filter(cell -> cell.entrant() == entrant && cell.work() == work
                && cell.threads() == threads).findFirst();
    }

    /// The workloads that were run.
    List<Work> works() {
        return cells.stream().map(Cell::work).distinct().toList();
    }

    /// The numbers of threads that a workload was run with.
    List<Integer> threads(Work work) {
        return cells.stream().filter(cell -> cell.work() == work).map(Cell::threads).distinct()
                .sorted().toList();
    }

    /// The allocators that came to a figure at least once.
    List<Entrant> entrants() {
        return Arrays.stream(Entrant.values()).filter(entrant -> cells.stream().anyMatch(
                cell -> cell.entrant() == entrant && !cell.slices().isEmpty())).toList();
    }

    /// What went wrong, a sentence for each.
    List<String> troubles() {
        return cells.stream().filter(cell -> !cell.trouble().isEmpty())
                .map(cell -> cell.entrant() + (cell.isMissing() ? "" : ", " + cell.place()) + ": "
                        + cell.trouble()).toList();
    }
}
