package heapcraft.grade;

import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Verdict.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// A report as text of 80 columns: the score, each exercise's state, the first failure, and what to
/// do next. It says everything in words, so that nothing is lost without colour.
public final class Scoreboard {

    private static final int WIDTH = 80;

    private final Report report;
    private final BiFunction<Colour, String, String> paint;
    private final List<String> lines = new ArrayList<>();

    private Scoreboard(Report report, BiFunction<Colour, String, String> paint) {
        this.report = report;
        this.paint = paint;
    }

    /// The report as text, one line break at its end.
    public static String of(Report report) {
        return of(report, (colour, state) -> state);
    }

    /// The same for a terminal.
    ///
    /// @param paint gives an exercise's state a colour; its width on the screen must stay
    public static String of(Report report, BiFunction<Colour, String, String> paint) {
        Scoreboard board = new Scoreboard(report, paint);
        board.rule();
        report.exercises().forEach(board::exercise);
        board.rule();
        report.next().ifPresent(board::next);
        report.notes().forEach(note -> board.lines.addAll(Paragraph.wrap(note, WIDTH)));
        board.score();
        return board.lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private void rule() {
        lines.add("-".repeat(WIDTH));
    }

    private void exercise(Graded graded) {
        String before = "  %-4s  %-17s ".formatted(graded.exercise().folder(),
                graded.exercise().id());
        String state = "%-20s".formatted(graded.colour().mark() + " " + graded.state());
        String line = cut(before + state + " %6s   %s".formatted(
                graded.points() + "/" + graded.exercise().points(), about(graded)));
        lines.add(before + paint.apply(graded.colour(), state)
                + line.substring(before.length() + state.length()));
        graded.measured().forEach(result -> lines.add(cut("        "
                + result.measure().orElseThrow())));
    }

    private static String about(Graded graded) {
        return switch (graded.colour()) {
            case GREEN -> "";
            case YELLOW -> graded.exercise().minutes() + " minutes";
            case RED -> graded.isNotRun() ? "" : graded.firstRed().orElseThrow().claim();
        };
    }

    private void next(Graded graded) {
        Result result = graded.firstOpen().orElseThrow();
        if (graded.colour() == Colour.RED) {
            lines.add(cut("To mend first: " + graded.exercise() + ", " + result.verdict().words()
                    + (graded.isNotRun() ? "" : ": " + result.claim())));
            finding(result.finding());
            part("   maybe", graded.likeness());
            printed(graded);
        } else {
            lines.add("To do next: " + graded.exercise() + ", about " + graded.exercise().minutes()
                    + " minutes");
            part("     gap", result.finding().got());
        }
        lines.add("");
        lines.add("  edit    " + report.project().shown(graded.file()) + line(result.finding()));
        lines.add("  grade   mvn test -Dexercise=" + graded.exercise().id()
                + "   (or ./lab grade " + graded.exercise().id() + ")");
        lines.add("  stuck?  ./lab hint " + graded.exercise().id());
        rule();
    }

    private void finding(Finding finding) {
        part("    call", finding.call());
        part("     got", finding.got());
        part("  wanted", finding.wanted());
        part("   where", String.join(", ", finding.where()));
        part("    next", finding.next());
    }

    private void part(String label, String text) {
        String before = label + ": ";
        for (String line : text.lines().flatMap(line -> Paragraph.wrap(line, WIDTH - 10).stream()).toList()) {
            lines.add(before + line);
            before = " ".repeat(10);
        }
    }

    private void printed(Graded graded) {
        if (!graded.output().isBlank()) {
            part(" printed", graded.output().lines().limit(3).collect(Collectors.joining("\n")));
        }
    }

    private static String line(Finding finding) {
        return finding.line() == 0 ? "" : ", line " + finding.line();
    }

    private void score() {
        String score = report.points() + " of " + report.total() + " points.";
        lines.add(switch (report.colour()) {
            case GREEN -> score + (report.points() == report.total() ? " All done."
                    : " All right; what is missing is a matter of measure.");
            case YELLOW -> score + " BUILD SUCCESS only means nothing is wrong yet.";
            case RED -> score + " Something is wrong; the points above are kept.";
        });
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line.stripTrailing() : line.substring(0, WIDTH - 1) + "…";
    }
}
