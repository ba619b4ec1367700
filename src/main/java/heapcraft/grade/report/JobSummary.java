package heapcraft.grade.report;

import heapcraft.grade.Report;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;

/// A report as the Markdown of a job's page on GitHub: a table, and what is wrong.
final class JobSummary {

    private final StringBuilder text = new StringBuilder();

    private JobSummary() { }

    static String of(Report report) {
        JobSummary summary = new JobSummary();
        summary.text.append("## ").append(report.points()).append(" of ").append(report.total())
                .append(" points\n\n| chapter | exercise | state | points |\n|---|---|---|---:|\n");
        report.exercises().forEach(summary::row);
        report.exercises().forEach(summary::measured);
        report.exercises().forEach(summary::open);
        return summary.text.toString();
    }

    private void row(Graded graded) {
        text.append("| ").append(graded.exercise().folder()).append(" | ")
                .append(graded.exercise().id()).append(" | ").append(graded.state())
                .append(" | ").append(graded.points()).append('/')
                .append(graded.exercise().points()).append(" |\n");
    }

    private void measured(Graded graded) {
        graded.measured().forEach(result -> text.append("\n- ").append(graded.exercise())
                .append(", ").append(result.measure().orElseThrow()).append('\n'));
    }

    /// The first test to look at; the others often follow from it.
    private void open(Graded graded) {
        if (graded.firstRed().isEmpty()) {
            return;
        }
        Result result = graded.firstRed().get();
        text.append("\n### ").append(graded.exercise()).append(": ")
                .append(result.verdict().words()).append("\n\n").append(result.claim())
                .append("\n\n").append(fenced(result.story())).append('\n');
        if (!graded.likeness().isEmpty()) {
            text.append("\nIt behaves like: ").append(graded.likeness()).append('\n');
        }
    }

    /// Text as it is: nothing in it is Markdown, since the fence is longer than any that it holds.
    static String fenced(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + "\n" + text + "\n" + fence;
    }
}
