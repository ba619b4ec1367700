package ch02;

import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.WitnessHeap;
import heapcraft.own.Type;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnedBoxTest {

    private static final String ALLOC = "alloc(24, 8) = #1";
    private static final String DEALLOC = "dealloc(#1, 24, 8)";

    private final WitnessHeap heap = new WitnessHeap();
    private final Type<Long> type = noting(heap);

    @Test
    void keeps_the_value_in_its_block() {
        Claim.that("of(type, 7, heap).get()", () -> box(7).get())
                .gives(7L, WitnessHeap::spelled,
                        "The value goes into the block. Who writes it there, and who reads it?");
        Claim.that("of(type, 7, heap).get(), seen from the heap", heap::log)
                .gives(ALLOC + "; write 7; read 7",
                        "The value is in the block and nowhere else. From where do you take it?");
    }

    @Test
    void makes_no_box_without_a_block() {
        var poor = new WitnessHeap(1);
        Claim.that("of(type, 7, a heap without memory)", () -> OwnedBox.of(noting(poor), 7L, poor))
                .raises(OutOfMemoryError.class,
                        "alloc answers NULL when there is no memory. Where do you look at it?");
        Claim.that("of(type, 7, a heap without memory), seen from the heap", poor::log)
                .gives("alloc(24, 8) = NULL",
                        "Without a block there is nothing to write to or free. What comes first?");
    }

    @Test
    void frees_the_block_if_writing_fails() {
        Type<Long> unwritable = Type.of(new Layout(24, 8), (at, value) -> {
            throw new Refused();
        }, at -> 0L);
        Claim.that("of(a type whose write throws, 7, heap)",
                () -> OwnedBox.of(unwritable, 7L, heap)).raises(Refused.class,
                "The caller wants to know why there is no box. What does it get from you?");
        Claim.that("of(a type whose write throws, 7, heap), seen from the heap", heap::log)
                .gives(ALLOC + "; " + DEALLOC,
                        "No box, no owner: nobody will close it. Who gives the block back?");
    }

    @Test
    void drops_the_value_then_frees_its_block() {
        Claim.that("of(type, 7, heap), then close(), seen from the heap", () -> {
            box(7).close();
            return heap.log();
        }).gives(ALLOC + "; write 7; drop 7; " + DEALLOC,
                "First the value's life ends, then its memory. What does your close do, in order?");
    }

    @Test
    void frees_to_the_heap_it_came_from() {
        var other = new WitnessHeap();
        Claim.that("a box on heap A, a box on heap B, close the first: the live blocks", () -> {
            OwnedBox<Long> first = box(7);
            OwnedBox.of(noting(other), 8L, other);
            first.close();
            return "A: " + heap.live() + ", B: " + other.live();
        }).gives("A: no block, B: #1",
                "Each box must remember its own heap. Where does yours keep it?");
    }

    @Test
    void closes_only_once() {
        Claim.that("of(type, 7, heap), then close() twice, seen from the heap", () -> {
            OwnedBox<Long> box = box(7);
            box.close();
            String once = heap.log();
            box.close();
            return heap.log().equals(once) ? "the second close does nothing" : heap.log();
        }).gives("the second close does nothing",
                "After the first close the block is not yours. How does the box know that?");
    }

    @Test
    void drops_the_old_value_before_it_writes_the_new_one() {
        Claim.that("of(type, 7, heap), then set(8), seen from the heap", () -> {
            box(7).set(8L);
            return heap.log();
        }).gives(ALLOC + "; write 7; drop 7; write 8",
                "The old value dies, then the new one moves into the same block. What is missing,"
                        + " or too much?");
    }

    @Test
    void owns_nothing_once_it_is_closed_or_given_away() {
        OwnedBox<Long> closed = Claim.that("of(type, 7, heap), then close()", () -> {
            OwnedBox<Long> box = box(7);
            box.close();
            return box;
        }).returns("A full box may be closed. What throws here?");
        OwnedBox<Long> given = Claim.that("of(type, 8, heap), then intoRaw()", () -> {
            OwnedBox<Long> box = box(8);
            box.intoRaw();
            return box;
        }).returns("A full box may be given away. What throws here?");
        String next = "The block is dead or somebody else's. What tells this box that it is empty?";
        for (OwnedBox<Long> empty : List.of(closed, given)) {
            String box = empty == closed ? "a closed box" : "a box after intoRaw()";
            Claim.that(box + ": get()", () -> WitnessHeap.spelled(empty.get()))
                    .raises(IllegalStateException.class, next);
            Claim.that(box + ": set(9)", () -> empty.set(9L))
                    .raises(IllegalStateException.class, next);
            Claim.that(box + ": intoRaw()", empty::intoRaw)
                    .raises(IllegalStateException.class, next);
        }
    }

    @Test
    void gives_its_block_away_alive() {
        Claim.that("of(type, 7, heap), intoRaw(), close(), then the value in the block", () -> {
            OwnedBox<Long> box = box(7);
            MemorySegment raw = box.intoRaw();
            box.close();
            return Type.LONG.read(raw);
        }).gives(7L, WitnessHeap::spelled,
                "Whoever has the block now will free it. Why did this box do it too?");
        Claim.that("intoRaw(), then close(): the live blocks", heap::live)
                .gives("#1", "Giving away is not freeing. Which of the two calls gave it back?");
    }

    @Test
    void frees_even_if_the_destructor_throws() {
        Type<Long> stubborn = type.onDrop(at -> {
            throw new Refused();
        });
        Claim.that("close() of a value whose destructor throws",
                () -> OwnedBox.of(stubborn, 7L, heap).close()).raises(Refused.class,
                "The caller must hear that the destructor failed. Where does it get lost?");
        Claim.that("close() of a value whose destructor throws: the live blocks", heap::live)
                .gives("no block", "The memory must go back in any case. What runs in any case?");
    }

    @Test
    void agrees_with_a_plain_model_in_any_order() {
        Sequences.of(OwnedBoxTest::randomCalls, OwnedBoxTest::java).hold(calls -> {
            var boxes = new Boxes();
            calls.forEach(boxes::step);
        });
    }

    private OwnedBox<Long> box(long value) {
        return OwnedBox.of(type, value, heap);
    }

    /// A number in a block larger than itself, that tells a heap's log what happens to it.
    private static Type<Long> noting(WitnessHeap heap) {
        return Type.<Long>of(new Layout(24, 8), (at, value) -> {
            heap.note("write " + value);
            Type.LONG.write(at, value);
        }, at -> {
            heap.note("read " + WitnessHeap.spelled(Type.LONG.read(at)));
            return Type.LONG.read(at);
        }).onDrop(at -> heap.note("drop " + WitnessHeap.spelled(Type.LONG.read(at))));
    }

    private enum Act { GET, SET, INTO_RAW, CLOSE }

    /// One call on one of two boxes; the first on a box is what makes it, too.
    private record Call(int box, Act act, long value) {

        String name() {
            return box == 0 ? "a" : "b";
        }

        String java() {
            return name() + switch (act) {
                case GET -> ".get();";
                case SET -> ".set(" + value + "L);";
                case INTO_RAW -> ".intoRaw();";
                case CLOSE -> ".close();";
            };
        }
    }

    private static List<Call> randomCalls(long seed) {
        var random = new SplittableRandom(seed);
        return Stream.generate(() -> new Call(random.nextInt(2), Act.values()[random.nextInt(4)],
                random.nextInt(10, 100))).limit(12).toList();
    }

    private static String java(List<Call> calls) {
        var lines = new ArrayList<>(List.of("""
                import heapcraft.exercise.WitnessHeap;
                var heap = new WitnessHeap();
                var type = Type.LONG.onDrop(at -> heap.note(
                        "drop " + WitnessHeap.spelled(Type.LONG.read(at))));"""));
        var made = new HashSet<Integer>();
        for (Call call : calls) {
            if (made.add(call.box())) {
                lines.add("var " + call.name() + " = OwnedBox.of(type, " + first(call.box())
                        + "L, heap);");
            }
            lines.add(call.java());
        }
        return String.join("\n", lines);
    }

    private static long first(int box) {
        return box + 1L;
    }

    /// Boxes, and beside them what they should be: a value each, as long as they own it.
    private static final class Boxes {
        private final WitnessHeap heap = new WitnessHeap();
        private final Type<Long> type = Type.LONG.onDrop(at -> heap.note(
                "drop " + WitnessHeap.spelled(Type.LONG.read(at))));
        private final Map<Integer, OwnedBox<Long>> boxes = new HashMap<>();
        /// The boxes that own something, and the value of each.
        private final Map<Integer, Long> values = new HashMap<>();
        private final Map<Integer, String> blocks = new HashMap<>();
        private final StringJoiner wanted = new StringJoiner("; ");

        void step(Call call) {
            if (!boxes.containsKey(call.box())) {
                make(call.box());
            }
            if (values.containsKey(call.box())) {
                onFull(boxes.get(call.box()), call);
            } else {
                onEmpty(boxes.get(call.box()), call);
            }
        }

        private void make(int box) {
            blocks.put(box, "#" + (boxes.size() + 1));
            wanted.add("alloc(8, 8) = " + blocks.get(box));
            boxes.put(box, Claim.that("",
                    () -> OwnedBox.of(type, first(box), heap)).returns("What throws here?"));
            values.put(box, first(box));
            agree("A new box asks for one block. What else does your of do?");
        }

        private void onFull(OwnedBox<Long> box, Call call) {
            long value = values.get(call.box());
            switch (call.act()) {
                case GET -> Claim.that("", box::get).gives(value, WitnessHeap::spelled,
                        "The value is in the block of this box. From where do you take it?");
                case SET -> {
                    values.put(call.box(), call.value());
                    wanted.add("drop " + value);
                    run(() -> box.set(call.value()));
                }
                case INTO_RAW -> {
                    values.remove(call.box());
                    run(box::intoRaw);
                }
                case CLOSE -> {
                    values.remove(call.box());
                    wanted.add("drop " + value);
                    wanted.add("dealloc(" + blocks.get(call.box()) + ", 8, 8)");
                    run(box::close);
                }
            }
            agree("The last call is on a box that owns its block. What must the heap hear of it?");
        }

        private void onEmpty(OwnedBox<Long> box, Call call) {
            String next = "The last call is on a box that was closed or given away. What tells it?";
            switch (call.act()) {
                case GET -> refuses(() -> WitnessHeap.spelled(box.get()), next);
                case SET -> refuses(() -> {
                    box.set(call.value());
                    return "";
                }, next);
                case INTO_RAW -> refuses(box::intoRaw, next);
                case CLOSE -> run(box::close);
            }
            agree(next);
        }

        private static void run(Runnable code) {
            Claim.that("", code).returns("This box may be called so. What throws here?");
        }

        private static void refuses(Supplier<?> code, String next) {
            Claim.that("", code::get).raises(IllegalStateException.class, next);
        }

        private void agree(String next) {
            Claim.that("heap.log()", heap::log).gives(wanted.toString(), next);
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
