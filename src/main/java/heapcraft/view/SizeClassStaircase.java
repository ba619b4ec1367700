package heapcraft.view;

import heapcraft.alloc.Layout;
import heapcraft.alloc.SizeClassAlloc;
import heapcraft.alloc.SizeClasses;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.HeapPicture.State;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The steps that sizes are rounded up to, and what one size loses by it.
///
/// ```java
/// Simulator stairs = new SizeClassStaircase();
/// stairs.on(new Simulator.Action("size", "129"));
/// stairs.scene().say();   // 129 bytes get a block of 160: 31 bytes lost, 19 %.
/// ```
///
/// The answer comes from a [SizeClassAlloc]: two neighbouring blocks show how far apart they are.
public final class SizeClassStaircase implements Simulator {

    private static final int LARGEST = 1024;
    /// Room for the span of one class, and for the page that aligning may cost.
    private static final long HEAP_BYTES = 16 * 4096;

    private long size = 100;

    /// Begins with 100 bytes.
    public SizeClassStaircase() { }

    @Override
    public void on(Action action) {
        switch (action.control()) {
            case "size" -> size = action.number();
            case "less" -> size = Math.max(1, size - 1);
            case "more" -> size = Math.min(LARGEST, size + 1);
            case "over" -> size = Math.min(LARGEST, given() + 1);
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    /// How far the real heap sets two blocks of this size apart.
    private long given() {
        var heap = new SizeClassAlloc(Policy.memory(HEAP_BYTES));
        Layout layout = new Layout(size, 1);
        MemorySegment first = heap.alloc(layout);
        return heap.alloc(layout).address() - first.address();
    }

    @Override
    public Scene scene() {
        long given = given();
        long lost = given - size;
        return new Scene("The size-class staircase", List.of(
                new Control.Number("size", "Bytes wanted", 1, LARGEST, size),
                new Control.Button("less", "1 less", size > 1),
                new Control.Button("more", "1 more", size < LARGEST),
                new Control.Button("over", "Just over this step", given < LARGEST)),
                List.of(new Strip("block", "The block for " + Plural.of(size, "byte"),
                                block(given), false),
                        new Strip("stairs", "All steps up to " + LARGEST + " bytes", stairs(given),
                                false)),
                facts(given), Plural.of(size, "byte")
                        + (size == 1 ? " gets" : " get") + " a block of " + given + ": "
                        + Plural.of(lost, "byte") + " lost, "
                        + percent(lost, given) + ".", "", "");
    }

    private HeapPicture block(long given) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(0, size, State.LIVE, size + "", ""));
        if (given > size) {
            blocks.add(new Block(size, given - size, State.PADDING, "", ""));
        }
        return new HeapPicture(List.of(new Piece(0, given, blocks)));
    }

    /// From each class to the next; the one in use is live.
    private static HeapPicture stairs(long given) {
        List<Block> steps = new ArrayList<>();
        long below = 0;
        for (int index = 0; below < LARGEST; index++) {
            long step = SizeClasses.byteSize(index);
            steps.add(new Block(below, step - below, step == given ? State.LIVE : State.FREE,
                    step + "", ""));
            below = step;
        }
        return new HeapPicture(List.of(new Piece(0, below, steps)));
    }

    private List<Fact> facts(long given) {
        long power = Math.max(16, Long.highestOneBit(2 * size - 1));
        return List.of(new Fact("wanted", Plural.of(size, "byte")),
                new Fact("class", given + " bytes, number " + SizeClasses.indexOf(size)),
                new Fact("lost", Plural.of(given - size, "byte")),
                new Fact("internal fragmentation", percent(given - size, given)),
                new Fact("with powers of two", "a block of " + power + ", "
                        + percent(power - size, power) + " lost"));
    }

    private static String percent(long part, long whole) {
        return Math.round(100.0 * part / whole) + " %";
    }
}
