package heapcraft.grade;

import heapcraft.exercise.Score;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Verdict.Colour;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What came of grading some exercises.
///
/// @param cage  the wall between the learner's code and the machine, in words
/// @param notes what the learner should know besides, one sentence each
public record Report(Project project, List<Graded> exercises, String cage, List<String> notes) {

    /// What came of one exercise.
    ///
    /// @param output   the first of what it printed
    /// @param likeness the known mistake that the failures look like, in a line; may be empty
    /// @param sha256   the digest of the file as it was graded; empty if it was not there
    public record Graded(Exercise exercise, Path file, List<Result> results, String output,
                         String likeness, String sha256) {

        /// What was printed is the learner's: from here on, it is harmless to print again.
        public Graded {
            output = Visible.text(output);
        }

        /// The points it earned.
        public int points() {
            return results.stream().mapToInt(Result::points).sum();
        }

        /// Red if any test is red, else yellow if anything is left to do, else green.
        public Colour colour() {
            return results.stream().map(result -> result.verdict().colour())
                    .max(Colour::compareTo).orElse(Colour.RED);
        }

        /// The state in a word or two.
        public String state() {
            return switch (colour()) {
                case GREEN -> "done";
                case YELLOW -> results.stream().allMatch(r -> r.verdict() == Verdict.TODO)
                        ? "not started" : "to do";
                case RED -> firstRed().orElseThrow().verdict().words();
            };
        }

        /// The results that were measured and not only judged.
        public List<Result> measured() {
            return results.stream().filter(result -> result.score().isPresent()).toList();
        }

        /// Whether nothing could be run, so that one finding stands for all tests.
        public boolean isNotRun() {
            return results.stream().allMatch(result -> result.verdict() == Verdict.FORBIDDEN
                    || result.verdict() == Verdict.DOES_NOT_COMPILE);
        }

        /// The first test that something is wrong with.
        public Optional<Result> firstRed() {
            return results.stream().filter(r -> r.verdict().colour() == Colour.RED).findFirst();
        }

        /// The first test that is not passed.
        public Optional<Result> firstOpen() {
            return firstRed().or(() -> results.stream()
                    .filter(result -> result.verdict() != Verdict.PASSED).findFirst());
        }
    }

    /// What came of one expected test.
    ///
    /// @param millis how long it ran, in milliseconds; 0 where it did not run
    /// @param score  how good it is, where the test has measured that
    public record Result(GradedTest test, Verdict verdict, Finding finding, long millis,
                         Optional<Score> score) {

        /// What came of a test that measures nothing.
        public Result(GradedTest test, Verdict verdict, Finding finding, long millis) {
            this(test, verdict, finding, millis, Optional.empty());
        }

        /// Its points if it passed, or the part of them that its score earns; or else 0.
        public int points() {
            return verdict != Verdict.PASSED ? 0
                    : score.map(earned -> earned.points(test.points())).orElse(test.points());
        }

        /// The line of a leader board, where something was measured.
        public Optional<String> measure() {
            return score.map(earned -> earned + ": " + points() + "/" + test.points());
        }

        /// The test's name as the claim it is.
        public String claim() {
            return test.name().replace('_', ' ');
        }

        /// Why it has its verdict, line by line; where it passed, what was measured, if anything.
        public String story() {
            return switch (verdict) {
                case PASSED -> measure().orElse("");
                case TODO -> "gap: " + finding.got();
                default -> finding.story();
            };
        }
    }

    /// The same report with one more note.
    public Report noting(String note) {
        return new Report(project, exercises, cage,
                Stream.concat(notes.stream(), Stream.of(note)).toList());
    }

    /// The points earned.
    public int points() {
        return exercises.stream().mapToInt(Graded::points).sum();
    }

    /// The points there are.
    public int total() {
        return exercises.stream().mapToInt(graded -> graded.exercise().points()).sum();
    }

    /// The worst colour of all exercises.
    public Colour colour() {
        return exercises.stream().map(Graded::colour).max(Colour::compareTo).orElse(Colour.GREEN);
    }

    /// The exercise to look at next: the first wrong one, or else the first unfinished one.
    public Optional<Graded> next() {
        return first(Colour.RED).or(() -> first(Colour.YELLOW));
    }

    private Optional<Graded> first(Colour colour) {
        return exercises.stream().filter(graded -> graded.colour() == colour).findFirst();
    }
}
