package heapcraft.lab.compare;

import heapcraft.grade.WholeFile;
import heapcraft.view.Drawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/// The part of `docs/compare.md` that a run writes: machine, claims, tables, charts.
final class ComparePage {

    private static final String BEGIN = "<!-- written by ./lab compare --write-docs -->\n";
    private static final String END = "<!-- end -->\n";

    private ComparePage() { }

    /// Puts the figures and charts of a whole run in the place of the former ones.
    ///
    /// @param docs the folder with the page
    /// @throws IllegalStateException if the page has no place for them
    static void write(Contest contest, Table claims, Path docs) throws IOException {
        Path page = docs.resolve("compare.md");
        WholeFile.write(page, replaced(Files.readString(page), figures(contest, claims)));
        for (Map.Entry<String, Drawing> chart : contest.charts().entrySet()) {
            // A tenth of the SVG, in which every letter is an outline.
            WholeFile.write(docs.resolve("compare").resolve(chart.getKey() + ".png"),
                    chart.getValue().png());
        }
    }

    /// The page of the comparison with this text in the place that is marked.
    static String replaced(String page, String text) {
        return replaced(page, BEGIN, text);
    }

    /// The page with this text in the place that is marked.
    ///
    /// @param begin the line before it
    /// @throws IllegalStateException if the page has no such place
    static String replaced(String page, String begin, String text) {
        int start = page.indexOf(begin);
        int end = page.indexOf(END);
        if (start < 0 || end < start) {
            throw new IllegalStateException("the page has no place for figures: " + begin.strip()
                    + " … " + END.strip());
        }
        return page.substring(0, start + begin.length()) + "\n" + text + "\n"
                + page.substring(end);
    }

    private static String figures(Contest contest, Table claims) {
        return contest.machine().entrySet().stream()
                .map(fact -> "- " + fact.getKey() + ": " + fact.getValue() + "\n")
                .collect(Collectors.joining()) + "\n"
                + "## Claims\n\n" + claims.markdown() + "\n## Figures\n\n"
                + contest.tables().stream().map(Table::markdown).collect(Collectors.joining("\n"))
                + "\n"
                + contest.sentences().stream().map(line -> "- " + line + "\n")
                .collect(Collectors.joining()) + "\n## Charts\n\n"
                + contest.charts().entrySet().stream().map(chart -> "![" + chart.getValue().alt()
                        + "](compare/" + chart.getKey() + ".png)\n")
                .collect(Collectors.joining("\n"));
    }
}
