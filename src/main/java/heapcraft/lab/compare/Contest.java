package heapcraft.lab.compare;

import heapcraft.grade.Html;
import heapcraft.grade.Paragraph;
import heapcraft.grade.WholeFile;
import heapcraft.lab.compare.Comparison.Length;
import heapcraft.view.Drawing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Allocators on the same workloads, in one run, each in a process of its own.
///
/// ```java
/// Contest contest = Contest.run(List.of("small", "churn"), true, step -> { });
/// System.out.print(contest.text());
/// ```
///
/// Immutable; may be shared between threads.
public final class Contest {

    /// The name of the experiment in which resident memory creeps up.
    public static final String CREEP = Work.CREEP.label();

    private final Optional<Comparison> comparison;
    private final Optional<Creeping> creeping;

    Contest(Optional<Comparison> comparison, Optional<Creeping> creeping) {
        this.comparison = comparison;
        this.creeping = creeping;
    }

    /// The names that [#run] knows, each with what it is.
    ///
    /// @return in the order of the tables
    public static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        Comparison.WORKS.forEach(work -> names.put(work.label(), work.words()));
        names.put(CREEP, "days of a server: what stays resident");
        return names;
    }

    /// Runs workloads on all allocators.
    ///
    /// @param names    some of [#names()]; none means all but [#CREEP]
    /// @param quick    whether to measure just enough to see that everything runs
    /// @param progress hears of each step, often
    /// @return what came out; an allocator that is missing, or died, has a row that says so
    /// @throws IllegalArgumentException if a name is unknown
    /// @throws IOException              if no process can be started
    public static Contest run(List<String> names, boolean quick, Consumer<String> progress)
            throws IOException {
        for (String name : names) {
            if (!names().containsKey(name)) {
                throw new IllegalArgumentException("there is no workload " + name + "; there are "
                        + String.join(", ", names().keySet()));
            }
        }
        Length length = quick ? Length.QUICK : Length.FULL;
        List<Work> works = Comparison.WORKS.stream()
                .filter(work -> names.isEmpty() || names.contains(work.label())).toList();
        Optional<Comparison> comparison = works.isEmpty() ? Optional.empty()
                : Optional.of(Comparison.of(works, length, progress));
        Optional<Creeping> creeping = !names.contains(CREEP) ? Optional.empty()
                : Optional.of(Creeping.run(quick ? Creep.HOURS / 4 : Creep.HOURS, length,
                        progress));
        return new Contest(comparison, creeping);
    }

    /// {@return all tables and sentences, in 80 columns}
    public String text() {
        return machine().entrySet().stream().map(fact -> fact.getKey() + ": " + fact.getValue()
                + "\n").collect(Collectors.joining()) + "\n"
                + tables().stream().map(Table::text).collect(Collectors.joining("\n")) + "\n"
                + sentences().stream().flatMap(line -> Paragraph.wrap(line, Table.WIDTH).stream())
                .collect(Collectors.joining("\n")) + "\n";
    }

    /// {@return the same with the charts, as a piece of HTML}
    public String html() {
        return "<div class=\"heapcraft-compare\">\n"
                + tables().stream().map(Table::html).collect(Collectors.joining())
                + charts().values().stream().map(chart -> "<p>" + chart.img() + "</p>\n")
                .collect(Collectors.joining())
                + sentences().stream().map(line -> "<p>" + Html.escape(line) + "</p>\n")
                .collect(Collectors.joining()) + "</div>\n";
    }

    Map<String, String> machine() {
        return comparison.or(() -> creeping.map(Creeping::steady)).map(Comparison::machine)
                .orElse(Map.of());
    }

    List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        comparison.ifPresent(each -> tables.addAll(new ComparisonTables(each).all()));
        creeping.ifPresent(each -> tables.addAll(each.tables()));
        return tables;
    }

    List<String> sentences() {
        List<String> lines = new ArrayList<>();
        comparison.ifPresent(each -> {
            lines.addAll(new ComparisonTables(each).statistics());
            lines.addAll(new ComparisonTables(each).notes());
        });
        creeping.ifPresent(each -> lines.addAll(each.notes()));
        return lines.stream().distinct().toList();
    }

    Map<String, Drawing> charts() {
        Map<String, Drawing> charts = new LinkedHashMap<>();
        comparison.ifPresent(each -> charts.putAll(new ComparisonCharts(each).all()));
        creeping.ifPresent(each -> charts.putAll(each.charts()));
        return charts;
    }

    /// Writes the charts as SVG and PNG, and every slice as JSON.
    ///
    /// @param folder where they go, in the place of former ones
    /// @throws IOException if they cannot be written
    public void save(Path folder) throws IOException {
        if (comparison.isPresent()) {
            WholeFile.write(folder.resolve("compare.json"), ComparisonJson.of(comparison.get()));
        }
        if (creeping.isPresent()) {
            WholeFile.write(folder.resolve("creep-steady.json"),
                    ComparisonJson.of(creeping.get().steady()));
            WholeFile.write(folder.resolve("creep.json"),
                    ComparisonJson.of(creeping.get().drift()));
            WholeFile.write(folder.resolve("creep-purged.json"),
                    ComparisonJson.of(creeping.get().tidy()));
        }
        for (Map.Entry<String, Drawing> chart : charts().entrySet()) {
            Path file = folder.resolve(chart.getKey() + ".svg");
            WholeFile.write(file, chart.getValue().svg().getBytes(StandardCharsets.UTF_8));
            WholeFile.write(file.resolveSibling(chart.getKey() + ".png"), chart.getValue().png());
        }
    }

    /// Writes what a whole run says, and what it says to each claim, into `compare.md`.
    ///
    /// @param docs the folder with that page
    /// @throws IOException           if it cannot be read or written
    /// @throws IllegalStateException if this was no whole run, or the page has no place for it
    public void writeDocs(Path docs) throws IOException {
        if (creeping.isEmpty() || comparison.isEmpty() || !isWhole(comparison.get())) {
            throw new IllegalStateException("the page takes no figures from a part");
        }
        ComparePage.write(this, Claim.table(new Evidence(comparison.get(), creeping)), docs);
    }

    private static boolean isWhole(Comparison comparison) {
        return comparison.length() == Length.FULL && comparison.works().equals(Comparison.WORKS);
    }
}
