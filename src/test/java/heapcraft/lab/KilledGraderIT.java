package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A grader that is killed leaves nothing that reads as a result but is none.
class KilledGraderIT {

    private static final int KILLS = 20;

    private static final Schema SCHEMA = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(KilledGraderIT.class.getResourceAsStream("/heapcraft/report.schema.json"));

    @TempDir
    private Path root;
    private Desk desk;

    @BeforeEach
    void solve_one_exercise() throws IOException {
        desk = new Desk(root);
        Project course = Project.find();
        Exercise exercise = Desk.exercise("LayoutMath");
        desk.write(desk.file("LayoutMath"), Files.readString(course.solution(exercise)));
        Files.createDirectories(desk.path("tmp"));
        desk.write("src/test/java/ch02/LayoutMathTest.java", Files.readString(course.test(exercise)));
    }

    @Test
    void killed_at_twenty_moments_it_never_leaves_half_a_report() throws Exception {
        long start = System.nanoTime();
        assertEquals(0, grade().waitFor());
        long whole = System.nanoTime() - start;
        for (int i = 1; i <= KILLS; i++) {
            Process grader = grade();
            grader.waitFor(whole * i / KILLS, TimeUnit.NANOSECONDS);
            grader.destroyForcibly().waitFor();
            assertWhole();
            assertNextRunIsRight();
        }
        try (Stream<Path> left = Files.list(desk.path("tmp"))) {
            assertEquals(List.of(), left.toList());
        }
        assertEquals(List.of(), ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(root.toString())).toList());
    }

    private void assertNextRunIsRight() throws IOException {
        Files.delete(desk.path("target/grade/report.json"));
        Files.delete(desk.path(".lab/progress.txt"));
        assertEquals(0, desk.run("grade", "LayoutMath").code());
        JsonNode report = assertWhole();
        assertEquals(Desk.exercise("LayoutMath").points(), report.get("points").asInt());
    }

    private JsonNode assertWhole() throws IOException {
        JsonNode report = JsonMapper.builder().build()
                .readTree(desk.read("target/grade/report.json"));
        assertEquals(List.of(), SCHEMA.validate(report));
        assertTrue(desk.read("target/grade/report.html").endsWith("</html>\n"));
        assertEquals(1, desk.state("LayoutMath").size());
        assertTrue(desk.read(".lab/progress.txt").endsWith("\n"));
        return report;
    }

    private Process grade() throws IOException {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                "-Dheapcraft.root=" + root, "-Djava.io.tmpdir=" + desk.path("tmp"),
                "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "grade")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
