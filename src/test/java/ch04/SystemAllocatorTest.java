package ch04;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.WitnessHeap;
import heapcraft.exercise.WitnessLibrary;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.Replay;
import heapcraft.trace.Shrinker;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SystemAllocatorTest {

    private static final Layout USUAL = new Layout(24, 8);
    private static final Layout STRICT = new Layout(24, 64);
    /// `malloc(4)` may be aligned to 4 only.
    private static final Layout SMALL = new Layout(4, 16);
    private static final String CONTENTS = "01 02 03 04";

    private final WitnessLibrary c = new WitnessLibrary();
    private final SystemAllocator heap = new SystemAllocator(c);

    @Test
    void knows_for_which_layouts_malloc_is_enough() {
        suffices(true, new Layout(1, 1), new Layout(8, 8), new Layout(16, 16), new Layout(100, 16));
        suffices(false, new Layout(100, 32), new Layout(4096, 4096));
    }

    @Test
    void does_not_trust_malloc_with_small_blocks() {
        suffices(false, SMALL, new Layout(8, 16), new Layout(1, 2));
        Claim.that("alloc(Layout(4, 16)), the address", () -> heap.alloc(SMALL).address() % 16)
                .gives(0L, distance -> distance + " bytes past a multiple of 16",
                        "This malloc aligns 4 bytes to 4, and may. Which function takes an alignment?");
    }

    @Test
    void asks_malloc_where_that_is_enough() {
        seen("alloc(Layout(24, 8))", "malloc(24) = #1", () -> heap.alloc(USUAL),
                "malloc is the fastest that C has, and here it is enough. Whom do you ask?");
    }

    @Test
    void asks_posix_memalign_for_a_stricter_alignment() {
        seen("alloc(Layout(24, 64))", "posix_memalign(64, 24) = #1", () -> heap.alloc(STRICT),
                "malloc promises 16. Which function takes an alignment, and in which order?");
        Claim.that("the block", () -> heap.alloc(STRICT).byteSize()).gives(24L,
                "posix_memalign answers through its first argument. What lies there afterwards?");
    }

    @Test
    void asks_posix_memalign_for_no_less_than_a_pointer() {
        seen("alloc(Layout(1, 2))", "posix_memalign(8, 1) = #1",
                () -> heap.alloc(new Layout(1, 2)),
                "Below 8 it answers error 22. A block aligned to 8 is aligned to 2 as well, is it not?");
    }

    @Test
    void believes_the_error_code_and_nothing_else() {
        var poor = new SystemAllocator(new WitnessLibrary(1));
        answersNull("alloc(Layout(24, 64)), posix_memalign answers 12", () -> poor.alloc(STRICT),
                "After a failure the pointer holds anything, even a fine address. What did the call"
                        + " itself answer?");
    }

    @Test
    void hands_null_on() {
        String next = "Without memory there is no block. Who writes there?";
        answersNull("alloc(Layout(24, 8)) without memory",
                () -> new SystemAllocator(new WitnessLibrary(1)).alloc(USUAL), next);
        answersNull("allocZeroed(Layout(24, 8)) without memory",
                () -> new SystemAllocator(new WitnessLibrary(1)).allocZeroed(USUAL), next);
        answersNull("allocZeroed(Layout(24, 64)) without memory",
                () -> new SystemAllocator(new WitnessLibrary(1)).allocZeroed(STRICT), next);
    }

    @Test
    void lets_calloc_zero_what_it_can() {
        Claim.that("allocZeroed(Layout(24, 8)), seen from C", () -> {
            heap.allocZeroed(USUAL);
            return c.log();
        }).gives("one call of calloc for 24 bytes",
                (String log) -> log.equals("calloc(24, 1) = #1") || log.equals("calloc(1, 24) = #1"),
                "calloc knows which memory is 0 already. Who zeroes yours?");
    }

    @Test
    void zeroes_by_hand_what_calloc_cannot_align() {
        Claim.that("allocZeroed(Layout(8, 64)), its bytes",
                () -> WitnessHeap.spelled(heap.allocZeroed(new Layout(8, 64))))
                .gives("00 00 00 00 00 00 00 00",
                        "posix_memalign has no sister that zeroes. Who does it then?");
    }

    @Test
    void aligns_a_zeroed_block_as_well() {
        Claim.that("the address of allocZeroed(Layout(24, 64))",
                () -> heap.allocZeroed(STRICT).address() % 64)
                .gives(0L, distance -> distance + " bytes past a multiple of 64",
                        "calloc aligns as malloc does. Is that enough here?");
    }

    @Test
    void frees_every_block_the_same_way() {
        seen("alloc and dealloc of Layout(24, 8) and Layout(24, 64)",
                "malloc(24) = #1; free(#1); posix_memalign(64, 24) = #2; free(#2)", () -> {
                    heap.dealloc(heap.alloc(USUAL), USUAL);
                    heap.dealloc(heap.alloc(STRICT), STRICT);
                }, "POSIX lets free take both kinds of block. What do you give it?");
    }

    @Test
    void lets_realloc_resize_what_malloc_suffices_for() {
        seen("realloc(block of Layout(24, 8), 100)", "malloc(24) = #1; realloc(#1, 100) = #2",
                () -> heap.realloc(heap.alloc(USUAL), USUAL, 100),
                "C's realloc may grow a block where it stands. What do you do instead?");
    }

    @Test
    void moves_a_strict_block_by_hand() {
        Claim.that("realloc(block of Layout(24, 64) with 01 02 03 04, 100): first bytes, address",
                () -> {
                    MemorySegment moved = heap.realloc(block(STRICT), STRICT, 100);
                    return WitnessHeap.spelled(moved.asSlice(0, 4)) + ", "
                            + moved.address() % 64 + " past a multiple of 64";
                }).gives(CONTENTS + ", 0 past a multiple of 64",
                "C's realloc answers a block as malloc would. Is that aligned to 64?");
        Claim.that("realloc(block of Layout(24, 64), 100): what is alive in C", c::live).gives("#2",
                "Two blocks were there for a moment. Which one is nobody's any more?");
    }

    @Test
    void asks_about_the_new_size_too() {
        Layout sixteen = new Layout(16, 16);
        Claim.that("realloc(block of Layout(16, 16), 4): the address",
                () -> heap.realloc(block(sixteen), sixteen, 4).address() % 16)
                .gives(0L, distance -> distance + " bytes past a multiple of 16",
                        "4 bytes from malloc or realloc may be aligned to 4. Whom did you ask about"
                                + " the new layout?");
    }

    @Test
    void keeps_what_fits_when_a_strict_block_shrinks() {
        Claim.that("realloc(block of Layout(24, 64) with 01 02 03 04, 4): its bytes",
                () -> WitnessHeap.spelled(heap.realloc(block(STRICT), STRICT, 4)))
                .gives(CONTENTS, "4 bytes fit into the new block. How many do you copy?");
    }

    @Test
    void leaves_the_old_block_alone_without_memory() {
        for (Layout layout : new Layout[] {USUAL, STRICT}) {
            var poor = new WitnessLibrary(2);
            var onPoor = new SystemAllocator(poor);
            String call = "realloc(block of Layout(24, " + layout.byteAlignment()
                    + "), 100) without memory";
            answersNull(call, () -> onPoor.realloc(onPoor.alloc(layout), layout, 100),
                    "There is no new block. What does the caller get?");
            Claim.that(call + ": alive in C", poor::live).gives("#1",
                    "The caller goes on with the old block. What has become of it?");
        }
    }

    @Test
    void refuses_size_0() {
        String next = "C would answer something, and nobody can say what. Where do you refuse it?";
        for (Layout empty : new Layout[] {new Layout(0, 1), new Layout(0, 64)}) {
            Claim.that("alloc(Layout(0, " + empty.byteAlignment() + "))", () -> heap.alloc(empty))
                    .raises(IllegalArgumentException.class, next);
            Claim.that("allocZeroed(Layout(0, " + empty.byteAlignment() + "))",
                    () -> heap.allocZeroed(empty)).raises(IllegalArgumentException.class, next);
        }
        Claim.that("realloc(block of Layout(24, 8), 0)",
                () -> heap.realloc(heap.alloc(USUAL), USUAL, 0))
                .raises(IllegalArgumentException.class, next);
    }

    @Test
    void keeps_the_contract_in_any_order_of_calls() {
        Sequences.of(seed -> Workload.ANYTHING.trace(seed, 20), Shrinker::shrink,
                trace -> "import heapcraft.exercise.WitnessLibrary;\n"
                        + "var heap = new SystemAllocator(new WitnessLibrary());\n"
                        + trace.toJava("heap").stripTrailing())
                .hold(trace -> Claim.that("", () -> run(trace)).returns("Look at the layouts in the"
                        + " last line. Which function of C serves them?"));
    }

    private static void run(Trace trace) {
        try {
            Replay.on(new SystemAllocator(new WitnessLibrary())).run(trace);
        } catch (BrokenContract broken) {
            throw new Story("", WitnessHeap.explained(broken.answer()), "a block of that size,"
                    + " aligned, apart from the others, with the bytes the test wrote (or zeros)",
                    "Look at the last line. Which function of C has answered, and what does it promise?");
        }
    }

    private MemorySegment block(Layout layout) {
        MemorySegment block = heap.alloc(layout);
        MemorySegment.copy(MemorySegment.ofArray(new byte[] {1, 2, 3, 4}), 0, block, 0, 4);
        return block;
    }

    private static void suffices(boolean wanted, Layout... layouts) {
        for (Layout layout : layouts) {
            Claim.that("mallocSuffices(Layout(" + layout.byteSize() + ", " + layout.byteAlignment()
                    + "))", () -> SystemAllocator.mallocSuffices(layout)).gives(wanted,
                    "malloc aligns 16 bytes and more to 16, and less to no more than its size. Is"
                            + " that enough?");
        }
    }

    private void seen(String call, String wanted, Runnable code, String next) {
        Claim.that(call + ", seen from C", () -> {
            code.run();
            return c.log();
        }).gives(wanted, next);
    }

    private static void answersNull(String call, Supplier<MemorySegment> code, String next) {
        Claim.that(call, code).gives("MemorySegment.NULL", GlobalAlloc::isNull, next);
    }
}
