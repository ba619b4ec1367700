package ch03;

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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReallocInPlaceTest {

    private static final Layout SIX = new Layout(6, 2);
    private static final String CONTENTS = "01 02 03 04 05 06";
    private static final int CAPACITY = 256;

    /// Dirty, and 8 bytes behind a multiple of 128.
    private final MemorySegment memory = dirty(CAPACITY);
    private final ReallocInPlace heap = new ReallocInPlace(memory);

    @Test
    void knows_which_block_is_the_last_one() {
        MemorySegment first = heap.alloc(SIX);
        MemorySegment second = heap.alloc(SIX);
        String next = "Where does the block end, and where is top?";
        Claim.that("isLast(block before another one)", () -> heap.isLast(first)).gives(false, next);
        Claim.that("isLast(block behind it)", () -> heap.isLast(second)).gives(true, next);
    }

    @Test
    void takes_back_the_last_block_and_no_other() {
        MemorySegment first = heap.alloc(SIX);
        MemorySegment second = heap.alloc(SIX);
        Claim.that("dealloc(block before another one); alloc(Layout(6, 2)): its offset", () -> {
            heap.dealloc(first, SIX);
            return offset(heap.alloc(SIX));
        }).gives(12L, "The block behind it is alive. What would it be if top went back to 0?");
        MemorySegment third = memory.asSlice(12, 6);
        Claim.that("dealloc(the last block, at 12); alloc(Layout(6, 2)): its offset", () -> {
            heap.dealloc(third, SIX);
            return offset(heap.alloc(SIX));
        }).gives(12L, "Nothing lies behind the last block. Which number says where free begins?");
        Claim.that("dealloc(the last of three blocks, at 12); how many bytes the one at 6 has",
                second::byteSize)
                .gives(6L, "Take back one block only.");
    }

    @Test
    void grows_the_last_block_where_it_stands() {
        MemorySegment block = block(heap);
        Claim.that("realloc(the last block, at 0, Layout(6, 2), 15): its offset",
                () -> offset(heap.realloc(block, SIX, 15)))
                .gives(0L, "Nobody is in the way. Which block do you ask about that?");
        Claim.that("realloc(the last block, at 0, Layout(6, 2), 15): its bytes, and where the next one"
                + " begins", () -> {
            ReallocInPlace fresh = new ReallocInPlace(dirty(CAPACITY));
            MemorySegment grown = fresh.realloc(block(fresh), SIX, 15);
            return grown.byteSize() + " bytes, the next one "
                    + (fresh.alloc(new Layout(1, 1)).address() - grown.address()) + " behind it";
        }).gives("15 bytes, the next one 15 behind it",
                "The block has become longer. Who must know where it ends now?");
    }

    @Test
    void moves_a_block_that_has_a_neighbour() {
        MemorySegment block = block(heap);
        MemorySegment neighbour = block(heap);
        Claim.that("realloc(block with a neighbour behind it, Layout(6, 2), 9): its first 6 bytes",
                () -> WitnessHeap.explained(WitnessHeap.spelled(
                        heap.realloc(block, SIX, 9).asSlice(0, 6))))
                .gives(CONTENTS, "The old bytes must come along. How many are they?");
        Claim.that("realloc(block with a neighbour behind it, Layout(6, 2), 9): its offset", () -> {
            ReallocInPlace fresh = new ReallocInPlace(dirty(CAPACITY));
            MemorySegment first = block(fresh);
            block(fresh);
            return fresh.realloc(first, SIX, 9).address() - first.address();
        }).gives(12L, "Its own place has 6 bytes and a neighbour. Where is there room for 9?");
        Claim.that("realloc(block with a neighbour behind it, Layout(6, 2), 9): the neighbour's bytes",
                () -> WitnessHeap.spelled(neighbour))
                .gives(CONTENTS, "The neighbour is alive. Who has written there?");
    }

    @Test
    void aligns_a_moved_block_like_the_old_one() {
        Layout strict = new Layout(6, 32);
        MemorySegment block = heap.alloc(strict);
        heap.alloc(new Layout(1, 1));
        Claim.that("realloc(block aligned to 32, with a neighbour, 9): its address",
                () -> heap.realloc(block, strict, 9).address() % 32)
                .gives(0L, distance -> distance + " bytes past a multiple of 32",
                        "The new block is used like the old one. Which alignment do you ask for?");
    }

    @Test
    void shrinks_every_block_where_it_stands() {
        MemorySegment block = block(heap);
        heap.alloc(SIX);
        Claim.that("realloc(block with a neighbour, at 0, Layout(6, 2), 4): offset and bytes", () -> {
            MemorySegment shrunk = heap.realloc(block, SIX, 4);
            return offset(shrunk) + ": " + WitnessHeap.spelled(shrunk);
        }).gives("0: 01 02 03 04", "There is room for less wherever there was room for more. What"
                + " do you copy?");
    }

    @Test
    void gives_back_what_the_last_block_no_longer_needs() {
        MemorySegment block = block(heap);
        Claim.that("realloc(the last block, at 0, Layout(6, 2), 2); alloc(Layout(4, 2)): its offset",
                () -> {
                    heap.realloc(block, SIX, 2);
                    return offset(heap.alloc(new Layout(4, 2)));
                }).gives(2L, "The last block ends earlier now. Who must know?");
    }

    @Test
    void uses_the_memory_to_its_last_byte() {
        MemorySegment block = block(heap);
        Claim.that("realloc(the only block, Layout(6, 2), 256), in 256 bytes of memory",
                () -> heap.realloc(block, SIX, CAPACITY).byteSize())
                .gives((long) CAPACITY, "256 bytes fit into 256. Which comparison says no?");
    }

    @Test
    void answers_null_where_there_is_no_room() {
        String next = "NULL says that there is no room, and nothing else does. Where do you notice?";
        MemorySegment block = block(heap);
        answersNull("realloc(the only block, Layout(6, 2), 257), in 256 bytes of memory",
                () -> heap.realloc(block, SIX, CAPACITY + 1), next);
        MemorySegment second = block(heap);
        answersNull("realloc(block with a neighbour, Layout(6, 2), 250), in 256 bytes",
                () -> heap.realloc(block, SIX, 250), next);
        answersNull("reallocZeroed(the last block, Layout(6, 2), 257)",
                () -> heap.reallocZeroed(second, SIX, CAPACITY + 1), next);
    }

    @Test
    void changes_nothing_where_there_is_no_room() {
        MemorySegment block = block(heap);
        Claim.that("realloc(the only block, Layout(6, 2), 257) in 256 bytes; then its bytes, and the"
                + " next block's offset", () -> {
            heap.realloc(block, SIX, CAPACITY + 1);
            return WitnessHeap.spelled(block) + ", " + offset(heap.alloc(SIX));
        }).gives(CONTENTS + ", 6", "The caller goes on with the old block. What has become of it?");
        Claim.that("realloc(block with a neighbour, Layout(6, 2), 250); the same", () -> {
            heap.realloc(block, SIX, 250);
            return WitnessHeap.spelled(block) + ", " + offset(heap.alloc(SIX));
        }).gives(CONTENTS + ", 12", "The caller goes on with the old block. What has become of it?");
    }

    @Test
    void is_not_fooled_by_a_size_near_the_largest_long() {
        heap.alloc(new Layout(100, 1));
        MemorySegment block = block(heap);
        answersNull("realloc(the last block, at 100, Layout(6, 2), 2^63 - 10)",
                () -> heap.realloc(block, SIX, Long.MAX_VALUE - 9),
                "Offset and size together are more than a long can hold. Which sum has wrapped"
                        + " around?");
    }

    @Test
    void refuses_a_size_that_no_block_has() {
        MemorySegment block = block(heap);
        for (long size : new long[] {0, -1, Long.MAX_VALUE}) {
            Claim.that("realloc(the last block, Layout(6, 2), " + size + ")",
                    () -> heap.realloc(block, SIX, size)).raises(IllegalArgumentException.class,
                    "new Layout refuses some of these; the contract refuses 0. Before what?");
            Claim.that("realloc(the last block, Layout(6, 2), " + size + "), refused: is it still the last"
                    + " one", () -> heap.isLast(block)).gives(true,
                    "A refused call changes nothing. What did you do before it?");
        }
    }

    @Test
    void zeroes_what_was_added_where_the_block_stands() {
        MemorySegment block = block(heap);
        Claim.that("reallocZeroed(the last block, Layout(6, 2), 9): its last 3 bytes",
                () -> WitnessHeap.spelled(heap.reallocZeroed(block, SIX, 9).asSlice(6)))
                .gives("00 00 00", "Nothing moved, but the bytes behind it were somebody's before."
                        + " Which did you clear?");
    }

    @Test
    void zeroes_nothing_of_the_old_part() {
        MemorySegment block = block(heap);
        Claim.that("reallocZeroed(01 … 06, Layout(6, 2), 9): its first 6 bytes",
                () -> WitnessHeap.spelled(heap.reallocZeroed(block, SIX, 9).asSlice(0, 6)))
                .gives(CONTENTS, "Where does the old part end, and where the new?");
        Claim.that("reallocZeroed(that, Layout(9, 2), 4): its bytes",
                () -> WitnessHeap.spelled(heap.reallocZeroed(memory.asSlice(0, 9),
                        new Layout(9, 2), 4)))
                .gives("01 02 03 04", "A smaller block gains no bytes. What do you clear?");
    }

    @Test
    void keeps_the_contract_in_any_order_of_calls() {
        Sequences.of(seed -> Workload.ANYTHING.trace(seed, 24), Shrinker::shrink,
                trace -> "var heap = new ReallocInPlace(Arena.global().allocate(8192));\n"
                        + trace.toJava("heap").stripTrailing())
                .hold(trace -> Claim.that("", () -> run(trace)).returns("Look at the sizes in the"
                        + " last line. Which bytes does your line above ask for?"));
    }

    private static void run(Trace trace) {
        try {
            Replay.on(new ReallocInPlace(dirty(8192))).run(trace);
        } catch (BrokenContract broken) {
            throw new Story("", WitnessHeap.explained(broken.answer()), "a block of that size,"
                    + " aligned, apart from the others, with the bytes the test wrote",
                    "Look at the last line: the size, the alignment, the bytes. Which of them does"
                            + " your method lose?");
        }
    }

    private static MemorySegment dirty(long byteSize) {
        return Arena.ofAuto().allocate(byteSize + 8, 128).asSlice(8).fill((byte) 0xA5);
    }

    private static MemorySegment block(GlobalAlloc heap) {
        return heap.alloc(SIX).copyFrom(MemorySegment.ofArray(new byte[] {1, 2, 3, 4, 5, 6}));
    }

    private long offset(MemorySegment block) {
        return block.address() - memory.address();
    }

    private static void answersNull(String call, Supplier<MemorySegment> code, String next) {
        Claim.that(call, code).gives("MemorySegment.NULL", GlobalAlloc::isNull, next);
    }
}
