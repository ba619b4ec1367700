package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import heapcraft.grade.Course;
import heapcraft.grade.Finding;
import heapcraft.grade.MadeUp;
import heapcraft.grade.Report;
import heapcraft.grade.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private static final Schema SCHEMA = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonReportTest.class.getResourceAsStream("/heapcraft/report.schema.json"));

    @Test
    void every_verdict_keeps_to_the_published_schema() throws IOException {
        for (Verdict verdict : Verdict.values()) {
            assertEquals(List.of(), SCHEMA.validate(
                    read(MadeUp.report(verdict, MadeUp.failure(), "printed"))), verdict.words());
        }
    }

    @Test
    void the_schema_refuses_a_field_that_it_does_not_name() throws IOException {
        ObjectNode report = (ObjectNode) read(MadeUp.nasty());
        ((ObjectNode) report.at("/exercises/0/tests/0/finding")).put("environment", "secret");
        assertFalse(SCHEMA.validate(report).isEmpty());
    }

    @Test
    void the_schema_misses_a_field_that_is_gone() throws IOException {
        for (String field : List.of("course", "jdk", "cage", "points", "exercises")) {
            ObjectNode report = (ObjectNode) read(MadeUp.nasty());
            report.remove(field);
            assertFalse(SCHEMA.validate(report).isEmpty(), field);
        }
    }

    @Test
    void says_all_that_was_found() throws IOException {
        JsonNode report = read(MadeUp.report(Verdict.WRONG, MadeUp.failure(), "printed"));
        assertEquals(Course.load().version(), report.at("/course/version").asText());
        assertEquals(System.getProperty("java.vm.version"), report.get("jdk").asText());
        JsonNode exercise = report.at("/exercises/0");
        assertEquals("0".repeat(64), exercise.get("sha256").asText());
        assertEquals("exercises/ch02/Sums.java", exercise.get("file").asText());
        assertEquals("Do you count twice?", exercise.get("likeness").asText());
        JsonNode test = exercise.at("/tests/1");
        assertEquals("wrong", test.get("verdict").asText());
        assertEquals(0, test.get("points").asInt());
        assertEquals(2, test.get("total").asInt());
        assertEquals(1234, test.get("millis").asInt());
        assertEquals("Sums.java:12", test.at("/finding/where/0").asText());
    }

    @Test
    void says_what_was_measured_and_null_where_nothing_was() throws IOException {
        JsonNode report = read(MadeUp.report(MadeUp.measured("Sums")));
        assertEquals(List.of(), SCHEMA.validate(report));
        assertTrue(report.at("/exercises/0/tests/0/score").isNull());
        assertEquals(1, report.at("/exercises/0/tests/1/points").asInt());
        JsonNode score = report.at("/exercises/0/tests/1/score");
        assertEquals("steps a call 40.0 10.0 5.0 less", String.join(" ", score.get("name").asText(),
                score.get("value").asText(), score.get("reference").asText(),
                score.get("best").asText(), score.get("better").asText()));
        assertEquals(0.5, score.get("share").asDouble(), 1e-9);
    }

    @Test
    void nasty_text_comes_back_as_it_was_shown() throws IOException {
        Report report = MadeUp.nasty();
        JsonNode read = read(report);
        assertEquals(List.of(), SCHEMA.validate(read));
        assertEquals(report.exercises().getFirst().output(), read.at("/exercises/0/output").asText());
        Finding finding = report.exercises().getFirst().results().getLast().finding();
        assertEquals(finding.got(), read.at("/exercises/0/tests/1/finding/got").asText());
    }

    private static JsonNode read(Report report) throws IOException {
        return JsonMapper.builder().build().readTree(JsonReport.of(report));
    }
}
