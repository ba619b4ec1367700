package ch09;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Bump;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.WitnessHeap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArenaVecTest {

    private static final long HUGE = 1L << 60;
    private static final String OUTSIDE = "Where does the block end, in bytes, and where do you write?";
    private static final String NO_LAYOUT = "No layout is that large, and Layout says so by an"
            + " exception. MOST elements have one: when do you compare?";
    private static final String UNFIT = "The heap wants a layout that fits the block, whether that is"
            + " full or not. Which do you name?";

    private final Heap heap = new Heap(0, 0);
    private final ArenaVec vec = new ArenaVec(heap);

    @Test
    void starts_with_room_for_four() {
        grown(4, 0, 1);
        grown(4, 0, 3);
        grown(4, 1, 2);
    }

    @Test
    void doubles_its_capacity() {
        grown(8, 4, 5);
        grown(12, 6, 7);
        grown(2000, 1000, 1001);
    }

    @Test
    void takes_at_least_what_is_needed() {
        grown(20, 4, 20);
        grown(9, 0, 9);
        grown(2 * HUGE, 4, 2 * HUGE);
    }

    @Test
    void makes_room_for_many_at_once() {
        Claim.that("reserve(100) on a new ArenaVec, then capacity()",
                () -> vec.reserve(100) + " " + vec.capacity())
                .gives("true 100", "grown(0, 100) says how many. What is the answer once it is done?");
        Claim.that("reserve(100), reserve(50) and reserve(100) once more, in bytes as the heap sees"
                + " them", () -> {
            vec.reserve(50);
            vec.reserve(100);
            return heap.log();
        }).gives("allocate(800) = #1", "The first block is allocated, once. Who has room for"
                + " 100 has room for 50: what do you compare?");
    }

    @Test
    void is_not_fooled_by_a_sum_that_wraps_around() {
        push(vec, 11);
        for (long many : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1}) {
            Claim.that("push(11); reserve(" + power(many) + ")", () -> vec.reserve(many))
                    .ifItThrows(IllegalArgumentException.class, NO_LAYOUT)
                    .gives(false, "One element and so many more: what is that sum as a long? Can you"
                            + " compare without it?");
        }
        Claim.that("push(11); reserve(2^63 - 1), which is refused; the elements",
                () -> contents(vec))
                .gives("11", "The answer was no, so nothing changes. What did?");
    }

    @Test
    void is_not_fooled_by_bytes_that_wrap_around() {
        push(vec, 11);
        String before = heap.log() + ", capacity " + vec.capacity();
        for (long many : new long[] {HUGE, 2 * HUGE, 4 * HUGE}) {
            Claim.that("push(11); reserve(" + power(many) + ")", () -> vec.reserve(many))
                    .ifItThrows(IllegalArgumentException.class, NO_LAYOUT)
                    .gives(false, "So many elements, 8 bytes each: what is that product as a long? MOST"
                            + " is the last number without that question.");
        }
        Claim.that("push(11); reserve(2^60), which is refused; the heap in bytes, and capacity()",
                () -> heap.log() + ", capacity " + vec.capacity())
                .gives(before, "What is no size is not asked for. When do you compare with MOST?");
    }

    @Test
    void counts_the_room_from_its_length() {
        roomForFour(vec);
        push(vec, 11, 22, 33);
        Claim.that("reserve(4), three pushes, reserve(1): how often the heap was asked", () -> {
            vec.reserve(1);
            return heap.calls();
        }).gives(1, "There are 3 elements and room for 4. How many more fit?");
        Claim.that("reserve(4), three pushes, reserve(1), reserve(2): how often the heap was asked, and"
                + " is there room for 5", () -> {
            vec.reserve(2);
            return heap.calls() + ", " + (vec.capacity() >= 5);
        }).gives("2, true", "There are 3 elements, room for 4, and 5 are needed. Who must hear of it?");
    }

    @Test
    void gives_back_what_was_pushed() {
        push(vec, 11, 22, 33);
        Claim.that("push 11, 22 and 33; then length(), get(0), get(1) and get(2)",
                () -> vec.length() + ": " + contents(vec))
                .gives("3: 11 22 33", "Element 0 is the first. Where does the next one go?");
        Claim.that("push 11, 22 and 33; then slice(), byte by byte",
                () -> WitnessHeap.spelled(vec.slice()))
                .gives("0B 00 00 00 00 00 00 00 16 00 00 00 00 00 00 00 21 00 00 00 00 00 00 00",
                        "The elements lie in the block, 8 bytes each. What lies there now?");
        for (int extra : new int[] {0, 20}) {
            Claim.that("push the numbers from 0 to 99 on a heap that gives " + given(extra)
                            + "; then the first that get(i) does not give back",
                    () -> firstWrong(new ArenaVec(new Heap(extra, 0)), 100))
                    .gives("none", "Only grow brings the old elements along, and only as many bytes"
                            + " as the old layout says. What does yours say?");
        }
    }

    @Test
    void asks_the_heap_only_when_it_is_full() {
        push(vec, 1, 2, 3, 4);
        Claim.that("four pushes, as the heap sees them in bytes", heap::log)
                .gives("allocate(32) = #1", "Four elements have room in the first block, which"
                        + " is allocated. Who asked, and for what?");
        Claim.that("a thousand pushes: how often the heap was asked", () -> {
            var other = new Heap(0, 0);
            push(new ArenaVec(other), LongStream.range(0, 1000).toArray());
            return other.calls();
        }).gives(9, "4, 8, 16 … 1024 are nine blocks. At which lengths do you ask?");
    }

    @Test
    void lets_the_heap_grow_its_block() {
        roomForFour(vec);
        push(vec, 1, 2, 3, 4, 5);
        // How far it grows is another test's business.
        Claim.that("reserve(4) and five pushes, as the heap sees them in bytes",
                () -> heap.log().replaceFirst("(grow\\(#1, 32), \\d+", "$1, …"))
                .gives("allocate(32) = #1; grow(#1, 32, …) = #2",
                        "A copy by hand always moves. Which call lets the allocator choose?");
        var arena = new ArenaVec(new Bump(new WitnessHeap()).asAllocator());
        Claim.that("sixty pushes on a Bump with nobody else on it: how far the block has moved", () -> {
            push(arena, 1);
            long before = arena.slice().address();
            push(arena, LongStream.range(1, 60).toArray());
            return arena.slice().address() - before;
        }).gives(0L, distance -> distance + " bytes",
                "It is the arena's last block, and there is room behind it. Which call tells it?");
    }

    @Test
    void asks_its_own_heap_and_no_other() {
        var elsewhere = new Heap(0, 0);
        Claim.that("a and b on two heaps; a.reserve(4), b.reserve(4), a.close(), b.close(), as a's heap"
                + " and as b's heap sees it", () -> {
            roomForFour(vec);
            var other = roomForFour(new ArenaVec(elsewhere));
            vec.close();
            other.close();
            // With which layout is another test's business.
            return (heap.log() + " | " + elsewhere.log()).replaceAll("(#\\d+), \\d+", "$1, …");
        }).gives("allocate(32) = #1; deallocate(#1, …) | allocate(32) = #1; deallocate(#1, …)",
                "Each array has a heap of its own, from its first call to its last. Where do you keep"
                        + " it?");
    }

    @Test
    void uses_all_of_a_larger_block() {
        var generous = new Heap(20, 0);
        var roomy = new ArenaVec(generous);
        Claim.that("reserve(4) on a heap that gives 52 bytes for 32: capacity()", () -> {
            roomy.reserve(4);
            return roomy.capacity();
        }).gives(6L, "Whoever gets 52 bytes may use them. How many elements is that?");
        Claim.that("reserve(4) on that heap and six pushes: how often it was asked", () -> {
            push(roomy, 0, 1, 2, 3, 4, 5);
            return generous.calls();
        }).gives(1, "There is room for six. What do you compare the length with?");
    }

    @Test
    void answers_false_without_memory() {
        String next = "NULL from the heap is an answer, and the caller wants to hear it. As what?";
        String written = "MemorySegment.NULL is a segment of 0 bytes, and not Java's null:"
                + " GlobalAlloc.isNull asks. Who does, before push writes?";
        Claim.that("push(1) on a heap without memory", () -> new ArenaVec(new Heap(0, 1)).push(1))
                .ifItThrows(IndexOutOfBoundsException.class, written).gives(false, next);
        Claim.that("reserve(9) on a heap without memory",
                () -> new ArenaVec(new Heap(0, 1)).reserve(9)).gives(false, next);
        Claim.that("reserve(4) and five pushes, where the block cannot grow: the last answer", () -> {
            var poor = full(new Heap(0, 2));
            return poor.push(5);
        }).ifItThrows(IndexOutOfBoundsException.class, OUTSIDE).gives(false, next);
    }

    @Test
    void is_as_it_was_without_memory() {
        var poor = new Heap(0, 2);
        var full = full(poor);
        String next = "The old block is alive, and the caller goes on with it. What did you change"
                + " before you knew?";
        Claim.that("reserve(4) and five pushes, where the block cannot grow: length, capacity and"
                + " elements", () -> {
            trying(() -> full.push(5));
            return full.length() + " of " + full.capacity() + ": " + contents(full);
        }).gives("4 of 4: 1 2 3 4", next);
        Claim.that("reserve(4), four pushes, push(5) without memory, push(6) once there is memory"
                + " again: the elements, and the blocks alive", () -> {
            full.push(6);
            return contents(full) + ", alive: " + poor.below.live();
        }).gives("1 2 3 4 6, alive: #2", next);
    }

    @Test
    void finds_nothing_beyond_its_length() {
        push(vec, 11, 22);
        String next = "Two elements, room for four: what lies behind the second is nobody's. Which"
                + " number do you compare with?";
        for (long index : new long[] {2, 3, 4, -1, 1L << 32, (1L << 61) + 1}) {
            Claim.that("push 11 and 22; get(" + index + ")", () -> WitnessHeap.spelled(vec.get(index)))
                    .raises(IndexOutOfBoundsException.class, next);
        }
        Claim.that("push 11 and 22, pop; get(1)", () -> {
            vec.pop();
            return vec.get(1);
        }).raises(IndexOutOfBoundsException.class,
                "The 22 may still lie there, and yet it is gone. What says how many there are?");
    }

    @Test
    void pops_the_last_one_first() {
        push(vec, 11, 22, 33);
        int calls = heap.calls();
        Claim.that("push 11, 22 and 33; pop, pop, length()",
                () -> spelledPop(vec) + " " + spelledPop(vec) + " " + vec.length())
                .gives("33 22 1", "The last of three elements has index 2. And then?");
        Claim.that("push 11, 22 and 33, pop, pop, push 44: the elements", () -> {
            vec.push(44);
            return contents(vec);
        }).gives("11 44", "What was popped is gone. Where does the next one go?");
        Claim.that("three pushes; then pops until it is empty, and push 55: how often the heap was"
                + " asked since the three", () -> {
            vec.pop();
            vec.pop();
            vec.push(55);
            return heap.calls() - calls;
        }).gives(0, "An empty array keeps its room: it may be needed again. Who gave it back?");
        Claim.that("pop on an empty ArenaVec", () -> new ArenaVec(new Heap(0, 0)).pop())
                .raises(NoSuchElementException.class, "There is nothing to take. What do you read?");
    }

    @Test
    void names_a_layout_that_fits_its_block() {
        for (int extra : new int[] {0, 20}) {
            var strict = new Heap(extra, 0);
            var half = new ArenaVec(strict);
            Claim.that("on a heap that gives " + given(extra) + ": push(1), reserve(10), push(2),"
                    + " close(); what was wrong for the heap", () -> {
                half.push(1);
                half.reserve(10);
                half.push(2);
                half.close();
                return strict.mistakes();
            }).gives("nothing", "A block goes back as it came, with a layout for all of it, full or not."
                    + " Which number of elements do you take?");
        }
        Claim.that("reserve(4) and five pushes, where the block cannot grow, then close(); what was"
                + " wrong for the heap", () -> {
            var poor = new Heap(0, 2);
            var full = full(poor);
            trying(() -> full.push(5));
            full.close();
            return poor.mistakes();
        }).gives("nothing", "Which block is the array's own once the heap has said no?");
    }

    @Test
    void gives_its_block_back_once() {
        roomForFour(vec);
        push(vec, 1, 2, 3, 4);
        Claim.that("reserve(4), four pushes, close(), close(), as the heap sees them in bytes", () -> {
            vec.close();
            vec.close();
            return heap.log();
        }).gives("allocate(32) = #1; deallocate(#1, 32)",
                "Who closes twice gives the block back once. What does close leave behind?");
        Claim.that("reserve(0) and close() on a new ArenaVec, as the heap sees them", () -> {
            var other = new Heap(0, 0);
            var empty = new ArenaVec(other);
            empty.reserve(0);
            empty.close();
            return other.log();
        }).gives("nothing", "Who needs no room has no block. Whose do you ask for or give back?");
    }

    @Test
    void is_empty_once_it_was_closed() {
        push(vec, 1, 2, 3);
        Claim.that("three pushes and close(); then length(), capacity() and slice()", () -> {
            vec.close();
            return vec.length() + " of " + vec.capacity() + ", " + vec.slice().byteSize() + " bytes";
        }).gives("0 of 0, 0 bytes", "A closed one is as a new one. Which fields tell them apart?");
        Claim.that("three pushes, close() and push(4): the elements", () -> {
            vec.push(4);
            return contents(vec);
        }).gives("4", "It may be used again, in a new block. Where does this element lie?");
    }

    @Test
    void agrees_with_a_plain_list_in_any_order_of_calls() {
        Sequences.of(ArenaVecTest::randomCalls, ArenaVecTest::java).hold(calls -> {
            var model = new Model();
            calls.forEach(model::step);
        });
    }

    private static void grown(long wanted, long capacity, long needed) {
        Claim.that("grown(" + power(capacity) + ", " + power(needed) + ")",
                () -> ArenaVec.grown(capacity, needed)).gives(wanted,
                "Three numbers have a say: twice the capacity, 4, and what is needed. Which is the"
                        + " largest?");
    }

    /// Four elements in room for four.
    private static ArenaVec full(Heap heap) {
        ArenaVec vec = roomForFour(new ArenaVec(heap));
        push(vec, 1, 2, 3, 4);
        return vec;
    }

    private static String given(int extra) {
        return extra == 0 ? "what is asked for" : extra + " bytes more than asked for";
    }

    /// Calls that go before those a claim is about; whether they say yes is another test's business.
    private static void push(ArenaVec vec, long... values) {
        for (long value : values) {
            Claim.that("push(" + value + ")", () -> vec.push(value))
                    .ifItThrows(IndexOutOfBoundsException.class, OUTSIDE)
                    .returns("There is memory for it. What throws here?");
        }
    }

    private static ArenaVec roomForFour(ArenaVec vec) {
        Claim.that("reserve(4)", () -> vec.reserve(4))
                .returns("There is memory for it. What throws here?");
        return vec;
    }

    private static String contents(ArenaVec vec) {
        return LongStream.range(0, vec.length()).mapToObj(i -> WitnessHeap.spelled(vec.get(i)))
                .reduce((a, b) -> a + " " + b).orElse("none");
    }

    private static String firstWrong(ArenaVec vec, int count) {
        push(vec, LongStream.range(0, count).toArray());
        return LongStream.range(0, count).filter(i -> vec.get(i) != i)
                .mapToObj(i -> "get(" + i + ") is " + WitnessHeap.spelled(vec.get(i)))
                .findFirst().orElse("none");
    }

    private static String spelledPop(ArenaVec vec) {
        return WitnessHeap.spelled(vec.pop());
    }

    /// A call whose answer is another test's business.
    private static void trying(Runnable call) {
        new WitnessHeap().logAfter(call);
    }

    private static String power(long number) {
        return number < HUGE ? Long.toString(number)
                : number >= Long.MAX_VALUE - 1 ? "2^63 - " + (Long.MIN_VALUE - number)
                        : "2^" + Long.numberOfTrailingZeros(number);
    }

    /// An allocator that writes down what it is asked, gives more if it was told to, and moves
    /// every block that grows.
    private static final class Heap implements Allocator {

        private record Block(int number, MemorySegment bytes, long asked) { }

        private final WitnessHeap below;
        private final long extra;
        private final Map<Long, Block> blocks = new HashMap<>();
        private final List<String> log = new ArrayList<>();
        private final List<String> mistakes = new ArrayList<>();

        /// @param extra       how many bytes each block has more than it should
        /// @param failingCall which request gets no memory, from 1 on; 0 for none
        Heap(long extra, int failingCall) {
            this.extra = extra;
            below = new WitnessHeap(failingCall);
        }

        @Override
        public MemorySegment allocate(Layout layout) {
            return logged("allocate(" + layout.byteSize() + ")", layout);
        }

        private MemorySegment logged(String call, Layout layout) {
            MemorySegment bytes = layout.byteSize() > 1 << 20 ? MemorySegment.NULL
                    : layout.byteSize() == 0 ? layout.dangling()
                    : below.alloc(new Layout(layout.byteSize() + extra, layout.byteAlignment()));
            Block block = new Block(blocks.size() + 1, bytes, layout.byteSize());
            boolean failed = GlobalAlloc.isNull(bytes);
            log.add(call + " = " + (failed ? "NULL" : "#" + block.number));
            if (!failed) {
                blocks.put(bytes.address(), block);
            }
            return bytes;
        }

        @Override
        public void deallocate(MemorySegment bytes, Layout layout) {
            String call = "deallocate(" + name(bytes) + ", " + layout.byteSize() + ")";
            log.add(call);
            inspect(call, bytes, layout);
            giveBack(bytes);
        }

        @Override
        public MemorySegment grow(MemorySegment bytes, Layout from, Layout to) {
            String call = "grow(" + name(bytes) + ", " + from.byteSize() + ", " + to.byteSize() + ")";
            inspect(call, bytes, from);
            MemorySegment larger = logged(call, to);
            if (!GlobalAlloc.isNull(larger)) {
                MemorySegment.copy(bytes, 0, larger, 0, Math.min(from.byteSize(), bytes.byteSize()));
                giveBack(bytes);
            }
            return larger;
        }

        private String name(MemorySegment bytes) {
            Block block = blocks.get(bytes.address());
            return block == null ? "no block" : "#" + block.number;
        }

        private void inspect(String call, MemorySegment bytes, Layout layout) {
            Block block = blocks.get(bytes.address());
            if (block == null) {
                mistakes.add(call + ": that is none of my blocks");
            } else if (bytes.byteSize() != block.bytes.byteSize()) {
                mistakes.add(call + ": of " + block.bytes.byteSize() + " bytes only "
                        + bytes.byteSize() + " come back");
            } else if (layout.byteSize() < block.asked || layout.byteSize() > bytes.byteSize()) {
                mistakes.add(call + ": it has " + (extra == 0 ? "" : block.asked + " to ")
                        + bytes.byteSize() + " bytes");
            }
        }

        private void giveBack(MemorySegment bytes) {
            Block block = blocks.get(bytes.address());
            if (block != null) {
                below.dealloc(block.bytes, new Layout(block.bytes.byteSize(), 8));
            }
        }

        String log() {
            return log.isEmpty() ? "nothing" : String.join("; ", log);
        }

        int calls() {
            return log.size();
        }

        String mistakes() {
            return mistakes.isEmpty() ? "nothing" : String.join("; ", mistakes);
        }
    }

    private enum Act { PUSH, POP, GET, RESERVE, CLOSE }

    private record Call(Act act, long number) {

        String java() {
            return "vec." + switch (act) {
                case PUSH -> "push(" + number + ")";
                case POP -> "pop()";
                case GET -> "get(" + number + ")";
                case RESERVE -> "reserve(" + number + ")";
                case CLOSE -> "close()";
            };
        }
    }

    private static List<Call> randomCalls(long seed) {
        var random = new SplittableRandom(seed);
        return Stream.generate(() -> randomCall(random)).limit(40).toList();
    }

    private static Call randomCall(SplittableRandom random) {
        int die = random.nextInt(20);
        return die < 11 ? new Call(Act.PUSH, random.nextInt(10, 100))
                : die < 14 ? new Call(Act.POP, 0)
                : die < 17 ? new Call(Act.GET, random.nextInt(-1, 12))
                : die < 19 ? new Call(Act.RESERVE, random.nextInt(4) == 0 ? 100_000
                        : random.nextInt(0, 20))
                : new Call(Act.CLOSE, 0);
    }

    private static String java(List<Call> calls) {
        var lines = new ArrayList<>(List.of("import heapcraft.exercise.WitnessHeap;",
                "var heap = new WitnessHeap();   // 64 KiB",
                "var vec = new ArenaVec(heap.asAllocator());"));
        calls.forEach(call -> lines.add(call.java() + ";"));
        return String.join("\n", lines);
    }

    /// An ArenaVec, and beside it a list that says what it should be.
    private static final class Model {
        private final WitnessHeap heap = new WitnessHeap();
        private final ArenaVec vec = new ArenaVec(heap.asAllocator());
        private final List<Long> list = new ArrayList<>();

        void step(Call call) {
            try {
                tell(call);
                requireEqual();
            } catch (Story story) {
                throw story.on(heap.trace());
            }
        }

        private void tell(Call call) {
            long number = call.number();
            switch (call.act()) {
                case PUSH -> {
                    Claim.that("", () -> vec.push(number))
                            .ifItThrows(IndexOutOfBoundsException.class, OUTSIDE)
                            .ifItThrows(IllegalArgumentException.class, UNFIT).gives(true,
                            "There is memory. Why was there no room?");
                    list.add(number);
                }
                case POP -> pop();
                case GET -> get(number);
                case RESERVE -> {
                    boolean fits = number < 100_000;
                    Claim.that("", () -> vec.reserve(number))
                            .ifItThrows(IllegalArgumentException.class, UNFIT).gives(fits, fits
                            ? "There is memory. Why was there no room?"
                            : "The heap has 64 KiB and answered NULL. Who heard it?");
                    if (fits) {
                        Claim.that("vec.capacity() - vec.length()",
                                () -> vec.capacity() - vec.length())
                                .gives("at least " + number, room -> room >= number,
                                        "reserve said that there is room. Is there?");
                    }
                }
                case CLOSE -> {
                    Claim.that("", vec::close).ifItThrows(IllegalArgumentException.class, UNFIT)
                            .returns("Closing never fails. What throws here?");
                    list.clear();
                    Claim.that("heap.live()", heap::live).gives("no block",
                            "A closed ArenaVec owns nothing. Which block is that?");
                }
            }
        }

        private void pop() {
            if (list.isEmpty()) {
                Claim.that("", vec::pop).raises(NoSuchElementException.class,
                        "There is no element now. What says so?");
            } else {
                Claim.that("", () -> WitnessHeap.spelled(vec.pop()))
                        .gives(Long.toString(list.removeLast()),
                                "The last one pushed comes first. Which index has it?");
            }
        }

        private void get(long index) {
            if (index < 0 || index >= list.size()) {
                Claim.that("", () -> WitnessHeap.spelled(vec.get(index)))
                        .raises(IndexOutOfBoundsException.class,
                                "There are " + list.size() + " elements now. What do you compare?");
            } else {
                Claim.that("", () -> WitnessHeap.spelled(vec.get(index)))
                        .gives(Long.toString(list.get((int) index)),
                                "Which bytes lie there, and who has put them there?");
            }
        }

        private void requireEqual() {
            Claim.that("vec.length()", vec::length).gives((long) list.size(),
                    "Count what was pushed and popped. Which call forgets to?");
            Claim.that("vec.slice()", () -> LongStream.range(0, list.size())
                    .map(i -> vec.slice().getAtIndex(ValueLayout.JAVA_LONG, i))
                    .mapToObj(WitnessHeap::spelled).toList().toString())
                    .gives(list.toString(), "Which call lost an element, or moved it?");
            if (!heap.mistakes().isEmpty() || heap.liveBlocks() > 1) {
                throw new Story("heap.log()", heap.log(), "one block, and each given back once, with"
                        + " its own layout", "Which block is given back wrongly, or by nobody?");
            }
        }
    }
}
