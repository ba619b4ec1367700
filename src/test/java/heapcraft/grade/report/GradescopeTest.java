package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import heapcraft.grade.MadeUp;
import heapcraft.grade.Report;
import heapcraft.grade.Verdict;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GradescopeTest {

    @Test
    void the_rows_add_up_to_the_score() throws IOException {
        JsonNode results = read(MadeUp.report(Verdict.WRONG, MadeUp.failure(), ""));
        assertEquals(1, results.get("score").asInt());
        assertEquals("1/1 passed", row(results, 0));
        assertEquals("0/2 failed", row(results, 1));
    }

    @Test
    void what_was_measured_is_a_row_of_the_leader_board() throws IOException {
        JsonNode results = read(MadeUp.report(MadeUp.measured("Sums"), MadeUp.passed("Moves")));
        assertEquals(5, results.get("score").asInt());
        assertEquals("1/2 passed", row(results, 1));
        assertTrue(results.at("/tests/1/output").asText().contains("reference 10.0"));
        assertEquals("[{\"name\":\"steps a call\",\"value\":40.0,\"order\":\"asc\"}]",
                results.get("leaderboard").toString());
    }

    @Test
    void what_is_to_do_has_no_points_yet() throws IOException {
        assertEquals("0/2 failed", row(read(MadeUp.report(Verdict.TODO, MadeUp.failure(), "")), 1));
    }

    @Test
    void shows_only_fields_that_are_meant_for_learners() throws IOException {
        JsonNode results = read(MadeUp.nasty());
        assertEquals(Set.of("score", "output", "output_format", "test_output_format",
                "test_name_format", "visibility", "tests"), names(results));
        assertEquals(Set.of("name", "score", "max_score", "status", "output"),
                names(results.at("/tests/1")));
    }

    @Test
    void all_text_is_marked_as_plain() throws IOException {
        JsonNode results = read(MadeUp.nasty());
        for (String format : Set.of("output_format", "test_output_format", "test_name_format")) {
            assertEquals("text", results.get(format).asText());
        }
        assertTrue(results.at("/tests/1/output").asText().contains("]]>"));
    }

    private static String row(JsonNode results, int row) {
        JsonNode test = results.at("/tests/" + row);
        return test.get("score").asInt() + "/" + test.get("max_score").asInt() + " "
                + test.get("status").asText();
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read(Report report) throws IOException {
        return JsonMapper.builder().build().readTree(Gradescope.of(report));
    }
}
