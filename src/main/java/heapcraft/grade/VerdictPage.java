package heapcraft.grade;

import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import java.util.Optional;

/// A report as HTML, for a notebook's output. Whatever the learner's code has said is escaped.
///
/// Symbols and words carry the meaning, colour only repeats it; text and background are the page's
/// own, so it reads in light and in dark.
public final class VerdictPage {

    private static final String STYLE = """
            <style>
            .heapcraft { font-family: system-ui, sans-serif; line-height: 1.45; max-width: 50em;
              border: 1px solid #8888; border-left: .4em solid #8888; border-radius: .3em;
              padding: .6em 1em; }
            .heapcraft.green { border-left-color: #2e9e5b; }
            .heapcraft.yellow { border-left-color: #c99700; }
            .heapcraft.red { border-left-color: #d1495b; }
            .heapcraft h4 { margin: 0 0 .4em; font-size: 1.05em; }
            .heapcraft ul { list-style: none; margin: .3em 0; padding: 0; }
            .heapcraft dl { display: grid; grid-template-columns: max-content 1fr;
              gap: .15em .8em; margin: .5em 0; }
            .heapcraft dt { font-weight: 600; white-space: nowrap; }
            .heapcraft dd { margin: 0; white-space: pre-wrap; font-family: monospace; }
            .heapcraft .note { opacity: .8; font-size: .9em; margin: .4em 0 0; }
            </style>
            """;

    private final StringBuilder html = new StringBuilder();

    private VerdictPage() { }

    /// The report as a piece of HTML.
    ///
    /// @param note one more sentence below each exercise
    public static String of(Report report, String note) {
        VerdictPage page = new VerdictPage();
        page.html.append(STYLE);
        for (Graded graded : report.exercises()) {
            page.exercise(report, graded, note);
        }
        return page.html.toString();
    }

    private void exercise(Report report, Graded graded, String note) {
        html.append("<div class=\"heapcraft ").append(graded.colour().name().toLowerCase())
                .append("\">\n<h4>").append(Html.escape(graded.exercise().toString())).append(": ")
                .append(graded.state()).append(", ").append(graded.points()).append(" of ")
                .append(graded.exercise().points()).append(" points</h4>\n<ul>\n");
        graded.results().forEach(this::test);
        html.append("</ul>\n");
        Optional<Result> open = graded.firstOpen();
        open.ifPresent(result -> finding(report, graded, result));
        if (!graded.output().isBlank()) {
            html.append("<details><summary>It printed</summary><pre>")
                    .append(Html.escape(graded.output())).append("</pre></details>\n");
        }
        note(note);
        report.notes().forEach(this::note);
        html.append("</div>\n");
    }

    private void note(String sentence) {
        html.append("<p class=\"note\">").append(Html.escape(sentence)).append("</p>\n");
    }

    private void test(Result result) {
        html.append("<li>").append(symbol(result.verdict())).append(' ')
                .append(Html.escape(result.claim())).append(" <small>(")
                .append(result.verdict().words()).append(", ").append(result.points()).append('/')
                .append(result.test().points()).append(")</small>");
        result.score().ifPresent(score -> html.append("<br><small>")
                .append(Html.escape(score.toString())).append("</small>"));
        html.append("</li>\n");
    }

    private static String symbol(Verdict verdict) {
        return switch (verdict.colour()) {
            case GREEN -> "✔";
            case YELLOW -> "○";
            case RED -> "✘";
        };
    }

    private void finding(Report report, Graded graded, Result result) {
        Finding finding = result.finding();
        html.append("<dl>\n");
        if (result.verdict() == Verdict.TODO) {
            part("to do", finding.got());
        } else {
            part("call", finding.call());
            part("got", finding.got());
            part("wanted", finding.wanted());
            part("where", String.join(", ", finding.where()));
            part("next", finding.next());
            part("maybe", graded.likeness());
        }
        part("edit", report.project().shown(graded.file()));
        part("stuck?", "./lab hint " + graded.exercise().id() + "   (in a terminal)");
        html.append("</dl>\n");
        finding.film().ifPresent(film -> html.append(film.fragment()));
    }

    private void part(String term, String text) {
        if (!text.isEmpty()) {
            html.append("<dt>").append(term).append("</dt><dd>").append(Html.escape(text))
                    .append("</dd>\n");
        }
    }
}
