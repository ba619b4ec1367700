package heapcraft.grade.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.exercise.Score;
import heapcraft.grade.Course;
import heapcraft.grade.Finding;
import heapcraft.grade.Report;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A report for programs. Its form is `/heapcraft/report.schema.json`.
final class JsonReport {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonReport() { }

    static String of(Report report) {
        ObjectNode root = JSON.createObjectNode().put("format", 1);
        Course course = Course.load();
        root.putObject("course").put("title", course.title()).put("version", course.version());
        root.put("graded", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("jdk", System.getProperty("java.vm.version"))
                .put("cage", report.cage())
                .put("points", report.points())
                .put("total", report.total())
                .put("colour", name(report.colour()));
        ArrayNode exercises = root.putArray("exercises");
        report.exercises().forEach(graded -> exercise(report, graded, exercises.addObject()));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        return pretty(root);
    }

    private static void exercise(Report report, Graded graded, ObjectNode node) {
        node.put("id", graded.exercise().id())
                .put("chapter", graded.exercise().folder())
                .put("file", report.project().shown(graded.file()))
                .put("sha256", graded.sha256())
                .put("points", graded.points())
                .put("total", graded.exercise().points())
                .put("colour", name(graded.colour()))
                .put("state", graded.state())
                .put("likeness", graded.likeness());
        ArrayNode tests = node.putArray("tests");
        graded.results().forEach(result -> test(result, tests.addObject()));
        node.put("output", graded.output());
    }

    private static void test(Result result, ObjectNode node) {
        node.put("name", result.test().name())
                .put("verdict", result.verdict().words())
                .put("points", result.points())
                .put("total", result.test().points())
                .put("millis", result.millis());
        finding(result.finding(), node.putObject("finding"));
        node.putNull("score");
        result.score().ifPresent(score -> score(score, node.putObject("score")));
    }

    private static void score(Score score, ObjectNode node) {
        node.put("name", score.name()).put("value", score.value())
                .put("reference", score.reference()).put("best", score.best())
                .put("better", score.isLess() ? "less" : "more").put("share", score.share());
    }

    private static void finding(Finding finding, ObjectNode node) {
        node.put("call", finding.call()).put("got", finding.got())
                .put("wanted", finding.wanted()).put("next", finding.next());
        ArrayNode where = node.putArray("where");
        finding.where().forEach(where::add);
    }

    private static String name(Enum<?> colour) {
        return colour.name().toLowerCase(Locale.ROOT);
    }

    /// JSON for people and programs.
    static String pretty(JsonNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }
}
