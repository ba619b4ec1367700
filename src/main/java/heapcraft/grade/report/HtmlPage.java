package heapcraft.grade.report;

import static heapcraft.grade.Html.escape;

import heapcraft.grade.Course;
import heapcraft.grade.Finding;
import heapcraft.grade.Report;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Verdict;
import heapcraft.grade.Verdict.Colour;
import heapcraft.view.Film;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A report as a page of its own, with nothing to fetch and no script but the one that plays films
/// of failing heaps. What to do next comes first; marks and words carry the meaning, colour only
/// repeats it.
final class HtmlPage {

    private final Report report;
    private final StringBuilder html = new StringBuilder();
    private final boolean hasFilms;

    private HtmlPage(Report report) {
        this.report = report;
        hasFilms = report.exercises().stream().flatMap(graded -> graded.results().stream())
                .anyMatch(result -> result.finding().film().isPresent());
    }

    static String of(Report report) {
        HtmlPage page = new HtmlPage(report);
        page.head();
        page.next();
        page.overview();
        report.exercises().forEach(page::exercise);
        page.foot();
        return page.html.toString();
    }

    /// The policy is the second lock: even a mistake in here could not run or fetch anything.
    private void head() {
        String score = report.points() + " of " + report.total() + " points";
        html.append("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy"
                  content="default-src 'none'; style-src 'unsafe-inline'%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>heapcraft: %s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                """.formatted(hasFilms ? "; img-src data:; script-src '" + Film.SCRIPT_DIGEST
                        + "'" : "", score, style(), score));
    }

    private static String style() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("/heapcraft/report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void next() {
        html.append("<section class=\"next\">\n<h2>What to do next</h2>\n");
        if (report.next().isPresent()) {
            next(report.next().get());
        } else {
            paragraph("Nothing: all of it is done.");
        }
        report.notes().forEach(this::paragraph);
        html.append("</section>\n");
    }

    private void next(Graded graded) {
        Result open = graded.firstOpen().orElseThrow();
        html.append("<p>").append(graded.colour() == Colour.RED ? "Mend " : "Go on with ")
                .append("<a href=\"#").append(graded.exercise().id()).append("\">")
                .append(graded.exercise()).append("</a>: ")
                .append(escape(graded.isNotRun() ? graded.state() : open.claim()))
                .append(".</p>\n");
        story(open);
        html.append("<dl>\n");
        part("like", graded.likeness());
        part("edit", place(graded, open));
        part("grade", "./lab grade " + graded.exercise().id());
        html.append("</dl>\n");
    }

    private String place(Graded graded, Result result) {
        int line = result.finding().line();
        return report.project().shown(graded.file()) + (line == 0 ? "" : ", line " + line);
    }

    private void overview() {
        html.append("""
                <h2>Exercises</h2>
                <table>
                <thead><tr><th scope="col">exercise</th><th scope="col">state</th>\
                <th scope="col">points</th><th scope="col">minutes</th></tr></thead>
                <tbody>
                """);
        for (Graded graded : report.exercises()) {
            html.append("<tr><th scope=\"row\"><a href=\"#").append(graded.exercise().id())
                    .append("\">").append(graded.exercise()).append("</a></th><td>")
                    .append(state(graded)).append("</td><td>").append(points(graded))
                    .append("</td><td>").append(graded.exercise().minutes())
                    .append("</td></tr>\n");
        }
        html.append("</tbody>\n</table>\n");
    }

    private static String state(Graded graded) {
        return "<span class=\"" + name(graded.colour()) + "\">" + graded.colour().mark() + " "
                + graded.state() + "</span>";
    }

    private static String points(Graded graded) {
        return graded.points() + "/" + graded.exercise().points();
    }

    private void exercise(Graded graded) {
        html.append("<section id=\"").append(graded.exercise().id()).append("\" class=\"exercise ")
                .append(name(graded.colour())).append("\">\n<h3>").append(graded.exercise())
                .append(": ").append(state(graded)).append(", ").append(points(graded))
                .append(" points</h3>\n<p>File: <code>")
                .append(escape(report.project().shown(graded.file()))).append("</code></p>\n");
        if (graded.isNotRun()) {
            story(graded.results().getFirst());
        }
        if (!graded.likeness().isEmpty()) {
            paragraph("It behaves like: " + graded.likeness());
        }
        html.append("<ol class=\"tests\">\n");
        graded.results().forEach(result -> test(graded, result));
        html.append("</ol>\n");
        if (!graded.output().isBlank()) {
            html.append("<details><summary>What it printed</summary><pre>")
                    .append(escape(graded.output())).append("</pre></details>\n");
        }
        html.append("</section>\n");
    }

    private void test(Graded graded, Result result) {
        html.append("<li><span class=\"").append(name(result.verdict().colour())).append("\">")
                .append(result.verdict().colour().mark()).append("</span> ")
                .append(escape(result.claim())).append(" <small>(")
                .append(result.verdict().words()).append(", ").append(result.points()).append('/')
                .append(result.test().points()).append(")</small>\n");
        result.score().ifPresent(score -> paragraph(score.toString()));
        if (!graded.isNotRun()) {
            story(result);
        }
        html.append("</li>\n");
    }

    private void story(Result result) {
        if (result.verdict() == Verdict.PASSED) {
            return;
        }
        Finding finding = result.finding();
        html.append("<dl>\n");
        part("call", finding.call());
        part(result.verdict() == Verdict.TODO ? "gap" : "got", finding.got());
        part("wanted", finding.wanted());
        part("where", String.join(", ", finding.where()));
        part("next", finding.next());
        html.append("</dl>\n");
        finding.film().ifPresent(film -> html.append(film.part()));
    }

    private void part(String term, String text) {
        if (!text.isEmpty()) {
            html.append("<dt>").append(term).append("</dt><dd>").append(escape(text))
                    .append("</dd>\n");
        }
    }

    private void paragraph(String sentence) {
        html.append("<p>").append(escape(sentence)).append("</p>\n");
    }

    private void foot() {
        html.append("</main>\n<footer>");
        paragraph("Graded " + LocalDateTime.now().format(
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")) + " with heapcraft "
                + Course.load().version() + " on JDK " + System.getProperty("java.vm.version")
                + ". Wall: " + report.cage() + ".");
        html.append("</footer>\n");
        if (hasFilms) {
            html.append("<script>").append(Film.SCRIPT).append("</script>\n");
        }
        html.append("</body>\n</html>\n");
    }

    private static String name(Colour colour) {
        return colour.name().toLowerCase(Locale.ROOT);
    }
}
