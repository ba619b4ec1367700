package heapcraft.view;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.own.Box;
import heapcraft.own.Type;
import heapcraft.trace.Recorder;
import heapcraft.trace.Trace;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;

/// The life of a [Box], one step a click: layout, alloc, write, own, and at the end drop and
/// dealloc.
///
/// ```java
/// Simulator life = new BoxLife();
/// life.on(new Simulator.Action("step", ""));   // layout
/// life.on(new Simulator.Action("step", ""));   // alloc
/// life.scene().say();
/// ```
///
/// The value is a number, whose drop does nothing, or a string that owns a second block: then drop
/// must come before dealloc, for dealloc forgets where that block is.
public final class BoxLife implements Simulator {

    private static final long HEAP_BYTES = 256;
    private static final String NUMBER = "the number 42";
    private static final String STRING = "the string \"hello\"";
    private static final List<String> STEPS =
            List.of("layout", "alloc", "write", "own", "drop", "dealloc");

    private String value = NUMBER;
    private FreeListAlloc heap;
    private Recorder recorder;
    private Life<?> life;
    /// How many steps were taken.
    private int steps;
    private String say;

    /// Before the first step.
    public BoxLife() {
        restart();
    }

    private void restart() {
        heap = new FreeListAlloc(Arena.ofAuto().allocate(HEAP_BYTES, 16), Fit.FIRST);
        recorder = new Recorder();
        GlobalAlloc recorded = recorder.on(heap);
        life = value.equals(NUMBER) ? new Life<>(recorded, Type.INT, 42)
                : new Life<>(recorded, Type.string(recorded.asAllocator()), "hello");
        steps = 0;
        say = "Nothing has happened yet. Six steps make a life.";
    }

    /// A value, from its layout to the end of its block.
    private static final class Life<T> {
        private final GlobalAlloc heap;
        private final Type<T> type;
        private final T value;
        private Layout layout;
        private MemorySegment block;
        private Box<T> box;

        Life(GlobalAlloc heap, Type<T> type, T value) {
            this.heap = heap;
            this.type = type;
            this.value = value;
        }

        /// Takes a step, and says what it was.
        String take(String step) {
            return switch (step) {
                case "layout" -> {
                    layout = type.layout();
                    yield "The type says what it needs: " + layout.byteSize()
                            + " bytes, aligned to " + layout.byteAlignment() + ". No memory yet.";
                }
                case "alloc" -> {
                    block = heap.alloc(layout);
                    yield "The heap gave a block. Nobody knows what is in it.";
                }
                case "write" -> {
                    type.write(block, value);
                    yield "The value was made in the block: from here on it lives.";
                }
                case "own" -> {
                    box = Box.fromRaw(type, block, heap);
                    yield "A box owns the block now, and will end it once.";
                }
                case "drop" -> {
                    block = box.intoRaw();
                    box = null;
                    type.drop(block);
                    yield "The value's life ended" + (type == Type.INT
                            ? "; for a number there is nothing to do."
                            : ": its text was given back. The block is still there.");
                }
                default -> {
                    heap.dealloc(block, layout);
                    yield "The block went back to the heap. Whoever reads it now reads what the"
                            + " heap put there.";
                }
            };
        }

        String bytes() {
            HexFormat hex = HexFormat.ofDelimiter(" ").withUpperCase();
            return block == null ? "–" : hex.formatHex(block.toArray(JAVA_BYTE));
        }
    }

    @Override
    public void on(Action action) {
        switch (action.control()) {
            case "step" -> step();
            case "value" -> {
                value = action.value();
                restart();
            }
            case "restart" -> restart();
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    private void step() {
        if (steps < STEPS.size()) {
            say = life.take(STEPS.get(steps));
            steps++;
        }
    }

    /// What the heap of this life was asked.
    Trace trace() {
        return recorder.trace();
    }

    @Override
    public Scene scene() {
        boolean over = steps == STEPS.size();
        return new Scene("The life of a Box: " + String.join(" → ", STEPS), List.of(
                new Control.Button("step", over ? "The life is over"
                        : (steps + 1) + ". " + STEPS.get(steps), !over),
                new Control.Choice("value", "Value", List.of(NUMBER, STRING), value),
                new Control.Button("restart", "Again", true)),
                List.of(new Strip("heap", "The heap: 256 bytes, first fit",
                        HeapPicture.of(heap, recorder.trace()), false)),
                facts(), say, "", "");
    }

    private String owner() {
        return life.box != null ? "the box"
                : life.block == null || steps == STEPS.size() ? "nobody" : "the raw pointer";
    }

    private List<Fact> facts() {
        return List.of(
                new Fact("done", steps == 0 ? "nothing"
                        : String.join(" → ", STEPS.subList(0, steps))),
                new Fact("layout", life.layout == null ? "–" : life.layout.byteSize()
                        + " bytes, aligned to " + life.layout.byteAlignment()),
                new Fact("block", life.block == null ? "–"
                        : "0x" + Long.toHexString(life.block.address())),
                new Fact("bytes there", life.bytes()),
                new Fact("owner", owner()));
    }
}
