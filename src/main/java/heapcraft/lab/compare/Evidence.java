package heapcraft.lab.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// A run, as the claims ask it.
///
/// @param comparison the workloads
/// @param creeping   the day of creep, if it was run too
record Evidence(Comparison comparison, Optional<Creeping> creeping) {

    OptionalDouble figure(Entrant entrant, Work work, int threads,
                          Function<Cell, OptionalDouble> figure) {
        return comparison.cell(entrant, work, threads).map(figure).orElse(OptionalDouble.empty());
    }

    OptionalDouble nanos(Entrant entrant, Work work, int threads) {
        return figure(entrant, work, threads, Cell::minimum);
    }

    int mostThreads() {
        return comparison.cells().stream().mapToInt(Cell::threads).max().orElse(1);
    }

    List<Entrant> missing() {
        return Arrays.stream(Entrant.values()).filter(entrant -> cells(entrant).stream()
                .anyMatch(Cell::isMissing)).toList();
    }

    long runs(Entrant entrant) {
        return cells(entrant).size();
    }

    long finished(Entrant entrant) {
        return cells(entrant).stream().filter(cell -> cell.trouble().isEmpty()).count();
    }

    /// Version and file of an allocator, or "" where it is missing.
    String about(Entrant entrant) {
        return cells(entrant).stream().map(cell -> cell.ready().about()).findFirst().orElse("");
    }

    /// The size of its library in bytes, or 0 where it has none of its own.
    long libraryBytes(Entrant entrant) {
        return cells(entrant).stream().mapToLong(cell -> cell.ready().libraryBytes())
                .findFirst().orElse(0);
    }

    String statistics(Entrant entrant, Work work, int threads) {
        return comparison.cell(entrant, work, threads).flatMap(Cell::ending)
                .map(Ending::statistics).orElse("");
    }

    /// Resident bytes for each live one when three quarters of the churn have ended.
    OptionalDouble leftOver(Entrant entrant) {
        return figure(entrant, Work.CHURN, 1, cell -> {
            OptionalDouble resident = cell.residentAtEnd();
            return resident.isEmpty() ? resident : OptionalDouble.of(
                    resident.getAsDouble() / cell.ending().orElseThrow().live());
        });
    }

    /// Resident bytes after the day on which the blocks become larger.
    OptionalDouble driftAtNight(Entrant entrant) {
        return creeping.map(days -> Creeping.atNight(days.drift(), entrant))
                .orElse(OptionalDouble.empty());
    }

    /// Why an allocator did not come to the end of a workload, "" if it did, `null` if it was not
    /// run.
    String trouble(Entrant entrant, Work work) {
        return comparison.cell(entrant, work, 1).map(Cell::trouble).orElse(null);
    }

    private List<Cell> cells(Entrant entrant) {
        return comparison.cells().stream().filter(cell -> cell.entrant() == entrant).toList();
    }
}
