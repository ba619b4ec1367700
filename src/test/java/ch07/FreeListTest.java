package ch07;

import ch07.FreeList.Hole;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.WitnessHeap;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.LiveBlocks;
import heapcraft.trace.Replay;
import heapcraft.trace.Shrinker;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FreeListTest {

    private static final int CAPACITY = 1000;
    private static final int PAGE = 4096;
    private static final Layout TEN = new Layout(10, 1);
    private static final String NULL = "MemorySegment.NULL";
    private static final String AT_8 = "memory 8 bytes behind a page; ";

    /// 8 bytes behind the start of a page.
    private final MemorySegment memory = dirty(8, CAPACITY);
    private final FreeList heap = new FreeList(memory);

    @Test
    void places_a_block_where_its_address_is_aligned() {
        place(8, new Layout(100, 16), 0, 1000, 8);
        place(8, new Layout(100, 64), 0, 1000, 56);
        place(1, new Layout(100, 8), 0, 1000, 7);
        place(24, new Layout(100, 64), 41, 1000, 104);
    }

    @Test
    void skips_nothing_where_the_address_is_aligned_already() {
        place(8, new Layout(100, 1), 3, 1000, 3);
        place(8, new Layout(100, 8), 0, 1000, 0);
        place(24, new Layout(100, 64), 40, 1000, 40);
    }

    @Test
    void uses_a_hole_to_its_last_byte() {
        place(8, new Layout(50, 1), 100, 150, 100);
        place(8, new Layout(56, 16), 0, 64, 8);
        Claim.that("alloc(Layout(1000, 1)) on " + CAPACITY + " bytes; holes()", () -> {
            heap.alloc(new Layout(CAPACITY, 1));
            return spelled(heap.holes());
        }).gives("none", "The block takes all of it. How many bytes would your hole have?");
    }

    @Test
    void finds_no_place_in_a_hole_without_room() {
        place(8, new Layout(51, 1), 100, 150, FreeList.NOWHERE);
        place(8, new Layout(57, 16), 0, 64, FreeList.NOWHERE);
        place(8, new Layout(1, 64), 0, 50, FreeList.NOWHERE);
    }

    @Test
    void is_not_fooled_by_sizes_near_the_largest_long() {
        place(8, new Layout(Long.MAX_VALUE, 1), 100, 1000, FreeList.NOWHERE);
        place(8, new Layout(Long.MAX_VALUE - 7, 8), 100, 1000, FreeList.NOWHERE);
        place(8, new Layout(1L << 62, 1L << 62), 0, 1000, FreeList.NOWHERE);
    }

    @Test
    void takes_the_first_hole_with_room_and_no_other() {
        Claim.that("blocks of 100, 10, 40 and 10 bytes from offset 0 on; blocks 0 and 2 come back;"
                + " alloc(Layout(40, 1)): its offset", () -> {
            leaveHolesOf100And40();
            String before = spelled(heap.holes());
            String got = offset(heap.alloc(new Layout(40, 1)));
            if (!got.equals("0")) {
                requireBefore(before);
            }
            return got;
        }).gives("0", "The hole at 0 has 100 bytes, and that is enough. Why go on?");
        Claim.that("blocks of 100, 10, 40 and 10 bytes; blocks 0 and 2 come back; alloc(Layout(40, 1));"
                + " alloc(Layout(61, 1)): its offset",
                () -> offset(heap.alloc(new Layout(61, 1))))
                .gives("160", "The holes are 40-99, 110-149 and 160-999. Which is the first with"
                        + " room for 61?");
    }

    @Test
    void keeps_the_rest_of_a_hole_that_it_splits() {
        Claim.that("alloc(Layout(100, 1)); holes()", () -> {
            heap.alloc(new Layout(100, 1));
            return spelled(heap.holes());
        }).gives("100-999", "The block has the bytes 0 to 99. Who owns byte 100?");
    }

    @Test
    void keeps_the_padding_in_front_of_a_block() {
        Claim.that(AT_8 + "alloc(Layout(100, 64)); holes()", () -> {
            heap.alloc(new Layout(100, 64));
            return spelled(heap.holes());
        }).gives("0-55, 156-999", "The block begins at 56 so that it is aligned. Who owns the 56"
                + " bytes before it?");
        Claim.that(AT_8 + "alloc(Layout(100, 64)); alloc(Layout(56, 8)): its offset",
                () -> offset(heap.alloc(new Layout(56, 8))))
                .gives("0", "There is room for 56 bytes in front of the first block. Is it in your"
                        + " list?");
    }

    @Test
    void answers_null_and_changes_nothing() {
        String before = "0-99, 110-149, 960-999";
        Claim.that("blocks of 100, 10, 40, 10 and 800 bytes from offset 0 on; blocks 0 and 2 come"
                + " back", () -> {
            leaveHolesOf100And40();
            heap.alloc(new Layout(800, 1));
        }).returns("Nothing of that should throw. Look at the line above.");
        for (Layout layout : new Layout[] {new Layout(101, 1), new Layout(61, 64),
                new Layout(Long.MAX_VALUE, 1)}) {
            Claim.that(AT_8 + "holes " + before + "; alloc(" + spelled(layout) + ")",
                    () -> offset(heap.alloc(layout)))
                    .gives(NULL, "No hole has a place for that. Which hole did you take, or what do"
                            + " you answer where there is none?");
            Claim.that(AT_8 + "holes " + before + "; alloc(" + spelled(layout) + "), for which there is"
                    + " no place; holes()", () -> spelled(heap.holes()))
                    .gives(before, "Nothing was handed out. What have you changed before you knew?");
        }
    }

    @Test
    void joins_a_block_with_the_hole_in_front_of_it() {
        freed("1, then 2", "10-29", "The hole 10-19 ends where block 2 begins. Which of your holes can"
                + " become longer?", 1, 2);
    }

    @Test
    void joins_a_block_with_the_hole_behind_it() {
        freed("2, then 1", "10-29", "Block 1 ends where the hole 20-29 begins. Which of your holes"
                + " must begin earlier?", 2, 1);
    }

    @Test
    void makes_one_hole_of_three() {
        freed("1 and 3, then 2", "10-39", "Block 2 has a hole on either side. How many holes should"
                + " be left of the three?", 1, 3, 2);
    }

    @Test
    void hands_out_what_came_back_once() {
        Claim.that("six blocks of 10 bytes fill the heap: 0-9, 10-19, … 50-59. Given back: block 1 and"
                + " 3, then 2; four times alloc(Layout(10, 1)): the offsets", () -> {
            MemorySegment whole = dirty(8, 60);
            FreeList full = full(whole, 1, 3, 2);
            List<String> offsets = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                offsets.add(offset(full.alloc(TEN), whole));
            }
            return String.join(", ", offsets);
        }).gives("10, 20, 30, " + NULL, "30 bytes came back. If a byte is in two of your holes,"
                + " which of them should be gone?");
    }

    @Test
    void leaves_holes_apart_that_do_not_touch() {
        freed("1, then 3", "10-19, 30-39", "Block 2 is alive between them. What do you compare before"
                + " you join?", 1, 3);
        freed("4, then 0", "0-9, 40-49", "They are far apart. What do you compare before you join?",
                4, 0);
    }

    @Test
    void keeps_its_holes_in_the_order_of_their_addresses() {
        freed("4, 0, then 2", "0-9, 20-29, 40-49", "First fit needs the lowest hole first. Where in"
                + " the list does a block that comes back belong?", 4, 0, 2);
    }

    @Test
    void gets_back_what_lies_behind_the_last_hole() {
        freed("0, then 5, the last one", "0-9, 50-59", "No hole lies behind block 5. Does your loop"
                + " end before it has put the block anywhere?", 0, 5);
        freed("2, where there is no hole yet", "20-29", "The list was empty. Does your loop run at"
                + " all?", 2);
    }

    @Test
    void takes_as_many_bytes_as_were_asked_for() {
        Layout odd = new Layout(10, 8);
        Claim.that(AT_8 + "alloc(Layout(10, 8)); alloc(Layout(1, 1)): its offset", () -> {
            heap.alloc(odd);
            return offset(heap.alloc(new Layout(1, 1)));
        }).gives("10", "The first block ends with its byte 9. From where on is the memory free?");
        Claim.that(AT_8 + "alloc(Layout(10, 8)); alloc(Layout(1, 1)); the first block comes back;"
                + " holes()", () -> {
            heap.dealloc(memory.asSlice(0, 10), odd);
            return spelled(heap.holes());
        }).gives("0-9, 11-999", "Byte 10 belongs to somebody else. How many bytes came back?");
    }

    @Test
    void is_whole_again_in_whatever_order_all_comes_back() {
        for (int[] order : new int[][] {{0, 1, 2, 3}, {3, 2, 1, 0}, {0, 2, 1, 3}, {1, 3, 0, 2}}) {
            MemorySegment whole = dirty(8, CAPACITY);
            var fresh = new FreeList(whole);
            Layout[] layouts = {new Layout(100, 64), new Layout(7, 1), new Layout(30, 32),
                    new Layout(64, 16)};
            String called = "alloc(100, 64), (7, 1), (30, 32), (64, 16); given back in the order "
                    + Arrays.toString(order);
            Claim.that(AT_8 + called + "; holes()", () -> {
                List<MemorySegment> blocks = new ArrayList<>();
                for (Layout layout : layouts) {
                    blocks.add(fresh.alloc(layout));
                }
                for (int i : order) {
                    fresh.dealloc(blocks.get(i), layouts[i]);
                }
                requireOrder(AT_8 + called, fresh.holes());
                return spelled(fresh.holes());
            }).gives("0-999", "All is free, so it is one hole. Whose bytes are missing, or which two"
                    + " holes touch?");
            Claim.that(called + "; alloc(Layout(1000, 1)): its offset",
                    () -> offset(fresh.alloc(new Layout(CAPACITY, 1)), whole))
                    .gives("0", "All is free: that is one hole of 1000 bytes.");
        }
    }

    @Test
    void agrees_with_a_map_of_all_bytes_in_any_order_of_calls() {
        Sequences.of(seed -> Workload.ANYTHING.trace(seed, 40), Shrinker::shrink,
                trace -> "MemorySegment memory = Arena.ofAuto().allocate(12288, 4096)"
                        + ".asSlice(8, " + Bytes.CAPACITY + ");\n"
                        + "var heap = new FreeList(memory);\n"
                        + trace.toJava("heap").stripTrailing())
                .hold(FreeListTest::requireGood);
    }

    private static void requireGood(Trace trace) {
        List<HeapEvent> happened = new ArrayList<>();
        try {
            Claim.that("", () -> run(trace, happened)).returns("Look at the last call. Which hole did"
                    + " it meet?");
        } catch (Story story) {
            throw story.on(new Trace(happened));
        }
    }

    private static void run(Trace trace, List<HeapEvent> happened) {
        MemorySegment memory = dirty(8, Bytes.CAPACITY);
        var heap = new FreeList(memory);
        var model = new Bytes(memory.address());
        try {
            Replay.on(heap).afterEach(event -> {
                model.require(event);
                happened.add(event);
                model.require(heap.holes());
            }).run(trace);
        } catch (BrokenContract broken) {
            throw new Story("", WitnessHeap.explained(broken.answer()), "a block of that size,"
                    + " aligned, apart from the others, with the bytes the test wrote",
                    nextFor(broken.answer()));
        }
    }

    private static String nextFor(String broken) {
        if (broken.contains("aligned")) {
            return "Look at the last line. Do you align the offset, or the address?";
        }
        return broken.contains(" bytes, not ")
                ? "Look at the last line. The segment you return has an end, too: where is it?"
                : "Look at the last line. Were those bytes in a hole before?";
    }

    /// The memory byte by byte, and what first fit must do with it.
    private static final class Bytes {
        static final int CAPACITY = 8000;

        private final long base;
        private final BitSet live = new BitSet();
        private final LiveBlocks blocks = new LiveBlocks();
        private final Map<Long, Integer> places = new HashMap<>();

        Bytes(long base) {
            this.base = base;
        }

        void require(HeapEvent event) {
            switch (event) {
                case Alloc alloc -> {
                    requireAt(place(alloc.layout()), alloc.address());
                    if (alloc.address() != HeapEvent.REFUSED) {
                        put(alloc.block(), alloc.layout(), alloc.address());
                    }
                }
                case Realloc realloc -> {
                    Layout wanted = blocks.resized(realloc);
                    // A new block, while the old one is still there.
                    requireAt(place(wanted), realloc.address());
                    if (realloc.address() != HeapEvent.REFUSED) {
                        take(realloc.block());
                        put(realloc.block(), wanted, realloc.address());
                    }
                }
                case Free free -> take(free.block());
                default -> throw new IllegalStateException("no such call: " + event);
            }
            blocks.apply(event);
        }

        private void put(long block, Layout layout, long address) {
            int start = (int) (address - base);
            places.put(block, start);
            live.set(start, start + (int) layout.byteSize());
        }

        private void take(long block) {
            int start = places.remove(block);
            live.clear(start, start + (int) blocks.layouts().get(block).byteSize());
        }

        /// The lowest place for a layout, or -1.
        private int place(Layout layout) {
            int alignment = (int) layout.byteAlignment();
            int size = (int) layout.byteSize();
            int start = aligned(0, alignment);
            while (size <= CAPACITY - start) {
                int taken = live.nextSetBit(start);
                if (taken < 0 || taken >= start + size) {
                    return start;
                }
                start = aligned(live.nextClearBit(taken), alignment);
            }
            return -1;
        }

        private int aligned(int offset, int alignment) {
            return offset + (int) Math.floorMod(-(base + offset), (long) alignment);
        }

        private void requireAt(int wanted, long address) {
            String got = address == HeapEvent.REFUSED ? "NULL" : "the block at " + (address - base);
            String right = wanted < 0 ? "NULL" : "the block at " + wanted;
            if (!got.equals(right)) {
                throw new Story("", got, right, "Before that call these bytes were free: " + holes()
                        + ". Which is the first place there with room, and did your holes know it?");
            }
        }

        void require(List<Hole> holes) {
            String got = spelled(holes);
            if (!got.equals(holes())) {
                throw new Story("heap.holes();", got, holes(), "Compare the two lists from the left."
                        + " Which bytes are in one only, or which holes touch? The call before did"
                        + " it.");
            }
        }

        private String holes() {
            List<Hole> holes = new ArrayList<>();
            int start = live.nextClearBit(0);
            while (start < CAPACITY) {
                int end = live.nextSetBit(start);
                holes.add(new Hole(start, end < 0 ? CAPACITY : end));
                start = end < 0 ? CAPACITY : live.nextClearBit(end);
            }
            return spelled(holes);
        }
    }

    /// Holes at 0, at 110 and from 160 on.
    private void leaveHolesOf100And40() {
        MemorySegment first = heap.alloc(new Layout(100, 1));
        heap.alloc(TEN);
        MemorySegment third = heap.alloc(new Layout(40, 1));
        heap.alloc(TEN);
        heap.dealloc(first, new Layout(100, 1));
        heap.dealloc(third, new Layout(40, 1));
    }

    /// First fit cannot be judged where the holes were wrong before.
    private static void requireBefore(String holes) {
        String wanted = "0-99, 110-149, 160-999";
        if (!holes.equals(wanted)) {
            throw new Story("blocks of 100, 10, 40 and 10 bytes from offset 0 on; blocks 0 and 2"
                    + " come back; holes()", holes, wanted, "The blocks are still at 100-109 and"
                    + " 150-159. Which of your holes has a wrong offset, or a wrong place in the list?");
        }
    }

    private static void requireOrder(String called, List<Hole> holes) {
        for (int i = 1; i < holes.size(); i++) {
            if (holes.get(i).start() < holes.get(i - 1).start()) {
                throw new Story(called + "; holes()", spelled(holes), "0-999", holes.get(i)
                        + " lies in front of " + holes.get(i - 1) + ". Which line put one of them"
                        + " at the wrong place in the list?");
            }
        }
    }

    /// Six blocks of 10 bytes fill a heap; some come back.
    private static void freed(String which, String wanted, String next, int... order) {
        Claim.that("six blocks of 10 bytes fill the heap: 0-9, 10-19, … 50-59. Given back: block "
                + which + "; holes()", () -> spelled(full(dirty(8, 60), order).holes()))
                .ifItThrows(ConcurrentModificationException.class, "A for loop walks over a list"
                        + " that changes. Can you find the place first, and change the list afterwards?")
                .gives(wanted, next);
    }

    private static FreeList full(MemorySegment memory, int... givenBack) {
        var full = new FreeList(memory);
        List<MemorySegment> blocks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            blocks.add(full.alloc(TEN));
        }
        for (int i : givenBack) {
            full.dealloc(blocks.get(i), TEN);
        }
        return full;
    }

    private static void place(int behindPage, Layout layout, long start, long end, long wanted) {
        String address = behindPage == 1 ? "1 byte" : behindPage + " bytes";
        Claim.that("memory " + address + " behind a page; placeIn(Hole(" + start + ", " + end + "), "
                + spelled(layout) + ")", () -> new FreeList(dirty(behindPage, CAPACITY))
                .placeIn(new Hole(start, end), layout))
                .gives(wanted, FreeListTest::spelled, wanted == FreeList.NOWHERE
                        ? noPlace(behindPage, layout, start)
                        : aPlace(behindPage, layout, start, end, wanted));
    }

    private static String noPlace(int behindPage, Layout layout, long start) {
        if (layout.byteSize() > CAPACITY) {
            return "Numbers that large: can a sum of yours become negative? Try it in a cell.";
        }
        long place = start + Math.floorMod(-(behindPage + start), layout.byteAlignment());
        return "The first offset there with an aligned address is " + place + ". How many bytes are"
                + " there from it to the end of the hole?";
    }

    private static String aPlace(int behindPage, Layout layout, long start, long end, long wanted) {
        String address = "Offset " + start + " is at address page + " + (behindPage + start);
        return wanted == start
                ? address + ", a multiple of " + layout.byteAlignment() + " already, and the block"
                        + " needs " + layout.byteSize() + " of the hole's " + (end - start)
                        + " bytes. What do you skip, and is there room?"
                : address + ", and a page begins at a multiple of 4096. Which is the first *offset*"
                        + " whose *address* is a multiple of " + layout.byteAlignment() + "?";
    }

    private static String spelled(long place) {
        return place == FreeList.NOWHERE ? "NOWHERE" : Long.toString(place);
    }

    private static String spelled(Layout layout) {
        return "Layout(" + layout.byteSize() + ", " + layout.byteAlignment() + ")";
    }

    private static String spelled(List<Hole> holes) {
        return holes.isEmpty() ? "none"
                : holes.stream().map(Hole::toString).collect(Collectors.joining(", "));
    }

    private String offset(MemorySegment block) {
        return offset(block, memory);
    }

    private static String offset(MemorySegment block, MemorySegment memory) {
        if (block == null) {
            return "Java's null";
        }
        return GlobalAlloc.isNull(block) ? NULL : Long.toString(block.address() - memory.address());
    }

    /// Memory that begins so many bytes behind the start of a page.
    private static MemorySegment dirty(int behindPage, int byteSize) {
        return Arena.ofAuto().allocate(PAGE + byteSize, PAGE).asSlice(behindPage, byteSize)
                .fill((byte) 0xA5);
    }
}
