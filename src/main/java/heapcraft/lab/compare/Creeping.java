package heapcraft.lab.compare;

import heapcraft.view.Drawing;
import heapcraft.view.LineChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A day of a server whose live bytes do not change, on each allocator twice: left alone, and told
/// after every hour to give back to the system what it does not use.
///
/// @param alone left alone
/// @param tidy  with a purge after every hour
record Creeping(Comparison alone, Comparison tidy) {

    /// The hours in the table.
    private static final List<Integer> HOURS = List.of(1, 6, 12, 18, 24);

    /// @param hours    of the day's 24
    /// @param progress hears of each step
    static Creeping run(int hours, Comparison.Length length, Consumer<String> progress)
            throws IOException {
        return new Creeping(day(hours, length, false, progress), day(hours, length, true, progress));
    }

    private static Comparison day(int hours, Comparison.Length length, boolean tidy,
                                  Consumer<String> progress) throws IOException {
        return Comparison.run(List.of(new Heat(Work.CREEP, 1, 0, hours, tidy)), length,
                Runner::start, step -> progress.accept(step + (tidy ? ", purging" : "")));
    }

    Table table() {
        List<Integer> hours = HOURS.stream().filter(hour -> hour <= hours()).toList();
        List<String> head = new ArrayList<>(List.of(""));
        hours.forEach(hour -> head.add("hour " + hour));
        head.add("ratio");
        head.add("purged");
        head.add("ratio");
        List<List<String>> rows = new ArrayList<>();
        for (Entrant entrant : Entrant.values()) {
            List<String> row = new ArrayList<>(List.of(entrant.label()));
            for (int hour : hours) {
                row.add(Figures.megabytes(resident(alone, entrant, hour)));
            }
            row.add(ratio(alone, entrant));
            row.add(Figures.megabytes(resident(tidy, entrant, hours())));
            row.add(ratio(tidy, entrant));
            rows.add(row);
        }
        return new Table("MB resident beyond the idle JVM, for " + Figures.megabytes(live())
                + " MB live all day", head, rows);
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>(alone.troubles());
        notes.addAll(tidy.troubles());
        notes.add("An hour lasts a fraction of a second here. What an allocator gives back after"
                + " some time on the clock, as jemalloc does after 10 s, does not happen in such an"
                + " hour; \"purged\" tells it to.");
        return notes;
    }

    private int hours() {
        return alone.cells().stream().mapToInt(cell -> cell.slices().size()).max().orElse(0);
    }

    private OptionalDouble live() {
        return alone.cells().stream().filter(cell -> !cell.slices().isEmpty())
                .mapToDouble(cell -> cell.slices().getLast().live()).findFirst();
    }

    private static OptionalDouble resident(Comparison day, Entrant entrant, int hour) {
        Optional<Cell> cell = day.cell(entrant, Work.CREEP, 1)
                .filter(each -> each.slices().size() >= hour);
        return cell.isEmpty() ? OptionalDouble.empty()
                : cell.get().added(cell.get().slices().get(hour - 1).resident());
    }

    String ratio(Comparison day, Entrant entrant) {
        return Figures.ratio(resident(day, entrant, hours()), live().orElse(0));
    }

    Drawing chart() {
        return chart(alone, "Resident memory of a server, left alone");
    }

    Drawing tidyChart() {
        return chart(tidy, "Resident memory of a server, purged every hour");
    }

    private static Drawing chart(Comparison day, String title) {
        LineChart chart = new LineChart(title, "hour", "MB beyond the idle JVM").fromZero();
        for (Entrant entrant : Entrant.values()) {
            Optional<Cell> cell = day.cell(entrant, Work.CREEP, 1)
                    .filter(each -> !each.slices().isEmpty() && each.resident().isPresent());
            if (cell.isEmpty()) {
                chart.skip();
            } else {
                List<Double> resident = cell.get().slices().stream().map(slice ->
                        cell.get().added(slice.resident()).orElseThrow() / 1e6).toList();
                chart.line(entrant.label(), hours(resident.size()), resident);
            }
        }
        return chart.draw();
    }

    private static List<Integer> hours(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }
}
