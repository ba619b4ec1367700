package heapcraft.grade;

import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Verdict.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A report as text of 80 columns: the score, each exercise's state, the first failure, and what to
/// do next. It says everything in words, so that nothing is lost without colour.
public final class Scoreboard {

    private static final int WIDTH = 80;

    private final Report report;
    private final List<String> lines = new ArrayList<>();

    private Scoreboard(Report report) {
        this.report = report;
    }

    /// The report as text, one line break at its end.
    public static String of(Report report) {
        Scoreboard board = new Scoreboard(report);
        board.rule();
        report.exercises().forEach(board::exercise);
        board.rule();
        report.next().ifPresent(board::next);
        board.score();
        return board.lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private void rule() {
        lines.add("-".repeat(WIDTH));
    }

    private void exercise(Graded graded) {
        String points = graded.points() + "/" + graded.exercise().points();
        lines.add(cut("  %-4s  %-17s %-20s %6s   %s".formatted(graded.exercise().folder(),
                graded.exercise().id(), mark(graded.colour()) + " " + graded.state(), points,
                about(graded))));
    }

    private static String about(Graded graded) {
        return switch (graded.colour()) {
            case GREEN -> "";
            case YELLOW -> graded.exercise().minutes() + " minutes";
            case RED -> graded.isNotRun() ? "" : claim(graded.firstRed().orElseThrow());
        };
    }

    private static String claim(Result result) {
        return result.test().name().replace('_', ' ');
    }

    /// Told apart by shape, not by colour.
    private static String mark(Colour colour) {
        return switch (colour) {
            case GREEN -> "[x]";
            case YELLOW -> "[ ]";
            case RED -> "[!]";
        };
    }

    private void next(Graded graded) {
        Result result = graded.firstOpen().orElseThrow();
        if (graded.colour() == Colour.RED) {
            lines.add(cut("To mend first: " + graded.exercise() + ", " + result.verdict().words()
                    + (graded.isNotRun() ? "" : ": " + claim(result))));
            finding(result.finding());
            printed(graded);
        } else {
            lines.add("To do next: " + graded.exercise() + ", about " + graded.exercise().minutes()
                    + " minutes");
            lines.add(cut("     gap: " + result.finding().got()));
        }
        lines.add("");
        lines.add("  edit    " + report.project().shown(graded.file()) + line(result.finding()));
        lines.add("  grade   mvn test -Dexercise=" + graded.exercise().id()
                + "   (or ./lab grade " + graded.exercise().id() + ")");
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
        for (String line : text.lines().flatMap(line -> wrap(line, WIDTH - 10).stream()).toList()) {
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
        return finding.where().isEmpty() ? ""
                : ", line " + finding.where().getFirst().replaceFirst("^.*:", "");
    }

    private void score() {
        String score = report.points() + " of " + report.total() + " points.";
        lines.add(switch (report.colour()) {
            case GREEN -> score + " All done.";
            case YELLOW -> score + " BUILD SUCCESS only means nothing is wrong yet.";
            case RED -> score + " Something is wrong; the points above are kept.";
        });
    }

    private static List<String> wrap(String line, int width) {
        List<String> wrapped = new ArrayList<>();
        String rest = line;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > width / 2 ? space : width;
            wrapped.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        wrapped.add(rest);
        return wrapped;
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line.stripTrailing() : line.substring(0, WIDTH - 1) + "…";
    }
}
