package heapcraft.grade.report;

import heapcraft.grade.Report;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What a report can be written as.
///
/// Each format names the fields it shows, one by one: what is not named stays with the grader.
public enum Format {
    /// A page for a browser, with nothing outside itself.
    HTML(report -> Map.of("report.html", HtmlPage.of(report))),
    /// Everything, for programs; `report.schema.json` beside the course manifest describes it.
    JSON(report -> Map.of("report.json", JsonReport.of(report))),
    /// What continuous integration servers read: the XML of Surefire.
    JUNIT(report -> Map.of("junit/TEST-heapcraft.xml", JUnitXml.of(report))),
    /// What a Gradescope autograder leaves in its results folder.
    GRADESCOPE(report -> Map.of("results.json", Gradescope.of(report))),
    /// Step outputs for GitHub Classroom's reporter, and a summary for the job's page.
    GITHUB(report -> Map.of("github-output.txt", Classroom.of(report),
            "github-summary.md", JobSummary.of(report)));

    private final Function<Report, Map<String, String>> files;

    Format(Function<Report, Map<String, String>> files) {
        this.files = files;
    }

    /// The files of this format: relative path to content.
    Map<String, String> files(Report report) {
        return files.apply(report);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
