package heapcraft.exercise;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.LiveBlocks;
import heapcraft.trace.Replay;
import heapcraft.trace.Shrinker;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.util.Random;
import java.util.function.Function;

/// Random calls of `alloc`, `allocZeroed`, `realloc` and `dealloc` on a heap that the learner has
/// built on top of another one.
///
/// After each call the blocks are aligned, apart from each other and hold what was written; the
/// heap below was given back what it should, and no more is alive there than the calls have left
/// alive. Some calls ask for more than there is.
///
/// ```java
/// new HeapCalls("var heap = new WitnessHeap();", below -> below).hold();
/// ```
///
/// @param setUp a line of Java that makes the heap on a `WitnessHeap`, for the story
/// @param build puts the learner's heap on top of the one below
public record HeapCalls(String setUp, Function<GlobalAlloc, GlobalAlloc> build) {

    private static final int LENGTH = 30;
    private static final long TOO_MUCH = 1_000_000_000_000L;

    /// Claims that all sequences go well.
    public void hold() {
        Sequences.of(HeapCalls::random, Shrinker::shrink, this::java)
                .hold(this::requireGood);
    }

    private void requireGood(Trace trace) {
        var below = new WitnessHeap();
        try {
            Claim.that("", () -> run(trace, below)).returns("Look at the two sizes in the last"
                    + " line. Which bytes does your line above ask for?");
        } catch (Story story) {
            throw story.on(below.trace());
        }
    }

    private static Trace random(long seed) {
        Random random = new Random(seed);
        return new Trace(Workload.ANYTHING.trace(seed, LENGTH).events().stream()
                .<HeapEvent>map(event -> event instanceof Realloc(long block, long _, long _)
                        && random.nextInt(4) == 0 ? new Realloc(block, TOO_MUCH) : event)
                .toList());
    }

    private String java(Trace trace) {
        return "import heapcraft.exercise.WitnessHeap;\n" + setUp + "   // 64 KiB\n"
                + trace.toJava("heap").stripTrailing();
    }

    private void run(Trace trace, WitnessHeap below) {
        var live = new LiveBlocks();
        try {
            Replay.on(build.apply(below)).afterEach(event -> {
                live.apply(event);
                requireTidy(below, live);
            }).run(trace);
        } catch (BrokenContract broken) {
            throw new Story("", WitnessHeap.explained(broken.answer()), "a block of that size,"
                    + " aligned, apart from the others, with the bytes the test wrote (or zeros)",
                    "Look at the last line: the size, the alignment, the bytes. Which of them does"
                            + " your method lose?");
        }
    }

    private static void requireTidy(WitnessHeap below, LiveBlocks live) {
        if (!below.mistakes().isEmpty()) {
            throw new Story("", below.mistakes(), "each block given back once, with its own layout",
                    "The heap below saw that. Which block is it, and what is its layout by then?");
        }
        int wanted = live.layouts().size();
        if (below.liveBlocks() != wanted) {
            throw new Story("", "alive: " + below.live() + ", after " + below.log(),
                    "alive: " + (wanted == 1 ? "1 block" : wanted + " blocks"),
                    "Count the blocks before and after the last line. Which one has no owner now?");
        }
    }
}
