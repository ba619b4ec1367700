package heapcraft.lab.compare;

import heapcraft.view.Drawing;
import heapcraft.view.StopChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What came out of a comparison, as charts.
final class ComparisonCharts {

    private final Comparison comparison;

    ComparisonCharts(Comparison comparison) {
        this.comparison = comparison;
    }

    /// The charts by the names of their files.
    Map<String, Drawing> all() {
        Map<String, Drawing> charts = new LinkedHashMap<>();
        charts.put("time", time());
        for (Work work : List.of(Work.SMALL, Work.HANDOVER, Work.CHURN)) {
            if (comparison.threads(work).size() > 1) {
                charts.put("threads-" + work.label(), threads(work));
                charts.put("sleeps-" + work.label(), sleeps(work));
            }
        }
        if (comparison.works().contains(Work.CHURN)) {
            charts.put("fragmentation", fragmentation());
        }
        return charts;
    }

    private Drawing time() {
        StopChart chart = new StopChart("Time for a block, one thread", "workload",
                "ns (minimum), logarithmic",
                comparison.works().stream().map(Work::label).toList()).logarithmic();
        return filled(chart, (entrant, at) -> at.dots(entrant.label(), comparison.works().stream()
                .map(work -> figure(entrant, work, 1, Cell::minimum)).toList()));
    }

    private Drawing threads(Work work) {
        StopChart chart = new StopChart("Blocks by threads: " + work.label(), "threads",
                "million blocks a second", stops(work)).fromZero();
        return filled(chart, (entrant, at) -> at.line(entrant.label(),
                comparison.threads(work).stream().map(threads -> figure(entrant, work, threads,
                        cell -> perSecond(cell.minimum()))).toList()));
    }

    private static OptionalDouble perSecond(OptionalDouble nanos) {
        return nanos.isPresent() ? OptionalDouble.of(1000 / nanos.getAsDouble()) : nanos;
    }

    private Drawing sleeps(Work work) {
        StopChart chart = new StopChart("Waiting for a lock: " + work.label(), "threads",
                "sleeps for a million blocks", stops(work)).fromZero();
        return filled(chart, (entrant, at) -> at.line(entrant.label(),
                comparison.threads(work).stream().map(threads -> figure(entrant, work, threads,
                        Cell::sleeps)).toList()));
    }

    private List<String> stops(Work work) {
        return comparison.threads(work).stream().map(threads -> Integer.toString(threads)).toList();
    }

    private Drawing fragmentation() {
        List<Cell> cells = comparison.entrants().stream()
                .flatMap(entrant -> comparison.cell(entrant, Work.CHURN, 1).stream())
                .filter(cell -> cell.ending().isPresent() && cell.resident().isPresent()).toList();
        StopChart chart = new StopChart("After the churn, one thread", "", "MB beyond the idle JVM",
                cells.stream().map(cell -> cell.entrant().label()).toList()).fromZero();
        return chart
                .dots("live", megabytes(cells, cell -> cell.slices().getLast().live()))
                .dots("resident", megabytes(cells, cell -> cell.resident().orElseThrow()))
                .dots("then live", megabytes(cells, cell -> cell.ending().orElseThrow().live()))
                .dots("then resident", megabytes(cells, cell -> cell.residentAtEnd().orElseThrow()))
                .dots("then purged", megabytes(cells, cell -> cell.purged().orElseThrow()))
                .draw();
    }

    private static List<Double> megabytes(List<Cell> cells, Function<Cell, Number> bytes) {
        return cells.stream().map(cell -> bytes.apply(cell).doubleValue() / 1e6).toList();
    }

    /// One series of a chart.
    private interface Series {
        void add(Entrant entrant, StopChart chart);
    }

    /// Every allocator keeps its look, whoever is missing.
    private Drawing filled(StopChart chart, Series series) {
        for (Entrant entrant : Entrant.values()) {
            if (comparison.entrants().contains(entrant)) {
                series.add(entrant, chart);
            } else {
                chart.skip();
            }
        }
        return chart.draw();
    }

    private Double figure(Entrant entrant, Work work, int threads,
                          Function<Cell, OptionalDouble> figure) {
        OptionalDouble value = comparison.cell(entrant, work, threads).map(figure)
                .orElse(OptionalDouble.empty());
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
