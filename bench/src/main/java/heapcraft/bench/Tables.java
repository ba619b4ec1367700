package heapcraft.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The results as Markdown, padded so that they can be read in a terminal too.
final class Tables {

    private Tables() { }

    static String machine(Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) -> text.append("- ").append(name).append(": ").append(value)
                .append('\n'));
        return text.toString();
    }

    static String goals(List<Results> all) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("group", "measured", "against", "goal", "ratio", "of medians", ""));
        for (Results results : all) {
            for (Goal goal : results.group().goals()) {
                rows.add(List.of(results.group().name(), goal.measured().label(),
                        goal.against().label(), "≤ %.3f".formatted(goal.limit()),
                        figure(results.ratio(goal)), figure(results.ratioOfMedians(goal)),
                        verdict(results, goal)));
            }
        }
        return table(rows);
    }

    private static String verdict(Results results, Goal goal) {
        return results.ratio(goal).isEmpty() ? "not measured"
                : results.isMissed(goal) ? "missed" : "met";
    }

    static String times(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ns per operation", "minimum", "median"));
        for (Subject subject : results.group().subjects()) {
            rows.add(List.of(subject.label(), figure(results.minimum(subject)),
                    figure(results.median(subject))));
        }
        return results.group().name() + ": " + results.group().work() + "\n\n" + table(rows);
    }

    private static String figure(OptionalDouble value) {
        return value.isEmpty() ? "none" : "%.3g".formatted(value.getAsDouble());
    }

    private static String table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                text.append("| ").append(pad(row.get(i), width(rows, i))).append(' ');
            }
            text.append("|\n");
            if (row == rows.getFirst()) {
                for (int i = 0; i < columns; i++) {
                    text.append('|').append("-".repeat(width(rows, i) + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
