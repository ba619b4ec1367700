package heapcraft.lab.compare;

import heapcraft.view.Drawing;
import heapcraft.view.LineChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Days of a server whose live bytes do not change, on each allocator.
///
/// @param steady a day on which the sizes of the blocks do not change either
/// @param drift  a day on which they grow from hour to hour
/// @param tidy   the same, and after every hour unused memory goes back to the system
record Creeping(Comparison steady, Comparison drift, Comparison tidy) {

    /// The hours in the tables.
    private static final List<Integer> HOURS = List.of(1, 6, 12, 18, 24);

    /// @param hours    of each day's 24
    /// @param progress hears of each step
    static Creeping run(int hours, Comparison.Length length, Consumer<String> progress)
            throws IOException {
        return new Creeping(
                day(new Heat(Work.STEADY, 1, length.warm, 0, hours, false), length, progress),
                day(new Heat(Work.CREEP, 1, length.warm, 0, hours, false), length, progress),
                day(new Heat(Work.CREEP, 1, length.warm, 0, hours, true), length, progress));
    }

    private static Comparison day(Heat heat, Comparison.Length length, Consumer<String> progress)
            throws IOException {
        return Comparison.run(List.of(heat), length, progress);
    }

    List<Table> tables() {
        return List.of(
                table(steady, "A day in blocks of 16 to 2048 bytes: MB resident beyond the idle JVM"
                        + " for " + Figures.megabytes(live()) + " MB live"),
                table(drift, "A day in blocks that grow from 24–96 to 600–2400 bytes: MB resident"
                        + " for as many live"),
                table(tidy, "The same day, with a purge after every hour"));
    }

    private Table table(Comparison day, String title) {
        List<Integer> hours = HOURS.stream().filter(hour -> hour <= hours(day)).toList();
        List<String> head = new ArrayList<>(List.of(""));
        hours.forEach(hour -> head.add("hour " + hour));
        head.add("ratio");
        List<List<String>> rows = new ArrayList<>();
        for (Entrant entrant : Entrant.values()) {
            List<String> row = new ArrayList<>(List.of(entrant.label()));
            hours.forEach(hour -> row.add(Figures.megabytes(resident(day, entrant, hour))));
            row.add(Figures.ratio(resident(day, entrant, hours(day)), live().orElse(0)));
            rows.add(row);
        }
        return new Table(title, head, rows);
    }

    private static int hours(Comparison day) {
        return day.cells().stream().mapToInt(cell -> cell.slices().size()).max().orElse(0);
    }

    private OptionalDouble live() {
        return steady.cells().stream().filter(cell -> !cell.slices().isEmpty())
                .mapToDouble(cell -> cell.slices().getLast().live()).max();
    }

    private static Optional<Cell> cell(Comparison day, Entrant entrant) {
        return day.cells().stream().filter(cell -> cell.entrant() == entrant).findFirst();
    }

    /// What an allocator had added to its process after an hour, in bytes.
    static OptionalDouble resident(Comparison day, Entrant entrant, int hour) {
        Optional<Cell> cell = cell(day, entrant).filter(each -> each.slices().size() >= hour);
        return cell.isEmpty() || hour == 0 ? OptionalDouble.empty()
                : cell.get().added(cell.get().slices().get(hour - 1).resident());
    }

    /// What it had added when the day was over.
    static OptionalDouble atNight(Comparison day, Entrant entrant) {
        return resident(day, entrant, hours(day));
    }

    Map<String, Drawing> charts() {
        Map<String, Drawing> charts = new LinkedHashMap<>();
        charts.put("creep-steady", chart(steady, "Resident memory of a server: sizes stay"));
        charts.put("creep", chart(drift, "Resident memory of a server: blocks become larger"));
        charts.put("creep-purged", chart(tidy, "The same, with a purge after every hour"));
        return charts;
    }

    private static Drawing chart(Comparison day, String title) {
        LineChart chart = new LineChart(title, "hour", "MB beyond the idle JVM").fromZero();
        for (Entrant entrant : Entrant.values()) {
            Optional<Cell> cell = cell(day, entrant)
                    .filter(each -> !each.slices().isEmpty() && each.resident().isPresent());
            if (cell.isEmpty()) {
                chart.skip();
            } else {
                List<Double> resident = cell.get().slices().stream().map(slice ->
                        cell.get().added(slice.resident()).orElseThrow() / 1e6).toList();
                chart.line(entrant.label(),
                        IntStream.rangeClosed(1, resident.size()).boxed().toList(), resident);
            }
        }
        return chart.draw();
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>(Stream.of(steady, drift, tidy)
                .flatMap(day -> day.troubles().stream()).toList());
        notes.add("An hour lasts a fraction of a second here. What an allocator does by the clock,"
                + " as jemalloc gives pages back after 10 s, hardly happens in such an hour; the"
                + " purge makes it happen.");
        return notes;
    }
}
