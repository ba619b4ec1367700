package heapcraft.trace.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of `perf stat`: counters of a whole run. It knows nothing of functions, so it cannot
/// give the allocator's share; but a program that mostly waits has its bound here.
final class PerfStat {

    private static final String TITLE = "Performance counter stats for";
    private static final Pattern COMMAND = Pattern.compile(TITLE + " '(.*)':");
    private static final Pattern ELAPSED =
            Pattern.compile("(?m)^\\s+([\\d.,]+) seconds time elapsed");
    private static final Pattern TASK =
            Pattern.compile("(?m)^\\s+([\\d.,]+) msec task-clock");

    private PerfStat() { }

    static boolean wrote(String text) {
        return text.contains(TITLE);
    }

    /// @throws IllegalArgumentException if the elapsed time or the time on the processor is missing
    static Profile parse(String text) {
        double elapsed = number(ELAPSED, text, "the elapsed time");
        double busy = number(TASK, text, "task-clock") / 1000;
        if (elapsed <= 0) {
            throw new IllegalArgumentException("it has an elapsed time of " + elapsed + " s");
        }
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("elapsed", "%.3f s".formatted(elapsed));
        figures.put("on a processor", "%.3f s, %.0f %% of it".formatted(busy, 100 * busy / elapsed));
        double cycles = counter("cycles", text);
        double instructions = counter("instructions", text);
        figures.put("instructions a cycle", Double.isNaN(cycles) || Double.isNaN(instructions)
                ? "not counted on this machine" : "%.2f".formatted(instructions / cycles));
        figures.put("at best", bound(busy, elapsed));
        Map<String, String> head = Head.of(text);
        Matcher command = COMMAND.matcher(text);
        if (command.find()) {
            head.putIfAbsent("command", command.group(1));
        }
        return new Profile("perf stat", head, OptionalDouble.empty(), "", figures,
                "which function the time went to, the allocator's or any other; whether it waited"
                        + " for a disk or, on a busy machine, for a processor");
    }

    /// Even an allocator that took all the time on a processor could save no more than that.
    private static String bound(double busy, double elapsed) {
        return busy >= elapsed ? "no bound: it never waited"
                : "%.2f times as fast, if all its time on a processor were malloc's".formatted(
                        1 / (1 - busy / elapsed));
    }

    private static double number(Pattern pattern, String text, String what) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("perf stat's text lacks " + what
                    + "; is it cut short?");
        }
        return parse(found, what);
    }

    private static double parse(Matcher found, String what) {
        try {
            return Double.parseDouble(found.group(1).replace(",", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is no number: " + found.group(1), e);
        }
    }

    private static double counter(String name, String text) {
        Matcher found = Pattern.compile("(?m)^\\s+([\\d.,]+)\\s+" + name + "\\b").matcher(text);
        return found.find() ? parse(found, name) : Double.NaN;
    }
}
