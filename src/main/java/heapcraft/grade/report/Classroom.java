package heapcraft.grade.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.grade.Report;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Verdict;
import heapcraft.grade.Verdict.Colour;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;

/// A report as step outputs for GitHub Classroom's reporter: a line `Name=…` for each exercise, its
/// result in base64, which no output can break out of. A workflow appends the file to
/// `$GITHUB_OUTPUT` and hands each line on as `NAME_RESULTS`.
final class Classroom {

    private Classroom() { }

    static String of(Report report) {
        return report.exercises().stream()
                .map(graded -> graded.exercise().id() + "=" + base64(result(report, graded)) + "\n")
                .collect(Collectors.joining());
    }

    private static String base64(ObjectNode node) {
        return Base64.getEncoder().encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode result(Report report, Graded graded) {
        ObjectNode root = JsonNodeFactory.instance.objectNode()
                .put("version", 1)
                .put("status", graded.colour() == Colour.GREEN ? "pass" : "fail")
                .put("max_score", graded.exercise().points());
        ArrayNode tests = root.putArray("tests");
        graded.results().forEach(result -> test(report, graded, result, tests.addObject()));
        return root;
    }

    private static void test(Report report, Graded graded, Result result, ObjectNode node) {
        node.put("name", result.claim())
                .put("status", status(result.verdict()))
                .put("score", result.points())
                .put("message", result.story())
                .put("test_code", "./lab grade " + graded.exercise().id())
                .put("filename", report.project().shown(graded.file()))
                .put("line_no", result.finding().line())
                .put("execution_time", String.format(Locale.ROOT, "%.1fs", result.millis() / 1000.0));
    }

    private static String status(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "pass";
            case GRADER_ERROR -> "error";
            default -> "fail";
        };
    }
}
