package heapcraft.grade.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.grade.Report;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Verdict;
import java.util.List;

/// A report as Gradescope's `results.json`, one row a test. Everything is marked as plain text, so
/// that Gradescope escapes it; see
/// [its specification](https://gradescope-autograders.readthedocs.io/en/latest/specs/).
final class Gradescope {

    private Gradescope() { }

    static String of(Report report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("score", report.points())
                .put("output", report.points() + " of " + report.total() + " points. Wall: "
                        + report.cage() + ".")
                .put("output_format", "text")
                .put("test_output_format", "text")
                .put("test_name_format", "text")
                .put("visibility", "visible");
        ArrayNode tests = root.putArray("tests");
        for (Graded graded : report.exercises()) {
            graded.results().forEach(result -> test(graded, result, tests.addObject()));
        }
        leaderboard(report, root);
        return JsonReport.pretty(root);
    }

    /// Gradescope shows one only where there are rows.
    private static void leaderboard(Report report, ObjectNode root) {
        List<Result> measured = report.exercises().stream()
                .flatMap(graded -> graded.measured().stream()).toList();
        if (!measured.isEmpty()) {
            ArrayNode rows = root.putArray("leaderboard");
            measured.forEach(result -> result.score().ifPresent(score -> rows.addObject()
                    .put("name", score.name()).put("value", score.value())
                    .put("order", score.isLess() ? "asc" : "desc")));
        }
    }

    private static void test(Graded graded, Result result, ObjectNode node) {
        node.put("name", graded.exercise() + ": " + result.claim())
                .put("score", result.points())
                .put("max_score", result.test().points())
                .put("status", result.verdict() == Verdict.PASSED ? "passed" : "failed")
                .put("output", output(result));
    }

    private static String output(Result result) {
        return (result.verdict().words() + "\n" + result.story()).strip();
    }
}
