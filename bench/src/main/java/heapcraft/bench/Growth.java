package heapcraft.bench;

import java.util.List;
import java.util.stream.IntStream;

/// A line of the chart: one heap with more and more live blocks.
enum Growth {

    FREE_LIST("FreeListAlloc", "all"),
    SIZE_CLASSES("SizeClassAlloc", "all"),
    SIZE_CLASSES_FEW("SizeClassAlloc", "few");

    private final String heap;
    private final String victims;
    /// One for each number of live blocks.
    private final List<Subject> subjects;

    Growth(String heap, String victims) {
        this.heap = heap;
        this.victims = victims;
        subjects = IntStream.of(1_000, 10_000, 100_000, 1_000_000).mapToObj(this::subject).toList();
    }

    String label() {
        return heap + ", " + victims + " blocks change";
    }

    private Subject subject(int live) {
        return new Subject("%s, %,d live".formatted(label(), live), new Jmh("GrowthBench.replace",
                "heap=" + heap, "victims=" + victims, "live=" + live));
    }

    List<Subject> subjects() {
        return subjects;
    }
}
