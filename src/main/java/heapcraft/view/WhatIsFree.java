package heapcraft.view;

import heapcraft.alloc.Walkable.Block;
import heapcraft.trace.HeapEvent.Free;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What will the list of free blocks be once a block was given back?
///
/// ```java
/// var free = new WhatIsFree(HeapSetup.of(Policy.FIRST_FIT, 12).alloc(2, 3, 4).free(0), 1);
/// System.out.println(free.run("0-4, 9-11"));   // Right: 0-4, 9-11. It joins the one at 0. …
/// ```
///
/// An answer is a list of free blocks, each by its first and its last unit.
///
/// @param setup the heap before
/// @param block the number of the block that is given back
public record WhatIsFree(HeapSetup setup, long block) implements Prediction {

    /// A free block, by its first unit and the first one behind it.
    private record Range(long start, long end) {
        @Override public String toString() {
            return end - start == 1 ? "" + start : start + "-" + (end - 1);
        }
    }

    /// @throws IllegalArgumentException if the block is not live
    public WhatIsFree {
        if (setup.build().block(block) == null) {
            throw new IllegalArgumentException("block " + block + " is not live in that heap");
        }
    }

    @Override
    public String question() {
        return "Block " + block + " is given back, with " + setup
                + ". Which blocks will be free? Say them as first-last, such as 0-3, 9-10.";
    }

    /// What is right, and what would be if it joined one neighbour, none, or all.
    @Override
    public List<String> options() {
        RecordedHeap heap = setup.build();
        List<Range> before = free(heap);
        Range freed = range(heap);
        heap.ask(new Free(block));
        TreeSet<String> options = new TreeSet<>(List.of(words(free(heap))));
        for (boolean left : List.of(true, false)) {
            for (boolean right : List.of(true, false)) {
                options.add(words(joined(before, freed, left, right)));
            }
        }
        return List.copyOf(options);
    }

    /// The units that the block has, with header and rounding.
    private Range range(RecordedHeap heap) {
        long start = (heap.block(block).address() - heap.start()) / HeapSetup.UNIT;
        return new Range(start, start
                + HeapSetup.units(heap.heap().goodSize(heap.layout(block))));
    }

    private static List<Range> free(RecordedHeap heap) {
        List<Range> ranges = new ArrayList<>();
        for (Block hole : heap.holes()) {
            long start = (hole.address() - heap.start()) / HeapSetup.UNIT;
            ranges.add(new Range(start, start + HeapSetup.units(hole.byteSize())));
        }
        return ranges;
    }

    private static String words(List<Range> ranges) {
        return ranges.stream().sorted(Comparator.comparing(Range::start)).map(Range::toString)
                .collect(Collectors.joining(", "));
    }

    private static List<Range> joined(List<Range> before, Range freed, boolean left,
                                      boolean right) {
        List<Range> after = new ArrayList<>();
        Range grown = freed;
        for (Range hole : before) {
            if (left && hole.end() == freed.start()) {
                grown = new Range(hole.start(), grown.end());
            } else if (right && hole.start() == freed.end()) {
                grown = new Range(grown.start(), hole.end());
            } else {
                after.add(hole);
            }
        }
        after.add(grown);
        return after;
    }

    @Override
    public Outcome run(String guess) {
        String said = Prediction.option(options(), guess);
        RecordedHeap heap = setup.build();
        List<Range> before = free(heap);
        Range freed = range(heap);
        heap.ask(new Free(block));
        List<Range> after = free(heap);
        return new Outcome(said, words(after), because(before, freed, after), heap.picture());
    }

    private String because(List<Range> before, Range freed, List<Range> after) {
        List<Range> joined = before.stream().filter(hole -> !after.contains(hole)).toList();
        List<Range> apart = before.stream().filter(hole -> after.contains(hole)
                && (hole.end() == freed.start() || hole.start() == freed.end())).toList();
        return "Block " + block + " had " + freed + ". "
                + (!joined.isEmpty() ? "It joins what was free at " + words(joined) + "."
                        : apart.isEmpty() ? "Nothing beside it was free."
                        : "It stays apart.")
                + (apart.isEmpty() ? "" : " The free neighbour " + words(apart) + " does not join: "
                        + reason());
    }

    private String reason() {
        return switch (setup.policy()) {
            case BUDDY -> "it is not the buddy.";
            case SIZE_CLASSES -> "blocks of a span stay apart, and so do spans.";
            default -> "nobody joins holes without coalescing.";
        };
    }
}
