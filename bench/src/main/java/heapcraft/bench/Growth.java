package heapcraft.bench;

import java.util.List;

/// A line of the chart: one heap with more and more live blocks.
///
/// @param label    what the line is called
/// @param subjects one for each number of live blocks
record Growth(String label, List<Subject> subjects) {

    static final List<Integer> LIVE = List.of(1_000, 10_000, 100_000, 1_000_000);

    static Growth of(String heap, String victims) {
        String label = heap + ", " + victims + " blocks change";
        return new Growth(label, LIVE.stream().map(live -> new Subject(
                "%s, %,d live".formatted(label, live), new Jmh("GrowthBench.replace",
                        "heap=" + heap, "victims=" + victims, "live=" + live))).toList());
    }
}
