package heapcraft.exercise;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestReporter;

/// How good a right solution is, by one measure: a test that passes with a score earns that share
/// of its points.
///
/// ```java
/// Score score = Score.less("steps a call", 14.2, 400, 9.8, 7.1);
/// score.share();       // 0.9, of 0 at 400 steps and 1 at 9.8 or fewer
/// score.toString();    // "steps a call 14.2 (reference 9.80, best known 7.10)"
/// ```
///
/// A test hands its score to the grader through the `TestReporter` that JUnit gives to the test's
/// constructor. Nothing of it is static and nothing can be looked up: the code under test never
/// holds a reporter, so it can make a score, but tell nobody. Immutable.
///
/// @param name      what is measured, in small letters
/// @param isLess    whether less of it is better
/// @param value     what was measured
/// @param reference what the course's own solution reaches: from there on all points are earned
/// @param best      the best that is known
/// @param share     the share of the points, from 0 to 1
public record Score(String name, boolean isLess, double value, double reference, double best,
                    double share) {

    /// Takes over the parts, which may come from another process.
    ///
    /// @throws IllegalArgumentException if they are no score
    public Score {
        if (!name.matches("[a-z][a-z0-9 ,]{0,39}") || !Double.isFinite(value)
                || !Double.isFinite(reference) || !Double.isFinite(best)
                || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("no score: " + name + " " + value + " of "
                    + reference + " and " + best + ", share " + share);
        }
    }

    /// A score by a measure of which more is better. Between the worst value and the reference, the
    /// share grows evenly.
    ///
    /// @param worst where the first points begin
    public static Score more(String name, double value, double worst, double reference,
                             double best) {
        return new Score(name, false, value, reference, best,
                clamp((value - worst) / (reference - worst)));
    }

    /// A score by a measure of which less is better. Between the worst value and the reference, the
    /// share grows by the same each time the value is halved.
    ///
    /// @param worst where the first points begin
    public static Score less(String name, double value, double worst, double reference,
                             double best) {
        return new Score(name, true, value, reference, best,
                clamp(Math.log(worst / Math.max(value, Double.MIN_NORMAL))
                        / Math.log(worst / reference)));
    }

    /// The score that another process told of, if it told of one.
    ///
    /// @param fields as [#fields()] has made them, with others
    /// @throws IllegalArgumentException if it is none
    public static Optional<Score> of(Map<String, String> fields) {
        return fields.containsKey("score")
                ? Optional.of(new Score(fields.get("score"),
                        Boolean.parseBoolean(fields.get("less")), number(fields, "value"),
                        number(fields, "reference"), number(fields, "best"),
                        number(fields, "share")))
                : Optional.empty();
    }

    /// The score as text, field by field.
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("score", name);
        fields.put("less", Boolean.toString(isLess));
        fields.put("value", Double.toString(value));
        fields.put("reference", Double.toString(reference));
        fields.put("best", Double.toString(best));
        fields.put("share", Double.toString(share));
        return fields;
    }

    /// Tells the grader. A test does so last: what was measured counts if it passes.
    ///
    /// @param reporter what JUnit gave to the test
    public void to(TestReporter reporter) {
        reporter.publishEntry(fields());
    }

    /// The points that are earned, of those there are: whole ones, rounded down.
    public int points(int of) {
        return (int) Math.floor(share * of + 1e-9);
    }

    /// The score as a line of a leader board.
    @Override
    public String toString() {
        return name + " " + spelled(value) + " (reference " + spelled(reference) + ", best known "
                + spelled(best) + ")";
    }

    private static String spelled(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.1f", number);
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private static double number(Map<String, String> fields, String name) {
        return Double.parseDouble(fields.getOrDefault(name, "NaN"));
    }
}
