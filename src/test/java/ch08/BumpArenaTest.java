package ch08;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.Todo;
import heapcraft.exercise.WitnessHeap;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.Trace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BumpArenaTest {

    private static final long PAGE = 4096;
    /// Where the block begins in its page: a multiple of 8 and of nothing more.
    private static final long START = 0x18;

    private final MemorySegment page = Arena.ofAuto().allocate(PAGE, PAGE);

    @Test
    void takes_one_block_behind_the_other() {
        var tried = new Tried(START, 100);
        tried.alloc(16, 1);
        tried.alloc(32, 1);
        tried.alloc(1, 1);
        tried.alloc(50, 1);
    }

    @Test
    void rounds_the_address_not_the_offset() {
        new Tried(START, 168).alloc(8, 64);
        var later = new Tried(START, 1000);
        later.alloc(16, 1);
        later.alloc(8, 128);
        new Tried(1, 1000).alloc(4, 4);
    }

    @Test
    void skips_no_more_than_it_must() {
        var tried = new Tried(START, 100);
        tried.alloc(8, 8);
        tried.alloc(4, 8);
        tried.alloc(2, 4);
        tried.alloc(4, 4);
        tried.alloc(1, 1);
    }

    @Test
    void hands_out_exactly_the_bytes_asked_for() {
        var tried = new Tried(START, 100);
        Claim.that("alloc(24 bytes, align 1), how many bytes it has",
                () -> tried.arena.alloc(24, 1).byteSize()).gives(24L,
                "Its owner may write to its end, and the next block begins there. Where must the"
                        + " slice end?");
        Claim.that("alloc(24 bytes, align 1), 01 written into its first byte: the block's byte",
                () -> {
                    var fresh = new Tried(START, 100);
                    fresh.arena.alloc(24, 1).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
                    return WitnessHeap.spelled(fresh.block.asSlice(0, 1));
                }).gives("01", "The block is where the memory is. Of which memory is your answer a"
                        + " slice?");
    }

    @Test
    void fills_the_block_to_its_last_byte() {
        new Tried(START, 100).alloc(100, 1);
        var tried = new Tried(START, 100);
        tried.alloc(60, 1);
        tried.alloc(40, 1);
    }

    @Test
    void answers_null_where_there_is_no_room() {
        new Tried(START, 100).alloc(101, 1);
        var tried = new Tried(START, 100);
        tried.alloc(60, 1);
        tried.alloc(41, 1);
    }

    @Test
    void the_padding_needs_room_too() {
        var tried = new Tried(START, 100);
        tried.alloc(90, 1);
        tried.alloc(8, 8);
        new Tried(START, 100).alloc(100, 16);
        new Tried(START, 16).alloc(1, 64);
    }

    @Test
    void is_not_fooled_by_a_size_near_2_63() {
        for (long[] layout : new long[][] {{Long.MAX_VALUE, 1}, {Long.MAX_VALUE - 7, 8},
                {1, 1L << 62}, {1L << 62, 1L << 62}}) {
            var tried = new Tried(START, 100);
            tried.alloc(50, 1);
            tried.alloc(layout[0], layout[1]);
        }
    }

    @Test
    void a_failed_call_changes_nothing() {
        String next = "The pointer was at 0x…72 before the call that failed. Which line moves it"
                + " although there is no room?";
        for (long[] layout : new long[][] {{11, 1}, {50, 4}, {8, 64}}) {
            var tried = new Tried(START, 100);
            Claim.that("alloc(90 bytes, align 1), then " + call(layout[0], layout[1]) + ", which"
                    + " fails, then alloc(10 bytes, align 1)", () -> {
                tried.arena.alloc(90, 1);
                swallow(() -> tried.arena.alloc(layout[0], layout[1]));
                return told(tried.arena.alloc(10, 1).address());
            }).gives("0x…72", next);
        }
    }

    @Test
    void zero_bytes_are_a_size_too() {
        var tried = new Tried(START, 100);
        tried.alloc(0, 1);
        tried.alloc(100, 1);
        tried.alloc(0, 1);
    }

    @Test
    void refuses_what_is_no_layout() {
        for (long[] none : new long[][] {{-1, 1}, {Long.MIN_VALUE, 8}, {8, 0}, {8, 48}, {8, -8},
                {8, Long.MIN_VALUE}}) {
            var tried = new Tried(START, 100);
            Claim.that(call(none[0], none[1]), () -> tried.arena.alloc(none[0], none[1]))
                    .raises(IllegalArgumentException.class, "No memory has that size or alignment,"
                            + " full or not. Which class that is imported here refuses both?");
        }
    }

    @Test
    void zeroes_dirty_memory_and_no_other() {
        var tried = new Tried(START, 100);
        Claim.that("alloc(2 bytes, align 1), allocZeroed(4 bytes, align 1): the first 8 bytes of the"
                + " block", () -> {
            tried.arena.alloc(2, 1);
            tried.arena.allocZeroed(4, 1);
            return WitnessHeap.spelled(tried.block.asSlice(0, 8));
        }).gives("A5 A5 00 00 00 00 A5 A5  (A5: never written)",
                "The memory had an owner before, and what stands beside it has one now. Which bytes"
                        + " do you clear?");
        Claim.that("allocZeroed(101 bytes, align 1), in a block of 100", () ->
                new Tried(START, 100).arena.allocZeroed(101, 1)).gives("MemorySegment.NULL",
                got -> got != null && GlobalAlloc.isNull(got), "There is no room, and so nothing to clear. What does the call"
                        + " answer?");
    }

    @Test
    void counts_the_padding_as_taken() {
        var tried = new Tried(START, 100);
        String next = "Between the two blocks lie 7 bytes that nobody can have any more. Are they"
                + " taken or free?";
        Claim.that("a new arena in a block of 100 bytes: used, remaining", tried::counters)
                .gives("0, 100", "Nothing is taken yet. From where do you count?");
        Claim.that("alloc(1 byte, align 1), alloc(8 bytes, align 8): used, remaining", () -> {
            tried.arena.alloc(1, 1);
            tried.arena.alloc(8, 8);
            return tried.counters();
        }).gives("16, 84", next);
    }

    @Test
    void reset_frees_everything_and_touches_no_byte() {
        var tried = new Tried(START, 100);
        Claim.that("alloc(100 bytes, align 1), reset(), alloc(100 bytes, align 1)", () -> {
            tried.arena.alloc(100, 1);
            tried.arena.reset();
            return told(tried.arena.alloc(100, 1).address());
        }).gives("0x…18", "The block is empty again. Where does its first free byte lie?");
        var other = new Tried(START, 100);
        Claim.that("alloc(3 bytes, align 1), 01 02 03 written there, reset(): these bytes now", () -> {
            other.arena.alloc(3, 1).copyFrom(MemorySegment.ofArray(new byte[] {1, 2, 3}));
            other.arena.reset();
            return WitnessHeap.spelled(other.block.asSlice(0, 3));
        }).gives("01 02 03", "One assignment frees a thousand blocks, or it is no arena. Who wanted"
                + " the bytes cleared, and when?");
    }

    @Test
    void rewind_frees_what_came_after_the_mark() {
        var tried = new Tried(START, 100);
        Claim.that("alloc(10 bytes, align 1), mark(), alloc(20 …), alloc(30 …), rewind(that mark),"
                + " alloc(1 byte, align 1)", () -> {
            tried.arena.alloc(10, 1);
            long mark = tried.arena.mark();
            tried.arena.alloc(20, 1);
            tried.arena.alloc(30, 1);
            tried.arena.rewind(mark);
            return told(tried.arena.alloc(1, 1).address());
        }).gives("0x…22", "At the mark, 10 bytes were taken. Which are taken after the rewind?");
    }

    @Test
    void rewind_refuses_a_mark_that_lies_ahead() {
        var tried = new Tried(START, 100);
        tried.arena.alloc(10, 1);
        long mark = tried.arena.mark();
        tried.arena.reset();
        tried.arena.alloc(4, 1);
        String next = "A rewind frees; it never takes. Where is the pointer now, and where would"
                + " this mark put it?";
        Claim.that("alloc(10 bytes, align 1), mark(), reset(), alloc(4 bytes, align 1), rewind(that"
                + " mark)", () -> tried.arena.rewind(mark)).raises(IllegalArgumentException.class,
                next);
        Claim.that("alloc(10 bytes, align 1), mark(), reset(), alloc(4 bytes, align 1), rewind(that"
                + " mark), which is refused, then alloc(1 byte, align 1)",
                () -> told(tried.arena.alloc(1, 1).address())).gives("0x…1c", "A refused call changes"
                        + " nothing. Do you look at the mark before you move the pointer?");
        Claim.that("rewind(-1)", () -> tried.arena.rewind(-1))
                .raises(IllegalArgumentException.class, "mark() has never answered that. Which marks"
                        + " can there be at all?");
    }

    @Test
    void agrees_with_a_plain_model_in_any_order() {
        Sequences.of(BumpArenaTest::random, BumpArenaTest::java).hold(steps -> {
            var tried = new Tried(START, 1000);
            tried.isToldAsJava = true;
            try {
                steps.forEach(tried::step);
            } catch (Story story) {
                throw story.on(new Trace(tried.events));
            }
        });
    }

    /// A call that makes sense whatever was left out before it.
    private sealed interface Step {
        record Alloc(long byteSize, long byteAlignment) implements Step { }

        record Zeroed(long byteSize, long byteAlignment) implements Step { }

        record Reset() implements Step { }

        record Mark() implements Step { }

        /// @param which of the marks that are still good, counted round and round
        record Rewind(int which) implements Step { }
    }

    private static List<Step> random(long seed) {
        Random random = new Random(seed);
        long[] sizes = {1, 3, 8, 24, 100, 400, Long.MAX_VALUE - 255};
        long[] alignments = {1, 1, 2, 8, 16, 64, 256};
        return random.ints(20, 0, 12).<Step>mapToObj(kind -> {
            long size = sizes[random.nextInt(kind == 0 ? 7 : 6)];
            long alignment = alignments[random.nextInt(7)];
            return switch (kind) {
                case 8 -> new Step.Zeroed(size, alignment);
                case 9 -> new Step.Mark();
                case 10 -> new Step.Rewind(random.nextInt(4));
                case 11 -> new Step.Reset();
                default -> new Step.Alloc(size, alignment);
            };
        }).toList();
    }

    private static String java(List<Step> steps) {
        var code = new StringBuilder("MemorySegment page = Arena.ofAuto().allocate(4096, 4096);\n"
                + "var arena = new BumpArena(page.asSlice(0x18, 1000));");
        int marks = 0;
        List<Integer> good = new ArrayList<>();
        for (Step step : steps) {
            code.append(switch (step) {
                case Step.Alloc(long size, long alignment) -> "\narena.alloc(" + number(size) + ", "
                        + alignment + ");";
                case Step.Zeroed(long size, long alignment) -> "\narena.allocZeroed(" + number(size)
                        + ", " + alignment + ");";
                case Step.Reset() -> {
                    good.clear();
                    yield "\narena.reset();";
                }
                case Step.Mark() -> {
                    good.add(marks);
                    yield "\nlong mark" + marks++ + " = arena.mark();";
                }
                case Step.Rewind(int which) -> {
                    int index = keepUpTo(which, good);
                    yield index < 0 ? "" : "\narena.rewind(mark" + good.get(index) + ");";
                }
            });
        }
        return code.toString();
    }

    /// Which mark of those that are still good is meant; a rewind makes void all behind it.
    ///
    /// @return its index, or -1 if there is none
    private static int keepUpTo(int which, List<?> good) {
        if (good.isEmpty()) {
            return -1;
        }
        int index = which % good.size();
        good.subList(index + 1, good.size()).clear();
        return index;
    }

    private static String number(long value) {
        return value == (int) value ? Long.toString(value) : value + "L";
    }

    private record Mark(long mark, long taken) { }

    /// A block handed out and not yet freed.
    private record Live(long number, long offset, MemorySegment bytes) { }

    /// An arena on the page, what was asked of it, and the model: everything before `taken` is.
    private final class Tried {
        private final MemorySegment block;
        private final BumpArena arena;
        private final List<String> calls = new ArrayList<>();
        private final List<HeapEvent> events = new ArrayList<>();
        private final List<Live> live = new ArrayList<>();
        /// The marks that are still good, and how much was taken at each.
        private final List<Mark> marks = new ArrayList<>();
        private long taken;
        private long blocks;
        /// Whether the calls stand above the story anyway.
        private boolean isToldAsJava;

        Tried(long start, long byteSize) {
            page.fill((byte) 0xA5);
            block = page.asSlice(start, byteSize);
            arena = new BumpArena(block);
            // What the dirt is from: somebody had the whole block before. So the film shows all of it.
            events.add(new HeapEvent.Alloc(blocks++, new Layout(byteSize, 1), false, start));
            events.add(new HeapEvent.Reset());
        }

        String counters() {
            return arena.used() + ", " + arena.remaining();
        }

        void step(Step step) {
            switch (step) {
                case Step.Alloc(long size, long alignment) -> own(alloc(size, alignment), size);
                case Step.Zeroed(long size, long alignment) -> {
                    MemorySegment bytes = alloc(size, alignment, true);
                    requireZeros(bytes);
                    own(bytes, size);
                }
                case Step.Reset() -> {
                    run("reset()", arena::reset);
                    events.add(new HeapEvent.Reset());
                    live.clear();
                    marks.clear();
                    taken = 0;
                }
                case Step.Mark() ->
                    run("mark()", () -> marks.add(new Mark(arena.mark(), taken)));
                case Step.Rewind(int which) -> rewind(which);
            }
            requireCounters();
            live.forEach(this::requireKept);
        }

        /// Claims that the next block lies where it must.
        MemorySegment alloc(long byteSize, long byteAlignment) {
            return alloc(byteSize, byteAlignment, false);
        }

        private MemorySegment alloc(long byteSize, long byteAlignment, boolean zeroed) {
            calls.add(zeroed ? call(byteSize, byteAlignment).replace("alloc", "allocZeroed")
                    : call(byteSize, byteAlignment));
            long free = block.address() + taken;
            long wanted = free;
            // Step by step, not computed as the learner may do it; no multiple lies farther away.
            while (wanted % byteAlignment != 0 && wanted <= end()) {
                wanted++;
            }
            boolean fits = wanted <= end() && byteSize <= end() - wanted;
            MemorySegment got = answer(byteSize, byteAlignment, zeroed, fits ? wanted : 0);
            film(got, byteSize, byteAlignment);
            if (got == null) {
                throw story("null", fits ? told(wanted) : "MemorySegment.NULL",
                        "No room is MemorySegment.NULL, not null. What do you return, and when?");
            }
            String place = !fits ? "MemorySegment.NULL" : told(wanted) + (byteAlignment == 1
                    ? ", the first free byte"
                    : ", the first multiple of " + byteAlignment + " from " + told(free) + " on");
            if (got.address() % byteAlignment != 0) {
                throw story(told(got.address()) + ", which is no multiple of "
                        + spelled(byteAlignment), place, crooked(got.address(), free, byteAlignment));
            }
            if (fits && got.address() != wanted) {
                throw misplaced(got, free, wanted, place, byteSize, byteAlignment);
            }
            if (!fits && !GlobalAlloc.isNull(got)) {
                throw story(told(got.address()), "MemorySegment.NULL", "The block ends at "
                        + told(end()) + ". Where would this one end?");
            }
            taken = fits ? wanted - block.address() + byteSize : taken;
            return got;
        }

        private MemorySegment answer(long byteSize, long byteAlignment, boolean zeroed, long wanted) {
            String place = wanted == 0 ? "MemorySegment.NULL" : told(wanted);
            try {
                return Claim.that(said(), () -> zeroed ? arena.allocZeroed(byteSize, byteAlignment)
                        : arena.alloc(byteSize, byteAlignment))
                        .gives(place, _ -> true, "Was that exception meant to come out? Look at the"
                                + " line where it did.");
            } catch (Story story) {
                film(MemorySegment.NULL, byteSize, byteAlignment);
                throw (story.getCause() instanceof IndexOutOfBoundsException
                        ? outside(place, byteSize, byteAlignment, story.getCause()) : story)
                        .on(new Trace(events));
            }
        }

        /// In words of ours: the exception's own have an address that no second run has.
        private Story outside(String place, long byteSize, long byteAlignment, Throwable thrown) {
            boolean huge = byteSize > PAGE || byteAlignment > PAGE;
            return new Story(said(), "threw IndexOutOfBoundsException: such a slice does not lie in"
                    + " the block", place, huge ? "Some sum is more than a long can hold, and came back"
                    + " negative. What can you compare without adding?" : "The block ends at "
                    + told(end()) + ". Which bytes does your comparison forget?", thrown);
        }

        private Story misplaced(MemorySegment got, long free, long wanted, String place,
                                long byteSize, long byteAlignment) {
            if (GlobalAlloc.isNull(got)) {
                return story("MemorySegment.NULL", place, "From " + told(wanted) + " to the end of"
                        + " the block, " + told(end()) + ", there are " + (end() - wanted)
                        + " bytes, and " + byteSize + " are asked for. Which comparison says no?");
            }
            long address = got.address();
            if (address < block.address() || address > end()) {
                return story("memory outside of the block", place, "The block is all the memory there"
                        + " is. Of what is your answer a slice?");
            }
            return address < free ? story(told(address) + ", which was taken", place,
                    "Everything before " + told(free) + " has an owner. Which line moves the pointer,"
                            + (byteAlignment == 1 ? " and does it count the padding?"
                            : " and which way do you round?"))
                    : story(told(address), place, told(wanted) + " is free and would do. How many"
                            + " bytes do you skip, and how many must you?");
        }

        /// The next step for an address that is not aligned.
        private String crooked(long address, long free, long byteAlignment) {
            if (address < free) {
                return "That lies before " + told(free) + ", the first free byte. Which way do you"
                        + " round?";
            }
            if (address == free && !roundsOffsets()) {
                return told(free) + " is the first free byte, as it is. Which bytes do you skip for a"
                        + " multiple of " + spelled(byteAlignment) + "?";
            }
            if (address > free && (address - block.address()) % byteAlignment != 0) {
                return "You skip " + (address - free) + (address - free == 1 ? " byte" : " bytes")
                        + ". Is that how far " + told(free) + " lies behind the multiple before it,"
                        + " or how far the next one is?";
            }
            return "Did you round the offset instead of the address? The block itself starts at "
                    + told(block.address()) + ".";
        }

        /// Whether a second arena, asked behind 1 byte, skips to the next offset: at offset 0, who
        /// rounds offsets answers as one who does not round at all.
        private boolean roundsOffsets() {
            var probe = new BumpArena(page.asSlice(START, 200));
            try {
                probe.alloc(1, 1);
                return probe.alloc(1, 64).address() == page.address() + START + 64;
            } catch (RuntimeException e) {
                return false;
            }
        }

        private void rewind(int which) {
            int index = keepUpTo(which, marks);
            if (index < 0) {
                return;
            }
            long place = marks.get(index).taken();
            run("rewind(that mark)", () -> arena.rewind(marks.get(index).mark()));
            live.stream().filter(block -> block.offset() >= place)
                    .forEach(block -> events.add(new HeapEvent.Free(block.number())));
            live.removeIf(block -> block.offset() >= place);
            taken = place;
        }

        private void run(String call, Runnable code) {
            calls.add(call);
            Claim.that(said(), code).returns("Was that exception meant to come out? Look at the line"
                    + " where it did.");
        }

        /// What a new owner does.
        private void own(MemorySegment bytes, long byteSize) {
            if (GlobalAlloc.isNull(bytes)) {
                return;
            }
            if (bytes.byteSize() != byteSize) {
                throw story("a slice of " + bytes.byteSize() + " bytes", "a slice of " + byteSize
                        + " bytes", "Its owner may write to its end. Where must it end?");
            }
            bytes.fill((byte) blocks);
            live.add(new Live(blocks - 1, bytes.address() - block.address(), bytes));
        }

        private void requireZeros(MemorySegment bytes) {
            for (long i = 0; i < bytes.byteSize(); i++) {
                if (bytes.get(ValueLayout.JAVA_BYTE, i) != 0) {
                    throw story("byte %d is %02X".formatted(i, bytes.get(ValueLayout.JAVA_BYTE, i)),
                            "all bytes 0", "Who had these bytes before the reset? Clear what you hand"
                                    + " out, all of it.");
                }
            }
        }

        private void requireCounters() {
            Claim.that("arena.used() + \", \" + arena.remaining()", this::counters)
                    .gives(taken + ", " + (block.byteSize() - taken), "Blocks and the padding before"
                            + " them are taken; a refused call takes nothing. Which call counts wrong?");
        }

        private void requireKept(Live one) {
            for (long i = 0; i < one.bytes().byteSize(); i++) {
                if (one.bytes().get(ValueLayout.JAVA_BYTE, i) != (byte) (one.number() + 1)) {
                    throw story("byte " + i + " of block " + one.number() + " has changed",
                            "all bytes as their owner wrote them", "That block is alive. Which call"
                                    + " wrote there?");
                }
            }
        }

        /// Writes a block down for the film, by its place in the page.
        private void film(MemorySegment got, long byteSize, long byteAlignment) {
            long place = got == null ? 0 : got.address() - page.address();
            boolean inside = place > 0 && byteSize <= PAGE - place;
            if (byteSize > 0) {
                events.add(new HeapEvent.Alloc(blocks++, new Layout(byteSize, byteAlignment), false,
                        inside ? place : HeapEvent.REFUSED));
            }
        }

        private long end() {
            return block.address() + block.byteSize();
        }

        private String said() {
            return isToldAsJava ? "" : String.join(", then ", calls);
        }

        private Story story(String got, String wanted, String next) {
            return new Story(said(), got, wanted, next).on(new Trace(events));
        }
    }

    private static void swallow(Runnable code) {
        try {
            code.run();
        } catch (Todo gap) {
            throw gap;
        } catch (RuntimeException expected) {
            // A claim about the exception is another test's business.
        }
    }

    private static String call(long byteSize, long byteAlignment) {
        return "alloc(" + spelled(byteSize) + (byteSize == 1 ? " byte" : " bytes") + ", align "
                + spelled(byteAlignment) + ")";
    }

    private static String spelled(long value) {
        if (value == Long.MIN_VALUE) {
            return "-2^63";
        }
        return value < 1L << 40 ? Long.toString(value) : Long.bitCount(value) == 1
                ? "2^" + Long.numberOfTrailingZeros(value)
                : "2^63 - " + (Long.MAX_VALUE - value + 1);
    }

    /// The last digits of an address, counted from its page, which every run has elsewhere.
    private static String told(long address) {
        return address == 0 ? "NULL" : "0x…%02x".formatted(address & PAGE - 1);
    }
}
