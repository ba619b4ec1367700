package heapcraft.trace.profile;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of `heaptrack_print`: how often a program called its allocator, and how much memory it
/// had at most. It counts calls and does not time them, so the share of time follows from what a
/// call is said to cost.
final class Heaptrack {

    /// What an allocation and its free are taken to cost together, in nanoseconds: as much as
    /// glibc's `malloc(64)` and `free` out of the thread's cache. Larger and mixed sizes cost more.
    static final double NANOS = 12;

    /// heaptrack slows a program down many times; so a recording may say, in a line
    /// `# alone: 0.022 s`, how long the program takes without.
    private static final Pattern ALONE = Pattern.compile("(\\d+\\.\\d+) s\\b");
    private static final String CALLS = "calls to allocation functions: ";
    private static final String RUNTIME = "total runtime: ";

    private Heaptrack() { }

    static boolean wrote(String text) {
        return text.contains(CALLS) || text.contains(RUNTIME)
                || text.startsWith("reading file \"") && text.contains("heaptrack");
    }

    /// @throws IllegalArgumentException if the summary at its end is not all there
    static Profile parse(String text) {
        double seconds = number(RUNTIME + "([\\d.]+)s", text, "the total runtime");
        double calls = number(CALLS + "(\\d+)", text, "the calls to allocation functions");
        double temporary = number("temporary memory allocations: (\\d+)", text,
                "the temporary allocations");
        String peak = word("peak heap memory consumption: (\\S+)", text, "the peak of the heap");
        if (seconds <= 0) {
            throw new IllegalArgumentException("it has a runtime of " + seconds + " s");
        }
        Map<String, String> head = Head.of(text);
        Matcher alone = ALONE.matcher(head.getOrDefault("alone", ""));
        boolean timed = alone.lookingAt();
        double own = timed ? Double.parseDouble(alone.group(1)) : seconds;
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("calls", String.format(Locale.ROOT, "%.0f allocations in %.2f s, %.0f a second",
                calls, seconds, calls / seconds));
        figures.put("temporary", calls == 0 ? "none"
                : String.format(Locale.ROOT, "%.1f %% of them, freed before the next allocation",
                        100 * temporary / calls));
        figures.put("peak heap", peak);
        return new Profile("heaptrack", head,
                OptionalDouble.of(Math.min(1, calls * NANOS * 1e-9 / own)),
                "implied by the calls at " + (int) NANOS + " ns for an allocation and its free, "
                        + (timed ? "in the time of the program alone" : "in a runtime that heaptrack"
                        + " has made longer: it is more"), figures,
                "how long a call took");
    }

    private static double number(String pattern, String text, String what) {
        String found = word(pattern, text, what);
        try {
            return Double.parseDouble(found);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is no number: " + found, e);
        }
    }

    private static String word(String pattern, String text, String what) {
        Matcher found = Pattern.compile("(?m)^" + pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("heaptrack's summary lacks " + what
                    + "; is it cut short?");
        }
        return found.group(1);
    }
}
