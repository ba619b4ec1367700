package heapcraft.grade;

import heapcraft.exercise.Score;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reports that nobody had to be graded for.
public final class MadeUp {

    /// What a pupil could print to get out of every format there is.
    public static final String NASTY = "</script><script>alert(1)</script> ]]> --> & \"' ``` | # <b>\n"
            + "::error::forged\n##[error]forged\n::stop-commands::x\u0000\u0008\u001B[31mred"
            + "\uD800 \uDC00 \uFFFE \u202Eback\u2066 \u009B1m\r\n\tend";

    private static final Project PROJECT = new Project(Path.of("/course"), Path.of("/course/exercises"));

    private MadeUp() { }

    /// An exercise with two tests, of 1 and 2 points.
    public static Exercise exercise(String id) {
        return new Exercise("ch02", id, 25, List.of(),
                List.of(new GradedTest("adds_up", 1), new GradedTest("takes_away", 2)),
                List.of("Which?", "There.", "7 + 0"), List.of("A different case."), List.of(),
                List.of());
    }

    /// An exercise whose first test passed and whose second has this verdict.
    public static Graded graded(String id, Verdict second, Finding finding, String output) {
        Exercise exercise = exercise(id);
        return new Graded(exercise, PROJECT.submission(exercise),
                List.of(new Result(exercise.tests().getFirst(), Verdict.PASSED, Finding.NONE, 12),
                        new Result(exercise.tests().getLast(), second, finding, 1234)),
                output, "Do you count twice?", "0".repeat(64));
    }

    /// An exercise with full marks.
    public static Graded passed(String id) {
        return graded(id, Verdict.PASSED, Finding.NONE, "");
    }

    /// A report of one exercise.
    public static Report report(Verdict second, Finding finding, String output) {
        return report(graded("Sums", second, finding, output));
    }

    /// A report of these exercises.
    public static Report report(Graded... graded) {
        return new Report(PROJECT, List.of(graded), "a separate process", List.of());
    }

    /// An exercise whose second test passed and was measured: half of its 2 points are earned.
    public static Graded measured(String id) {
        Exercise exercise = exercise(id);
        return new Graded(exercise, PROJECT.submission(exercise),
                List.of(new Result(exercise.tests().getFirst(), Verdict.PASSED, Finding.NONE, 12),
                        new Result(exercise.tests().getLast(), Verdict.PASSED, Finding.NONE, 34,
                                Optional.of(Score.less("steps a call", 40, 160, 10, 5)))),
                "", "", "0".repeat(64));
    }

    /// Everything a pupil can say is nasty here.
    public static Report nasty() {
        return report(Verdict.WRONG,
                new Finding(NASTY, NASTY, NASTY, NASTY, List.of(NASTY, "Sums.java:7")), NASTY);
    }

    /// A plain failure.
    public static Finding failure() {
        return new Finding("takeAway(7, 7)", "1", "0", "What is 7 - 7?", List.of("Sums.java:12"));
    }
}
