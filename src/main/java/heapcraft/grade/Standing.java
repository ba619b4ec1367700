package heapcraft.grade;

import heapcraft.grade.Report.Graded;
import heapcraft.grade.Verdict.Colour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How far the learner is with one exercise, as `key=value` words; later versions may add keys, and
/// this one keeps what it does not know.
public record Standing(Map<String, String> words) {

    /// Nothing is known.
    static final Standing UNKNOWN = new Standing(Map.of());

    static Standing parse(String line) {
        Map<String, String> words = new LinkedHashMap<>();
        Arrays.stream(line.strip().split("\\s+")).filter(word -> word.contains("="))
                .forEach(word -> words.put(word.replaceFirst("=.*", ""),
                        word.replaceFirst(".*?=", "")));
        return new Standing(words);
    }

    String toLine() {
        List<String> pairs = new ArrayList<>();
        words.forEach((key, value) -> pairs.add(key + "=" + value));
        return String.join(" ", pairs);
    }

    /// The state when it was last graded, in a word or two; "not graded" if it never was.
    public String state() {
        return words.getOrDefault("state", "not-graded").replace('-', ' ');
    }

    /// What that state means: nothing left, something left, something to mend.
    public Colour colour() {
        return switch (state()) {
            case "done" -> Colour.GREEN;
            case "to do", "not started", "not graded" -> Colour.YELLOW;
            default -> Colour.RED;
        };
    }

    /// The points when it was last graded.
    public int points() {
        return number("points");
    }

    /// How many hints have been shown.
    public int hints() {
        return number("hints");
    }

    /// Whether the solution may be shown: all tests passed once, or the learner gave up.
    public boolean isOpen() {
        return words.containsKey("passed") || words.containsKey("gave-up");
    }

    /// The digest of the file that was graded.
    String file() {
        return words.getOrDefault("file", "");
    }

    /// The digest of the stub that the learner's work began with.
    String base() {
        return words.getOrDefault("base", "");
    }

    /// The same after grading.
    Standing graded(Graded graded) {
        Standing now = with("state", graded.state().replace(' ', '-'))
                .with("points", Integer.toString(graded.points()))
                .with("file", Progress.brief(graded.sha256()));
        return graded.colour() == Colour.GREEN ? now.with("passed", "yes") : now;
    }

    /// The same with the file as shipped.
    Standing notStarted(String file) {
        return with("state", "not-started").with("points", "0").with("file", file)
                .with("base", file);
    }

    /// The same with this many hints shown.
    public Standing hinted(int hints) {
        return with("hints", Integer.toString(hints));
    }

    /// The same for a learner who wants to see the solution.
    public Standing gaveUp() {
        return with("gave-up", "yes");
    }

    Standing with(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(words);
        changed.put(key, value);
        return new Standing(changed);
    }

    private int number(String key) {
        try {
            return Integer.parseInt(words.getOrDefault(key, "0"));
        } catch (NumberFormatException e) {
            return 0; // a line that somebody has edited
        }
    }
}
