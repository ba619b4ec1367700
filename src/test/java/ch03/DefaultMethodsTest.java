package ch03;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.HeapCalls;
import heapcraft.exercise.WitnessHeap;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DefaultMethodsTest {

    private static final Layout SIX = new Layout(6, 2);
    private static final String CONTENTS = "01 02 03 04 05 06";

    private final WitnessHeap witness = new WitnessHeap();
    private final DefaultMethods heap = on(witness);

    @Test
    void zeroes_every_byte_of_dirty_memory() {
        for (int size : new int[] {1, 7, 16, 100}) {
            Claim.that("allocZeroed(Layout(" + size + ", 1)), the bytes",
                    () -> WitnessHeap.spelled(heap.allocZeroed(new Layout(size, 1))))
                    .gives("00 ".repeat(size).strip(),
                            "The heap gives out memory as it finds it. Which bytes did you clear?");
        }
    }

    @Test
    void hands_null_on_instead_of_clearing_it() {
        DefaultMethods poor = on(new WitnessHeap(1));
        String next = "Without memory there is no block to write to. Where do you notice?";
        answersNull("allocZeroed(Layout(6, 2)) on a heap without memory",
                () -> poor.allocZeroed(SIX), next);
        answersNull("allocZeroed(Layout(2^62, 2))",
                () -> heap.allocZeroed(new Layout(1L << 62, 2)), next);
    }

    @Test
    void keeps_the_contents_when_a_block_grows() {
        Claim.that("realloc(01 … 06, Layout(6, 2), 15), its first 6 bytes",
                () -> WitnessHeap.spelled(heap.realloc(block(heap), SIX, 15).asSlice(0, 6)))
                .gives(CONTENTS, "The old block has 6 bytes. How many do you copy, and when?");
        Claim.that("realloc(block, Layout(64, 64), 65): its address", () -> {
            Layout wide = new Layout(64, 64);
            return heap.realloc(heap.alloc(wide), wide, 65).address() % 64;
        }).gives(0L, distance -> distance + " bytes past a multiple of 64",
                "The new block is used like the old one. Which alignment do you ask for?");
    }

    @Test
    void keeps_what_fits_when_a_block_shrinks() {
        Claim.that("realloc(01 … 06, Layout(6, 2), 4), its bytes",
                () -> WitnessHeap.spelled(heap.realloc(block(heap), SIX, 4)))
                .gives("01 02 03 04", "The new block has 4 bytes. How many do you copy, and when?");
    }

    @Test
    void frees_the_old_block_and_no_other() {
        liveAfter(15);
        liveAfter(4);
    }

    @Test
    void frees_with_the_layout_that_was_allocated() {
        Claim.that("realloc(block, Layout(6, 2), 15), seen from the heap", () -> {
            heap.realloc(block(heap), SIX, 15);
            return witness.log();
        }).gives("alloc(6, 2) = #1; alloc(15, 2) = #2; dealloc(#1, 6, 2)",
                "Each call passes a layout. Is it the old block's, or the new one's?");
    }

    @Test
    void answers_null_when_there_is_no_memory() {
        String next = "Without memory there is no new block: NULL says so, and nothing else does."
                + " Where do you notice?";
        DefaultMethods poor = on(new WitnessHeap(2));
        answersNull("realloc(block, Layout(6, 2), 15) on a heap without memory",
                () -> poor.realloc(block(poor), SIX, 15), next);
        answersNull("realloc(block, Layout(6, 2), 2^62)",
                () -> heap.realloc(block(heap), SIX, 1L << 62), next);
        DefaultMethods poorToo = on(new WitnessHeap(2));
        answersNull("reallocZeroed(block, Layout(6, 2), 15) on a heap without memory",
                () -> poorToo.reallocZeroed(block(poorToo), SIX, 15), next);
    }

    @Test
    void leaves_the_old_block_alone_when_there_is_no_memory() {
        for (int failing = 2; failing <= 4; failing++) {
            survives(failing);
        }
    }

    @Test
    void refuses_a_size_that_no_block_has() {
        for (long size : new long[] {0, -1, Long.MAX_VALUE}) {
            var fresh = new WitnessHeap();
            DefaultMethods onFresh = on(fresh);
            Claim.that("realloc(block, Layout(6, 2), " + size + ")",
                    () -> onFresh.realloc(block(onFresh), SIX, size))
                    .raises(IllegalArgumentException.class,
                            "Layout or alloc refuses such a size. What keeps you from asking?");
            Claim.that("realloc(block, Layout(6, 2), " + size + "): the live blocks", fresh::live)
                    .gives("#1", "A refused call changes nothing. What did you do before it?");
        }
    }

    @Test
    void zeroes_what_was_added_and_nothing_else() {
        Claim.that("reallocZeroed(01 … 06, Layout(6, 2), 9), its bytes",
                () -> WitnessHeap.spelled(heap.reallocZeroed(block(heap), SIX, 9)))
                .gives(CONTENTS + " 00 00 00", "Where does the old part end, and where the new?");
        Claim.that("reallocZeroed(01 … 06, Layout(6, 2), 4), its bytes",
                () -> WitnessHeap.spelled(heap.reallocZeroed(block(heap), SIX, 4)))
                .gives("01 02 03 04", "A smaller block gains no bytes. What do you clear?");
    }

    @Test
    void keeps_the_contract_in_any_order_of_calls() {
        new HeapCalls("var heap = DefaultMethods.on(new WitnessHeap());",
                heap -> asGlobalAlloc(on(heap))).hold();
    }

    private static GlobalAlloc asGlobalAlloc(DefaultMethods heap) {
        return new GlobalAlloc() {
            @Override public MemorySegment alloc(Layout layout) {
                return heap.alloc(layout);
            }

            @Override public void dealloc(MemorySegment block, Layout layout) {
                heap.dealloc(block, layout);
            }

            @Override public MemorySegment allocZeroed(Layout layout) {
                return heap.allocZeroed(layout);
            }

            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                return heap.realloc(block, layout, size);
            }
        };
    }

    /// The learner's defaults on top of a heap that has only the two required calls.
    private static DefaultMethods on(GlobalAlloc heap) {
        return new DefaultMethods() {
            @Override public MemorySegment alloc(Layout layout) {
                return heap.alloc(layout);
            }

            @Override public void dealloc(MemorySegment block, Layout layout) {
                heap.dealloc(block, layout);
            }
        };
    }

    private static MemorySegment block(DefaultMethods heap) {
        return heap.alloc(SIX).copyFrom(MemorySegment.ofArray(new byte[] {1, 2, 3, 4, 5, 6}));
    }

    private static void answersNull(String call, Supplier<MemorySegment> code, String next) {
        Claim.that(call, code).gives("MemorySegment.NULL", GlobalAlloc::isNull, next);
    }

    private static void liveAfter(long newSize) {
        var fresh = new WitnessHeap();
        Claim.that("realloc(block, Layout(6, 2), " + newSize + "): the live blocks", () -> {
            on(fresh).realloc(block(on(fresh)), SIX, newSize);
            return fresh.live();
        }).gives("#2", "Two blocks were there for a moment. Which one is nobody's any more?");
    }

    /// One step of a sweep: whichever of its `alloc` calls fails, the last block is still whole.
    private static void survives(int failing) {
        var poor = new WitnessHeap(failing);
        DefaultMethods onPoor = on(poor);
        Claim.that("grow a block byte by byte, the heap's alloc no. " + failing
                + " answers NULL: the bytes", () -> {
            MemorySegment block = block(onPoor);
            for (long size = 6; size < 4 + failing; size++) {
                block = onPoor.realloc(block, new Layout(size, 2), size + 1);
            }
            MemorySegment last = block;
            poor.logAfter(() -> onPoor.realloc(last, new Layout(4 + failing, 2), 5 + failing));
            return WitnessHeap.spelled(last.asSlice(0, 6));
        }).gives(CONTENTS, "The caller goes on with the old block. What has become of it?");
        Claim.that("grow a block byte by byte, the heap's alloc no. " + failing
                + " answers NULL: the live blocks", poor::live).gives("#" + (failing - 1),
                "Nothing was moved, so nothing may be given back. What was?");
    }
}
