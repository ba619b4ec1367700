package heapcraft.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What came out of a comparison, as tables of 80 columns and the sentences below them.
final class ComparisonTables {

    private final Comparison comparison;

    ComparisonTables(Comparison comparison) {
        this.comparison = comparison;
    }

    List<Table> all() {
        List<Table> tables = new ArrayList<>();
        tables.add(byWork("Time for a block, ns, one thread: the fastest of "
                + comparison.length().slices + " slices", cell -> Figures.of(cell.minimum())));
        tables.add(byWork("Time for a block, ns, one thread: the median",
                cell -> Figures.of(cell.median())));
        comparison.works().stream().filter(work -> comparison.threads(work).size() > 1)
                .forEach(work -> tables.add(threads(work)));
        tables.add(byWork("Resident memory, MB beyond the idle JVM, one thread: the peak",
                cell -> Figures.megabytes(cell.peak())));
        tables.add(byWork("Resident memory, MB beyond the idle JVM, one thread: after the last"
                + " slice", cell -> Figures.megabytes(cell.resident())));
        if (comparison.works().contains(Work.CHURN)) {
            tables.add(fragmentation());
        }
        return tables;
    }

    private Table byWork(String title, Function<Cell, String> figure) {
        List<String> head = new ArrayList<>(List.of(""));
        comparison.works().forEach(work -> head.add(work.label()));
        List<List<String>> rows = new ArrayList<>();
        for (Entrant entrant : Entrant.values()) {
            List<String> row = new ArrayList<>(List.of(entrant.label()));
            comparison.works().forEach(work -> row.add(comparison.cell(entrant, work, 1)
                    .map(cell -> cell.slices().isEmpty() ? word(cell) : figure.apply(cell))
                    .orElse(word(entrant))));
            rows.add(row);
        }
        return new Table(title, head, rows);
    }

    /// The word for a cell without a figure; the sentence stands below the tables.
    private static String word(Cell cell) {
        return cell.isMissing() ? "not here" : "gave up";
    }

    private String word(Entrant entrant) {
        return comparison.cells().stream().anyMatch(
                cell -> cell.entrant() == entrant && cell.isMissing()) ? "not here" : Figures.NONE;
    }

    /// How far more threads help, and how often they stood in each other's way.
    private Table threads(Work work) {
        List<String> head = new ArrayList<>(List.of(""));
        comparison.threads(work).forEach(
                threads -> head.add(threads + (threads == 1 ? " thr" : "")));
        comparison.threads(work).forEach(threads -> head.add("slp " + threads));
        List<List<String>> rows = new ArrayList<>();
        for (Entrant entrant : comparison.entrants()) {
            List<String> row = new ArrayList<>(List.of(entrant.label()));
            comparison.threads(work).forEach(threads -> row.add(entrant.isShared() || threads == 1
                    ? figure(entrant, work, threads, ComparisonTables::millionsPerSecond)
                    : "alone"));
            comparison.threads(work).forEach(threads -> row.add(
                    figure(entrant, work, threads, cell -> whole(cell.sleeps()))));
            rows.add(row);
        }
        return new Table(work.label() + ": million blocks a second by threads; slp: sleeps for"
                + " a million blocks", head, rows);
    }

    private String figure(Entrant entrant, Work work, int threads, Function<Cell, String> figure) {
        return comparison.cell(entrant, work, threads).map(figure).orElse(Figures.NONE);
    }

    private static String millionsPerSecond(Cell cell) {
        return cell.minimum().isPresent() ? Figures.of(1000 / cell.minimum().getAsDouble())
                : Figures.NONE;
    }

    private static String whole(OptionalDouble value) {
        return value.isPresent() ? Long.toString(Math.round(value.getAsDouble())) : Figures.NONE;
    }

    /// What the churn leaves behind.
    private Table fragmentation() {
        List<List<String>> rows = new ArrayList<>();
        for (int threads : comparison.threads(Work.CHURN)) {
            for (Entrant entrant : comparison.entrants()) {
                comparison.cell(entrant, Work.CHURN, threads)
                        .filter(cell -> cell.ending().isPresent())
                        .ifPresent(cell -> rows.add(fragmentation(cell)));
            }
        }
        return new Table("Churn: MB resident beyond the idle JVM for MB live, before and after"
                + " three quarters end", List.of("", "threads", "live", "resident", "ratio", "live",
                "resident", "ratio", "purged"), rows);
    }

    private static List<String> fragmentation(Cell cell) {
        double live = cell.slices().getLast().live();
        double left = cell.ending().orElseThrow().live();
        return List.of(cell.entrant().label(), Integer.toString(cell.threads()),
                Figures.megabytes(OptionalDouble.of(live)), Figures.megabytes(cell.resident()),
                Figures.ratio(cell.resident(), live),
                Figures.megabytes(OptionalDouble.of(left)), Figures.megabytes(cell.residentAtEnd()),
                Figures.ratio(cell.residentAtEnd(), left), Figures.megabytes(cell.purged()));
    }

    /// What each allocator says about itself after the churn, with one thread and with the most.
    List<String> statistics() {
        List<String> lines = new ArrayList<>();
        Work last = comparison.works().getLast();
        int most = comparison.threads(last).getLast();
        comparison.cells().stream().filter(cell -> cell.work() == last)
                .filter(cell -> cell.threads() == 1 || cell.threads() == most)
                .forEach(cell -> cell.ending().ifPresent(ending -> lines.add(cell.entrant() + ", "
                        + cell.place() + ": " + ending.statistics())));
        return lines;
    }

    /// Who took part.
    private String versions() {
        return comparison.entrants().stream().map(entrant -> comparison.cells().stream()
                .filter(cell -> cell.entrant() == entrant).findFirst()
                .map(cell -> entrant + ": " + cell.ready().about()).orElse(""))
                .collect(Collectors.joining("; "));
    }

    /// What must be known to read the tables.
    List<String> notes() {
        List<String> notes = new ArrayList<>(List.of(versions()));
        notes.addAll(comparison.troubles());
        notes.add("System is the platform's malloc; \"1 arena\" is the same with"
                + " MALLOC_ARENA_MAX=1, so that all threads meet at one lock. \"alone\": may be"
                + " used by one thread only.");
        notes.add("This machine has " + Runtime.getRuntime().availableProcessors() + " cores: more"
                + " threads than that wait for a core, whatever the allocator does. With more cores"
                + " a lock costs more than it does here.");
        boolean resident = comparison.cells().stream().anyMatch(cell -> cell.ready().idle() >= 0);
        notes.add(resident ? "Subtracted as the idle JVM's: " + Figures.megabytes(OptionalDouble.of(
                comparison.cells().stream().mapToLong(cell -> cell.ready().idle()).max().orElse(0)))
                + " MB or less; a difference of 2 MB means nothing."
                : "Resident memory is read from /proc, which only Linux has: none here.");
        return notes;
    }
}
