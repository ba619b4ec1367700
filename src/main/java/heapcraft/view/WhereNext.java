package heapcraft.view;

import heapcraft.alloc.Walkable.Block;
import heapcraft.trace.HeapEvent.Alloc;
import java.util.List;
import java.util.stream.Stream;

/// Into which hole will the next block go?
///
/// ```java
/// var next = new WhereNext(HeapSetup.of(Policy.FIRST_FIT, 20).alloc(2, 4, 5).free(0), 3);
/// System.out.println(next.run("11"));   // Right: 11. First fit looks from the lowest …
/// ```
///
/// An answer is a hole's first unit, counted from the heap's start, or `nowhere`.
///
/// @param setup the heap before
/// @param units the size of the next request
public record WhereNext(HeapSetup setup, int units) implements Prediction {

    private static final String NOWHERE = "nowhere";

    @Override
    public String question() {
        return "Where will a block of " + HeapSetup.counted(units) + " go, with " + setup
                + "? Mark the hole, or say its first unit.";
    }

    @Override
    public List<String> options() {
        RecordedHeap heap = setup.build();
        return Stream.concat(heap.holes().stream().map(hole -> unit(heap, hole)),
                Stream.of(NOWHERE)).toList();
    }

    private static String unit(RecordedHeap heap, Block hole) {
        return Long.toString((hole.address() - heap.start()) / HeapSetup.UNIT);
    }

    @Override
    public String at(long unit) {
        RecordedHeap heap = setup.build();
        Block hole = heap.holeAt(heap.start() + unit * HeapSetup.UNIT);
        return hole == null ? "" : unit(heap, hole);
    }

    @Override
    public Outcome run(String guess) {
        String said = Prediction.option(options(), guess);
        RecordedHeap heap = setup.build();
        String searched = HoleSearch.of(setup, heap, units).words();
        long number = heap.nextNumber();
        heap.ask(new Alloc(number, HeapSetup.layout(units)));
        if (heap.block(number) == null) {
            return new Outcome(said, NOWHERE, searched + " "
                    + Refusal.words(setup, heap, units), heap.picture());
        }
        long unit = (heap.block(number).address() - heap.start()) / HeapSetup.UNIT;
        return new Outcome(said, Long.toString(unit), searched, heap.picture());
    }
}
