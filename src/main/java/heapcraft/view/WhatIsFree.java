package heapcraft.view;

import heapcraft.trace.HeapEvent.Free;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What will the list of free blocks be once a block was given back?
///
/// ```java
/// var free = new WhatIsFree(HeapSetup.of(Policy.FIRST_FIT, 12).alloc(2, 3, 4).free(0), 1);
/// System.out.println(free.run("0-4, 9-11"));   // Right: 0-4, 9-11. Block 1 had …
/// ```
///
/// An answer is a list of free blocks, each by its first and its last unit.
///
/// @param setup the heap before
/// @param block the number of the block that is given back
public record WhatIsFree(HeapSetup setup, long block) implements Prediction {

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
        List<UnitRange> before = UnitRange.free(heap);
        UnitRange freed = UnitRange.live(heap, block);
        heap.ask(new Free(block));
        TreeSet<String> options = new TreeSet<>(List.of(UnitRange.words(UnitRange.free(heap))));
        for (boolean left : List.of(true, false)) {
            for (boolean right : List.of(true, false)) {
                options.add(UnitRange.words(joined(before, freed, left, right)));
            }
        }
        return List.copyOf(options);
    }

    private static List<UnitRange> joined(List<UnitRange> before, UnitRange freed, boolean left,
                                          boolean right) {
        List<UnitRange> after = new ArrayList<>();
        UnitRange grown = freed;
        for (UnitRange hole : before) {
            if (left && hole.end() == freed.start()) {
                grown = new UnitRange(hole.start(), grown.end());
            } else if (right && hole.start() == freed.end()) {
                grown = new UnitRange(grown.start(), hole.end());
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
        List<UnitRange> before = UnitRange.free(heap);
        UnitRange freed = UnitRange.live(heap, block);
        heap.ask(new Free(block));
        List<UnitRange> after = UnitRange.free(heap);
        return new Outcome(said, UnitRange.words(after), because(before, freed, after),
                heap.picture());
    }

    private String because(List<UnitRange> before, UnitRange freed, List<UnitRange> after) {
        List<UnitRange> joined = before.stream().filter(hole -> !after.contains(hole)).toList();
        List<UnitRange> apart = before.stream().filter(hole -> after.contains(hole)
                && (hole.end() == freed.start() || hole.start() == freed.end())).toList();
        return "Block " + block + " had " + freed + ". "
                + (!joined.isEmpty() ? "It joins what was free at " + UnitRange.words(joined) + "."
                        : apart.isEmpty() ? "Nothing beside it was free."
                        : "It stays apart.")
                + (apart.isEmpty() ? "" : " The free neighbour " + UnitRange.words(apart)
                        + " does not join: " + reason());
    }

    private String reason() {
        return switch (setup.policy()) {
            case BUDDY -> "it is not the buddy.";
            case SIZE_CLASSES -> "blocks of a span stay apart, and so do spans.";
            default -> "nobody joins holes without coalescing.";
        };
    }
}
