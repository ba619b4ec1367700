package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Report.Graded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the library says of the stubs is what the exercises are. Whoever changes an exercise records
/// it anew with `mvn verify -Dit.test=StubsLawIT -Dstubs.record=true`, in the same commit.
class StubsLawIT {

    private static final String WHAT_TO_DO = " is not what the library has in"
            + " src/main/resources/heapcraft/stubs. A maintainer who changed it commits it and runs:"
            + " mvn verify -Dit.test=StubsLawIT -Dstubs.record=true"
            + " (a learner needs only mvn test)";

    private static final Path ROOT = Project.find().root();

    @TempDir
    private Path scratch;

    @BeforeEach
    void needs_git() {
        assumeTrue(Files.exists(ROOT.resolve(".git")), "only git knows what was committed");
    }

    @Test
    void every_stub_is_the_exercise_as_committed() throws Exception {
        for (Exercise exercise : Course.load().exercises()) {
            check(path(exercise, ".java"), committed("exercises/" + path(exercise, ".java")));
        }
    }

    @Test
    void every_stub_when_run_says_what_was_recorded() throws Exception {
        Project project = new Project(ROOT, scratch);
        for (Exercise exercise : Course.load().exercises()) {
            // One line more than the stub, so that it is run.
            WholeFile.write(project.submission(exercise),
                    committed("exercises/" + path(exercise, ".java")) + "// begun\n");
        }
        Report report = new Grader(project).grade(Course.load().exercises(), done -> { });
        for (Graded graded : report.exercises()) {
            assertEquals("not started", graded.state(), graded::toString);
            check(path(graded.exercise(), ".gaps"), graded.results().stream()
                    .map(result -> result.test().name() + ": " + result.finding().got() + "\n")
                    .collect(Collectors.joining()));
        }
    }

    private static void check(String file, String wanted) throws IOException {
        Path recorded = ROOT.resolve("src/main/resources/heapcraft/stubs").resolve(file);
        if (Boolean.getBoolean("stubs.record")) {
            WholeFile.write(recorded, wanted);
        }
        assertEquals(wanted, Files.exists(recorded) ? Files.readString(recorded) : "nothing",
                file + WHAT_TO_DO);
    }

    private static String path(Exercise exercise, String ending) {
        return exercise.className().replace('.', '/') + ending;
    }

    private static String committed(String file) throws Exception {
        Process git = new ProcessBuilder("git", "-C", ROOT.toString(), "show", "HEAD:" + file)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), "git show HEAD:" + file);
        return text;
    }
}
