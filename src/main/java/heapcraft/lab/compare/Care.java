package heapcraft.lab.compare;

import heapcraft.grade.Html;
import heapcraft.grade.Paragraph;
import heapcraft.grade.WholeFile;
import heapcraft.trace.Amdahl;
import heapcraft.trace.profile.Profile;
import heapcraft.trace.profile.RecordedEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// When to care which allocator a program has: eight kinds of program, run and weighed.
///
/// ```java
/// Care care = Care.run(List.of("parser"), true, step -> { });
/// System.out.print(care.text());
/// ```
///
/// Immutable; may be shared between threads.
public final class Care {

    private static final String BEGIN = "<!-- written by ./lab care --write-docs -->\n";

    private final Map<String, String> machine;
    private final List<Outcome> outcomes;
    private final boolean quick;

    Care(Map<String, String> machine, List<Outcome> outcomes, boolean quick) {
        this.machine = new LinkedHashMap<>(machine);
        this.outcomes = List.copyOf(outcomes);
        this.quick = quick;
    }

    /// The names that [#run] knows, each with what its program does.
    ///
    /// @return in the order of the table
    public static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        Arrays.stream(Situation.values()).forEach(each -> names.put(each.key(), each.words()));
        return names;
    }

    /// Runs some of the eight programs.
    ///
    /// @param names    some of [#names()]; none means all
    /// @param quick    whether to measure just enough to see that everything runs
    /// @param progress hears of each step, often
    /// @return what came out; a swap that is missing has a sentence that says so
    /// @throws IllegalArgumentException if a name is unknown
    /// @throws IOException              if no process can be started
    public static Care run(List<String> names, boolean quick, Consumer<String> progress)
            throws IOException {
        List<Situation> chosen = names.isEmpty() ? List.of(Situation.values())
                : names.stream().map(Situation::named).distinct().sorted().toList();
        Map<String, String> machine = Machine.facts();
        List<Outcome> outcomes = new ArrayList<>();
        for (Situation situation : chosen) {
            String number = (outcomes.size() + 1) + "/" + chosen.size() + "  ";
            outcomes.add((quick ? Examination.QUICK : Examination.FULL)
                    .run(situation, step -> progress.accept(number + step)));
        }
        return new Care(machine, outcomes, quick);
    }

    /// {@return the tables and the reasons, in 80 columns}
    public String text() {
        return facts("") + "\n"
                + tables().stream().map(Table::text).collect(Collectors.joining("\n")) + "\n"
                + sentences().stream().flatMap(line -> Paragraph.wrap(line, Table.WIDTH).stream())
                .collect(Collectors.joining("\n")) + "\n";
    }

    /// {@return the same as a piece of HTML}
    public String html() {
        return "<div class=\"heapcraft-care\">\n"
                + tables().stream().map(Table::html).collect(Collectors.joining())
                + sentences().stream().map(line -> "<p>" + Html.escape(line) + "</p>\n")
                .collect(Collectors.joining()) + "</div>\n";
    }

    /// Writes what a whole run says into `care.md`.
    ///
    /// @param docs the folder with that page
    /// @throws IOException           if it cannot be read or written
    /// @throws IllegalStateException if this was no whole run, or the page has no place for it
    public void writeDocs(Path docs) throws IOException {
        if (quick || !isWhole()) {
            throw new IllegalStateException("the page takes no figures from a part");
        }
        Path page = docs.resolve("care.md");
        String text = facts("- ") + "\n"
                + tables().stream().map(Table::markdown).collect(Collectors.joining("\n")) + "\n"
                + sentences().stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
        WholeFile.write(page, ComparePage.replaced(Files.readString(page), BEGIN, text));
    }

    private String facts(String before) {
        return machine.entrySet().stream().map(fact -> before + fact.getKey() + ": "
                + fact.getValue() + "\n").collect(Collectors.joining());
    }

    List<Table> tables() {
        return isWhole() ? List.of(weighed(), evidence()) : List.of(weighed());
    }

    /// Somebody who asks about one case wants nothing else.
    private boolean isWhole() {
        return outcomes.size() == Situation.values().length;
    }

    private Table weighed() {
        return new Table("When to care: the part of the time that allocation takes; how many"
                + " times as fast a swap could make the program at best; the swap that was tried,"
                + " and what it got; how many times its memory the program kept",
                List.of("", "a run", "share", "best", "swap", "got", "mem", "rule", "here"),
                outcomes.stream().map(Care::row).toList());
    }

    private static List<String> row(Outcome outcome) {
        Weighing weighing = outcome.weighing();
        return List.of(outcome.situation().label(), time(outcome.nanos(outcome.program())),
                percent(outcome.share()), Figures.of(weighing.bound()),
                outcome.fastest().map(swap -> swap.entrant().label()).orElse(Figures.NONE),
                Figures.of(outcome.speedUp()),
                Figures.of(outcome.memory()),
                outcome.situation().rule() ? "care" : "don't",
                weighing.verdict().word + (outcome.contradicts() ? "*" : ""));
    }

    private static String percent(OptionalDouble share) {
        return share.isEmpty() ? Figures.NONE
                : String.format(Locale.ROOT, "%.1f%%", 100 * share.getAsDouble());
    }

    private static String time(OptionalDouble nanos) {
        if (nanos.isEmpty()) {
            return Figures.NONE;
        }
        double value = nanos.getAsDouble();
        return value < 1e3 ? Figures.of(value) + " ns"
                : value < 1e6 ? Figures.of(value / 1e3) + " us"
                : value < 1e9 ? Figures.of(value / 1e6) + " ms" : Figures.of(value / 1e9) + " s";
    }

    /// What profilers have said of other programs, in other places.
    private static Table evidence() {
        List<List<String>> rows = new ArrayList<>();
        RecordedEvidence.all().forEach((name, profile) -> rows.add(List.of(name, profile.tool(),
                percent(profile.share()), profile.amdahl().map(Amdahl::bound).map(Figures::of)
                        .orElse(Figures.NONE))));
        return new Table("Recorded evidence that comes with the course (./lab care --evidence says"
                + " more)", List.of("", "tool", "share", "best"), rows);
    }

    List<String> sentences() {
        List<String> lines = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Weighing weighing = outcome.weighing();
            lines.add(outcome.situation().label() + " (" + outcome.situation().words() + "): "
                    + weighing.verdict().word + "; " + weighing.why() + "."
                    + memory(outcome)
                    + (outcome.contradicts() ? " Here this contradicts the rule of thumb." : ""));
        }
        outcomes.stream().flatMap(Care::troubles).distinct().forEach(lines::add);
        if (outcomes.stream().anyMatch(Outcome::contradicts)) {
            lines.add("*: the opposite of the rule of thumb, on this machine.");
        }
        lines.add("\"rule\" is the rule of thumb for such programs; \"here\" follows from the figures:"
                + " care, if allocation takes time enough for a tenth and a swap has saved a tenth,"
                + " or if a swap needs a quarter less memory where a program runs for long.");
        if (quick) {
            lines.add("Measured quickly: enough to see that all runs, not to believe it.");
        }
        return lines;
    }

    /// What stayed resident, where that counts.
    private static String memory(Outcome outcome) {
        return outcome.memory().isEmpty() ? ""
                : " Resident in the end, beyond the idle process: "
                + Stream.concat(Stream.of(outcome.program()), outcome.swaps().stream())
                .filter(track -> track.resident().isPresent())
                .map(track -> track.entrant().label() + " " + Figures.megabytes(track.resident())
                        + " MB").collect(Collectors.joining(", ")) + (outcome.memory()
                .getAsDouble() < Weighing.THRIFTIER ? "; memory is no reason to swap here." : ".");
    }

    private static Stream<String> troubles(Outcome outcome) {
        return Stream.concat(Stream.of(outcome.program(), outcome.calls()), outcome.swaps().stream())
                .filter(track -> !track.trouble().isEmpty())
                .map(track -> track.entrant().label() + " " + track.trouble());
    }

    /// {@return all evidence that comes with the course, each with its head}
    public static String recorded() {
        return RecordedEvidence.all().entrySet().stream().map(each -> each.getKey() + ": "
                + text(each.getValue())).collect(Collectors.joining("\n"));
    }

    /// {@return what a profiler has said, and what follows from it, in 80 columns}
    ///
    /// @param profile what it has said
    public static String text(Profile profile) {
        String follows = profile.amdahl().map(most -> "\n  at best: " + Figures.of(most.bound())
                + " times as fast, if allocation cost nothing; "
                + Figures.of(most.speedUp(2)) + " if it cost half").orElse("");
        return (profile + follows).lines()
                .flatMap(line -> Paragraph.wrap(line, Table.WIDTH - 4).stream())
                .collect(Collectors.joining("\n")) + "\n";
    }
}
