package ch06;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.WitnessHeap;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.Replay;
import heapcraft.trace.Shrinker;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SizeClassesTest {

    private static final Layout HUNDRED = new Layout(100, 8);

    private final WitnessHeap below = new WitnessHeap();
    private final SizeClasses heap = new SizeClasses(below);

    @Test
    void starts_with_classes_16_bytes_apart() {
        Claim.that("sizeOf(0) to sizeOf(7)", () -> sizes(0, 8))
                .gives("16 32 48 64 80 96 112 128", "Index 0 has 16 bytes. How many has the next?");
    }

    @Test
    void goes_on_with_four_classes_for_every_doubling() {
        Claim.that("sizeOf(8) to sizeOf(11)", () -> sizes(8, 12)).gives("160 192 224 256",
                "From 128 to 256 in four equal steps: how long is one?");
        Claim.that("sizeOf(12) to sizeOf(19)", () -> sizes(12, 20))
                .gives("320 384 448 512 640 768 896 1024",
                        "Each doubling has four steps, twice as long as those before. Which is this?");
    }

    @Test
    void takes_the_smallest_class_with_room() {
        for (int index = 0; index < 20; index++) {
            long size = wanted(index);
            index(index, new Layout(size, 1));
            index(index, new Layout(size - 1, 1));
            index(index, new Layout(index == 0 ? 1 : wanted(index - 1) + 1, 1));
        }
    }

    @Test
    void has_no_class_for_what_is_larger() {
        for (Layout large : new Layout[] {new Layout(1025, 1), new Layout(1L << 40, 8),
                new Layout(16, 2048), new Layout(1000, 2048)}) {
            Claim.that("indexFor(" + spelled(large) + ")", () -> SizeClasses.indexFor(large))
                    .gives(SizeClasses.NONE, "The largest class has 1024 bytes. What fits in there?");
        }
    }

    @Test
    void a_class_is_a_multiple_of_the_alignment() {
        String next = "Blocks of a class stand one behind the other somewhere. Which of them are"
                + " aligned to that, if the class is no multiple of it?";
        for (long[] one : new long[][] {{10, 64, 64}, {100, 32, 128}, {17, 32, 32}, {1, 1024, 1024},
                {129, 64, 192}, {257, 128, 384}}) {
            Layout layout = new Layout(one[0], one[1]);
            Claim.that("sizeOf(indexFor(" + spelled(layout) + "))",
                    () -> SizeClasses.sizeOf(SizeClasses.indexFor(layout))).gives(one[2], next);
        }
    }

    @Test
    void counts_what_a_block_wastes() {
        wasted(12, HUNDRED);
        wasted(0, new Layout(112, 8));
        wasted(54, new Layout(10, 64));
        wasted(0, new Layout(5000, 8));
        Claim.that("wasted in percent of the class, the worst size from 129 to 1024",
                () -> LongStream.rangeClosed(129, 1024).map(size -> {
                    long wasted = SizeClasses.wasted(new Layout(size, 1));
                    return 100 * wasted / (size + wasted);
                }).max().orElseThrow()).gives("less than 20", percent -> percent < 20,
                        "A size just above a class gets the next one. How far are they apart?");
    }

    @Test
    void hands_out_the_whole_block() {
        Claim.that("allocate(Layout(100, 8)).byteSize()", () -> heap.allocate(HUNDRED).byteSize())
                .gives(112L, "Whoever gets 112 bytes may use them. Which part do you hand out?");
        Claim.that("allocate(Layout(100, 8)), seen from the heap below", below::log)
                .gives("alloc(112, 16) = #1", "blockLayout says what a class's blocks are like below.");
    }

    @Test
    void uses_again_what_came_back() {
        Claim.that("allocate, deallocate, allocate(Layout(97, 1)), seen from the heap below", () -> {
            heap.deallocate(heap.allocate(HUNDRED), HUNDRED);
            heap.allocate(new Layout(97, 1));
            return below.log();
        }).gives("alloc(112, 16) = #1",
                "97 and 100 bytes have the same class, and one of its blocks is free. Where is it?");
    }

    @Test
    void hands_out_no_block_twice() {
        Claim.that("deallocate one block of Layout(100, 8), then allocate two: as many different"
                + " addresses", () -> {
            heap.deallocate(heap.allocate(HUNDRED), HUNDRED);
            return heap.allocate(HUNDRED).address() == heap.allocate(HUNDRED).address() ? 1 : 2;
        }).gives(2, "A block from the stock has a new owner. Who takes it out of the stock?");
    }

    @Test
    void keeps_the_classes_apart() {
        Claim.that("deallocate a block of class 112, then allocate(Layout(16, 1)).byteSize()", () -> {
            heap.deallocate(heap.allocate(HUNDRED), HUNDRED);
            return heap.allocate(new Layout(16, 1)).byteSize();
        }).gives(16L, "Nobody is served from another class's stock. Which stock do you look in?");
        Claim.that("deallocate a block of class 112, then allocate(Layout(128, 1)).byteSize()", () -> {
            heap.deallocate(heap.allocate(HUNDRED), HUNDRED);
            return heap.allocate(new Layout(128, 1)).byteSize();
        }).gives(128L, "Nobody is served from another class's stock. Which stock do you look in?");
    }

    @Test
    void a_block_from_the_stock_is_aligned_for_everyone() {
        Layout loose = new Layout(60, 1);
        Layout strict = new Layout(64, 64);
        Claim.that("deallocate a block of Layout(60, 1), allocate(Layout(64, 64)): its address", () -> {
            heap.deallocate(heap.allocate(loose), loose);
            return heap.allocate(strict).address() % 64;
        }).gives(0L, distance -> distance + " bytes past a multiple of 64",
                "Both have class 64. How was the block aligned when it came from below?");
    }

    @Test
    void keeps_its_stock_until_it_is_trimmed() {
        Layout sixty = new Layout(60, 8);
        Claim.that("allocate, deallocate Layout(60, 8), then trim, seen from the heap below", () -> {
            MemorySegment block = heap.allocate(sixty);
            heap.deallocate(block, sixty);
            String before = below.log();
            heap.trim();
            return before + " | " + below.log();
        }).gives("alloc(64, 64) = #1 | alloc(64, 64) = #1; dealloc(#1, 64, 64)",
                "A block goes back as it came: with which layout did you ask for it?");
    }

    @Test
    void forgets_what_it_gave_back() {
        Claim.that("allocate, deallocate, trim, allocate(Layout(100, 8)): alive below", () -> {
            heap.deallocate(heap.allocate(HUNDRED), HUNDRED);
            heap.trim();
            heap.allocate(HUNDRED);
            return below.live();
        }).gives("#2", "The stock was given back. What do you still have in it?");
    }

    @Test
    void gives_large_blocks_straight_back() {
        Layout large = new Layout(1025, 16);
        Layout largest = new Layout(1024, 16);
        Claim.that("allocate and deallocate Layout(1025, 16) and Layout(1024, 16), seen from below",
                () -> {
                    heap.deallocate(heap.allocate(large), large);
                    heap.deallocate(heap.allocate(largest), largest);
                    return below.log();
                }).gives("alloc(1025, 16) = #1; dealloc(#1, 1025, 16); alloc(1024, 1024) = #2",
                "What has no class has no stock. Do allocate and deallocate draw the same line?");
    }

    @Test
    void hands_null_on_and_goes_on() {
        var poor = new SizeClasses(new WitnessHeap(1));
        Claim.that("allocate(Layout(100, 8)) on a heap without memory", () -> poor.allocate(HUNDRED))
                .gives("MemorySegment.NULL", GlobalAlloc::isNull,
                        "The heap below says that there is no memory. Who hears it from you?");
    }

    @Test
    void keeps_the_contract_in_any_order_of_calls() {
        Sequences.of(seed -> Workload.ANYTHING.trace(seed, 24), Shrinker::shrink,
                trace -> "import heapcraft.exercise.WitnessHeap;\n"
                        + "var heap = new SizeClasses(new WitnessHeap());   // allocate is alloc\n"
                        + trace.toJava("heap").stripTrailing())
                .hold(trace -> Claim.that("", () -> run(trace)).returns("Look at the layouts in the"
                        + " last line. Which class do they have?"));
    }

    private static void run(Trace trace) {
        try {
            Replay.on(asGlobalAlloc(new SizeClasses(new WitnessHeap()))).run(trace);
        } catch (BrokenContract broken) {
            throw new Story("", WitnessHeap.explained(broken.answer()), "a block of that size,"
                    + " aligned, apart from the others, with the bytes the test wrote",
                    "Look at the last line. Who else owns that block, or what is its class?");
        }
    }

    /// Blocks as small as asked for; what is handed back is what was handed out.
    private static GlobalAlloc asGlobalAlloc(SizeClasses heap) {
        Map<Long, MemorySegment> whole = new HashMap<>();
        return new GlobalAlloc() {
            @Override public MemorySegment alloc(Layout layout) {
                MemorySegment block = heap.allocate(layout);
                if (GlobalAlloc.isNull(block)) {
                    return block;
                }
                whole.put(block.address(), block);
                return block.asSlice(0, layout.byteSize());
            }

            @Override public void dealloc(MemorySegment block, Layout layout) {
                heap.deallocate(whole.remove(block.address()), layout);
            }
        };
    }

    private static String sizes(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> Long.toString(SizeClasses.sizeOf(i)))
                .reduce((a, b) -> a + " " + b).orElseThrow();
    }

    /// The sizes as a table has them, not computed as the learner may do it.
    private static long wanted(int index) {
        return new long[] {16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512,
            640, 768, 896, 1024}[index];
    }

    private static void index(int wanted, Layout layout) {
        Claim.that("indexFor(" + spelled(layout) + ")", () -> SizeClasses.indexFor(layout))
                .gives(wanted, "Class " + wanted + " has " + wanted(wanted)
                        + " bytes. Which one do you take, and is a smaller one enough?");
    }

    private static void wasted(long wanted, Layout layout) {
        Claim.that("wasted(" + spelled(layout) + ")", () -> SizeClasses.wasted(layout))
                .gives(wanted, "The block has a size, the request has one. What lies between?");
    }

    private static String spelled(Layout layout) {
        return "Layout(" + layout.byteSize() + ", " + layout.byteAlignment() + ")";
    }
}
