package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import heapcraft.grade.MadeUp;
import heapcraft.grade.Report;
import heapcraft.grade.Verdict;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassroomTest {

    @Test
    void every_exercise_is_one_line_that_nothing_breaks_out_of() {
        Report report = MadeUp.report(
                MadeUp.graded("Sums", Verdict.WRONG, MadeUp.nasty().exercises().getFirst()
                        .results().getLast().finding(), MadeUp.NASTY),
                MadeUp.passed("Moves"));
        List<String> lines = Classroom.of(report).lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().matches("Sums=[A-Za-z0-9+/]+=*"), lines::toString);
        assertTrue(lines.getLast().matches("Moves=[A-Za-z0-9+/]+=*"), lines::toString);
    }

    @Test
    void a_result_has_the_fields_that_the_reporter_reads() throws IOException {
        JsonNode result = read(MadeUp.report(Verdict.WRONG, MadeUp.failure(), ""));
        assertEquals("1 fail 3", result.get("version").asInt() + " "
                + result.get("status").asText() + " " + result.get("max_score").asInt());
        JsonNode test = result.at("/tests/1");
        assertEquals("takes away", test.get("name").asText());
        assertEquals("fail", test.get("status").asText());
        assertEquals(0, test.get("score").asInt());
        assertEquals("exercises/ch02/Sums.java", test.get("filename").asText());
        assertEquals(12, test.get("line_no").asInt());
        assertEquals("1.2s", test.get("execution_time").asText());
        assertEquals(8, test.size(), "name, status, score, message, test_code and where");
        assertEquals(1, result.at("/tests/0/score").asInt());
    }

    @Test
    void only_full_marks_pass_and_our_fault_is_an_error() throws IOException {
        assertEquals("pass",
                read(MadeUp.report(MadeUp.passed("Sums"))).get("status").asText());
        assertEquals("fail",
                read(MadeUp.report(Verdict.TODO, MadeUp.failure(), "")).get("status").asText());
        assertEquals("error", read(MadeUp.report(Verdict.GRADER_ERROR, MadeUp.failure(), ""))
                .at("/tests/1/status").asText());
    }

    private static JsonNode read(Report report) throws IOException {
        String base64 = Classroom.of(report).strip().replaceFirst("^Sums=", "");
        return JsonMapper.builder().build().readTree(Base64.getDecoder().decode(base64));
    }
}
