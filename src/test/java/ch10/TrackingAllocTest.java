package ch10;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.WitnessHeap;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.LiveBlocks;
import heapcraft.trace.Replay;
import heapcraft.trace.Shrinker;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class TrackingAllocTest {

    private static final Layout HUNDRED = new Layout(100, 8);
    private static final Layout FIFTY = new Layout(50, 8);
    private static final Layout LARGER = new Layout(120, 8);
    private static final long TOO_MUCH = 1L << 40;
    /// The next step for a loop without end.
    private static final String STALE = "A number seen once is soon out of date. Where do you look"
            + " at the cell: before the loop, or in it?";

    private final TrackingAlloc heap = new TrackingAlloc(new WitnessHeap());

    @Test
    void adds_and_answers_the_sum() {
        added(100, 50, 150);
        added(100, -100, 0);
        added(0, 1L << 62, 1L << 62);
        Claim.that("add(a cell with 100, 50); right after it another thread adds 1000",
                () -> TrackingAlloc.add(new Overtaken(), 50))
                .gives(150L, "The peak wants to know how high the number was after this addition."
                        + " Does one more look at the cell tell you that?");
    }

    /// A cell with 100, to which another thread adds 1000 as soon as somebody has written.
    private static final class Overtaken implements TrackingAlloc.Cell {
        private long number = 100;

        @Override public long get() {
            return number;
        }

        @Override public void set(long next) {
            number = next + 1000;
        }

        @Override public boolean compareAndSet(long seen, long next) {
            boolean same = number == seen;
            number = same ? next + 1000 : number;
            return same;
        }
    }

    private static void added(long before, long amount, long wanted) {
        TrackingAlloc.Cell cell = TrackingAlloc.Cell.create();
        cell.set(before);
        String call = "add(a cell with " + before + ", " + amount + ")";
        Claim.that(call, () -> TrackingAlloc.add(cell, amount))
                .gives(wanted, "The peak wants to know how high the number is now. Which one do you"
                        + " answer, before or after?");
        Claim.that(call + ", the cell afterwards", cell::get)
                .gives(wanted, "What stands in the cell now, and which of your lines wrote it?");
    }

    @Test
    void raises_a_peak_and_never_lowers_it() {
        raised(100, 150, 150);
        raised(150, 100, 150);
        raised(100, 100, 100);
        raised(0, 1L << 62, 1L << 62);
    }

    private static void raised(long before, long value, long wanted) {
        Claim.that("raise(a cell with " + before + ", " + value + "), the cell afterwards", () -> {
            TrackingAlloc.Cell cell = TrackingAlloc.Cell.create();
            cell.set(before);
            TrackingAlloc.raise(cell, value);
            return cell.get();
        }).gives(wanted, "Which of the two numbers is the larger one?");
    }

    @Test
    void raises_a_peak_that_another_thread_raises_less() {
        raisedBetween(150, 200, "When compareAndSet answers false, nothing was written. What do you"
                + " do then?");
    }

    @Test
    void leaves_alone_what_another_thread_raises_more() {
        raisedBetween(300, 300, "Between your look and your write somebody else has written. What"
                + " stands there now, and may you still write over it?");
    }

    private static void raisedBetween(long other, long wanted, String next) {
        Claim.that("raise(a cell with 100, 200) while another thread raises it to " + other
                + ", the cell afterwards", () -> {
                    var cell = new Contested(100, number -> Math.max(number, other));
                    TrackingAlloc.raise(cell, 200);
                    return cell.number;
                })
                .ifItThrows(IllegalStateException.class, STALE).gives(wanted, next);
    }

    /// A cell that another thread changes right after the first look at it.
    private static final class Contested implements TrackingAlloc.Cell {
        private long number;
        private final LongUnaryOperator other;
        private int calls;

        Contested(long number, LongUnaryOperator other) {
            this.number = number;
            this.other = other;
        }

        @Override public long get() {
            long seen = number;
            meanwhile();
            return seen;
        }

        @Override public void set(long next) {
            meanwhile();
            number = next;
        }

        @Override public boolean compareAndSet(long seen, long next) {
            meanwhile();
            boolean same = number == seen;
            number = same ? next : number;
            return same;
        }

        private void meanwhile() {
            if (calls == 0) {
                number = other.applyAsLong(number);
            }
            if (++calls > 1000) {
                throw new IllegalStateException("1000 calls, and still no end");
            }
        }
    }

    @Test
    void counts_the_bytes_that_are_live() {
        Claim.that("liveBytes() after alloc(100), allocZeroed(50)", () -> {
            heap.allocZeroed(FIFTY);
            heap.alloc(HUNDRED);
            return heap.liveBytes();
        }).gives(150L, "Which size does the layout name, and who adds it up?");
        Claim.that("liveBytes() after alloc(100), allocZeroed(50), and one more alloc(100)"
                + " that came back", () -> {
            heap.dealloc(heap.alloc(HUNDRED), HUNDRED);
            return heap.liveBytes();
        }).gives(150L, "What goes up by 100 has to come down by as much. Where does it?");
    }

    @Test
    void counts_the_blocks_that_are_live() {
        Claim.that("liveBlocks() after alloc(100), allocZeroed(50)", () -> {
            heap.alloc(HUNDRED);
            heap.allocZeroed(FIFTY);
            return heap.liveBlocks();
        }).gives(2L, "Both are blocks. In which of your methods are they counted, and how often?");
        Claim.that("liveBlocks() after alloc(100), allocZeroed(50), and one more alloc(100)"
                + " that came back", () -> {
            heap.dealloc(heap.alloc(HUNDRED), HUNDRED);
            return heap.liveBlocks();
        }).gives(2L, "A block that comes back is not live any more. Who says so to the count?");
    }

    @Test
    void counts_every_allocation_once() {
        Claim.that("allocations() after alloc(100), allocZeroed(50)", () -> {
            heap.alloc(HUNDRED);
            heap.allocZeroed(FIFTY);
            return heap.allocations();
        }).gives(2L, "Follow allocZeroed: which methods does it go through, and which of them"
                + " count?");
        Claim.that("allocations() after alloc(100), allocZeroed(50), and one more alloc(100) that"
                + " came back", () -> {
            heap.dealloc(heap.alloc(HUNDRED), HUNDRED);
            return heap.allocations();
        }).gives(3L, "It says how many there ever were. What can take one of them away again?");
    }

    @Test
    void remembers_the_most_that_was_live() {
        Claim.that("peakBytes() after alloc(100), alloc(50), both back, alloc(100)", () -> {
            MemorySegment first = heap.alloc(HUNDRED);
            MemorySegment second = heap.alloc(FIFTY);
            heap.dealloc(first, HUNDRED);
            heap.dealloc(second, FIFTY);
            heap.alloc(HUNDRED);
            return heap.peakBytes();
        }).gives(150L, "Write down the live bytes after each call. Which number is the largest?");
    }

    @Test
    void a_peak_grows_with_a_block() {
        Claim.that("peakBytes() after alloc(100) and realloc to 300", () -> {
            heap.realloc(heap.alloc(HUNDRED), HUNDRED, 300);
            return heap.peakBytes();
        }).gives(300L, "A block that grew from 100 to 300 bytes is still one block. How many bytes"
                + " are live, and who tells the peak?");
    }

    @Test
    void begins_a_new_peak_at_what_is_live() {
        Claim.that("peakBytes() after alloc(100), alloc(50), 100 back, resetPeak()", () -> {
            MemorySegment first = heap.alloc(HUNDRED);
            heap.alloc(FIFTY);
            heap.dealloc(first, HUNDRED);
            heap.resetPeak();
            return heap.peakBytes();
        }).gives(50L, "50 bytes are live at that moment. Can the most that was live be anything"
                + " else?");
    }

    @Test
    void ends_no_block_with_a_new_peak() {
        Claim.that("alloc(100), resetPeak(), then the counters", () -> {
            heap.alloc(HUNDRED);
            heap.resetPeak();
            return withoutPeak(heap);
        }).gives("live 100 bytes in 1 block, 1 allocation",
                "The peak begins anew. Does a block die by that?");
    }

    @Test
    void counts_nothing_without_memory() {
        String next = "There was no block. Ask the heap below first, look at its answer, and"
                + " which lines may run then?";
        Claim.that("alloc(1 TiB), then the counters", () -> {
            heap.alloc(new Layout(TOO_MUCH, 8));
            return withoutPeak(heap);
        }).gives("live 0 bytes in 0 blocks, 0 allocations", next);
        Claim.that("allocZeroed(1 TiB), then the counters", () -> {
            heap.allocZeroed(new Layout(TOO_MUCH, 8));
            return withoutPeak(heap);
        }).gives("live 0 bytes in 0 blocks, 0 allocations", next);
    }

    @Test
    void reaches_no_peak_without_memory() {
        Claim.that("alloc(100), alloc(1 TiB), allocZeroed(1 TiB): peakBytes()", () -> {
            heap.alloc(HUNDRED);
            heap.alloc(new Layout(TOO_MUCH, 8));
            heap.allocZeroed(new Layout(TOO_MUCH, 8));
            return heap.peakBytes();
        }).gives(100L, "More than 100 bytes were never live. What do you know when you raise the"
                + " peak: that somebody asks, or that somebody got?");
    }

    @Test
    void counts_what_a_block_grew_or_shrank_by() {
        Layout larger = new Layout(300, 8);
        Claim.that("liveBytes() after alloc(100) and realloc to 300", () -> {
            heap.realloc(heap.alloc(HUNDRED), HUNDRED, 300);
            return heap.liveBytes();
        }).gives(300L, "100 of the 300 bytes are counted already. What is new?");
        Claim.that("liveBytes() after alloc(100) and realloc to 300, then another alloc(300) and"
                + " realloc of that to 50", () -> {
            heap.realloc(heap.alloc(larger), larger, 50);
            return heap.liveBytes();
        }).gives(350L, "300 bytes were live before. How many has the second block now?");
    }

    @Test
    void a_resized_block_is_no_new_block() {
        Claim.that("alloc(100), realloc to 300: blocks and allocations", () -> {
            heap.realloc(heap.alloc(HUNDRED), HUNDRED, 300);
            return "blocks: " + heap.liveBlocks() + ", allocations: " + heap.allocations();
        }).gives("blocks: 1, allocations: 1", "Wherever its bytes are now, it is the block of the same"
                + " owner. Which of your methods has counted it again?");
    }

    @Test
    void counts_nothing_where_a_block_cannot_grow() {
        Claim.that("alloc(100), realloc to 1 TiB, then the counters", () -> {
            heap.realloc(heap.alloc(HUNDRED), HUNDRED, TOO_MUCH);
            return counted(heap);
        }).gives("live 100 bytes in 1 block, peak 100, 1 allocation",
                "realloc answered NULL. Who owns the old block now, and how large is it?");
        Claim.that("alloc(100), realloc to 50, which the heap below refuses, then the counters", () -> {
            var above = new TrackingAlloc(new Stubborn());
            above.realloc(above.alloc(HUNDRED), HUNDRED, 50);
            return counted(above);
        }).gives("live 100 bytes in 1 block, peak 100, 1 allocation",
                "realloc answered NULL, so the block is as it was. What have you counted out"
                        + " before, and who counts it in again?");
    }

    /// A heap that resizes nothing.
    private static final class Stubborn extends Roomy {
        @Override public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
            return MemorySegment.NULL;
        }
    }

    @Test
    void lets_the_heap_below_resize() {
        var roomy = new Roomy();
        var above = new TrackingAlloc(roomy);
        Claim.that("alloc(100), realloc to 300, seen from the heap below", () -> {
            above.realloc(above.alloc(HUNDRED), HUNDRED, 300);
            return roomy.asked();
        }).gives("alloc, realloc", "The heap below has a realloc of its own, and could do it without"
                + " moving a byte. Which of its methods do you call?");
    }

    @Test
    void lets_the_heap_below_zero() {
        var roomy = new Roomy();
        Claim.that("allocZeroed(100), seen from the heap below", () -> {
            new TrackingAlloc(roomy).allocZeroed(HUNDRED);
            return roomy.asked();
        }).gives("allocZeroed", "A heap may have zeroed memory for nothing. Which of its methods do"
                + " you call?");
    }

    /// A heap whose blocks have room to grow in place, and that notes how it was asked.
    private static class Roomy implements GlobalAlloc {
        private static final long ROOM = 1024;
        private final Arena arena = Arena.ofAuto();
        private final List<String> asked = new ArrayList<>();
        private MemorySegment last = MemorySegment.NULL;

        String asked() {
            return String.join(", ", asked);
        }

        @Override public MemorySegment alloc(Layout layout) {
            asked.add("alloc");
            last = arena.allocate(ROOM, ROOM);
            return last.asSlice(0, layout.byteSize());
        }

        @Override public MemorySegment allocZeroed(Layout layout) {
            MemorySegment block = alloc(layout);
            asked.set(asked.size() - 1, "allocZeroed");
            return block;
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            asked.add("dealloc");
        }

        @Override public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
            asked.add("realloc");
            return newSize > ROOM ? MemorySegment.NULL : last.asSlice(0, newSize);
        }
    }

    @Test
    void counts_out_before_the_memory_is_somebody_elses() {
        Claim.that("alloc(100), dealloc; another thread gets the same 100 bytes before dealloc"
                + " returns: peakBytes()", () -> {
                    var below = new Handover(HUNDRED);
                    MemorySegment block = below.heap.alloc(HUNDRED);
                    below.heap.dealloc(block, HUNDRED);
                    return below.heap.peakBytes();
                }).gives(100L, "The moment the heap below has the block, another thread may get it."
                + " Are its 100 bytes still in your count by then?");
        Claim.that("alloc(100), realloc to 50; another thread gets the other 50 bytes before realloc"
                + " returns: peakBytes()", () -> {
                    var below = new Handover(FIFTY);
                    below.heap.realloc(below.heap.alloc(HUNDRED), HUNDRED, 50);
                    return below.heap.peakBytes();
                }).gives(100L, "The moment the heap below has shortened the block, another thread"
                + " may get the rest. When do you count out those 50 bytes, before or after?");
    }

    /// A heap that serves another thread as soon as it has memory back. Where only one thread is let
    /// in at a time, that thread has to wait; so nobody waits for it then.
    private static final class Handover extends Roomy {
        private static final int PATIENCE = 20;
        final TrackingAlloc heap = new TrackingAlloc(this);
        private final Layout others;

        Handover(Layout others) {
            this.others = others;
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            super.dealloc(block, layout);
            serve();
        }

        @Override public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
            MemorySegment resized = super.realloc(block, layout, newSize);
            serve();
            return resized;
        }

        private void serve() {
            Thread other = Thread.ofPlatform().daemon().start(() -> heap.alloc(others));
            try {
                for (int waits = 0; other.isAlive() && waits < PATIENCE; ) {
                    other.join(5);
                    waits = other.getState() == Thread.State.RUNNABLE ? 0 : waits + 1;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void loses_no_count_between_threads() {
        var cell = new Contested(100, number -> number + 1000);
        String call = "add(a cell with 100, 50) while another thread adds 1000";
        Claim.that(call, () -> TrackingAlloc.add(cell, 50))
                .ifItThrows(IllegalStateException.class, STALE)
                .gives(1150L, "Between your look and your write somebody else has written. Who tells"
                        + " you, and what do you do then?");
        Claim.that(call + ", the cell afterwards", () -> cell.number)
                .gives(1150L, "Both additions count. Which write puts one of them out?");
        Claim.that("alloc(100), realloc to 120, dealloc in one thread, then the counters, but for the"
                + " peak", () -> {
                    var alone = new TrackingAlloc(new Anywhere());
                    comeAndGo(alone);
                    return withoutPeak(alone);
                }).gives("live 0 bytes in 0 blocks, 1 allocation",
                "This goes wrong without any other thread. Which of the three calls counts wrong?");
        Claim.that("8 threads, each 50,000 times alloc(100), realloc to 120, dealloc; and at last"
                + " one alloc(100) each. Then the counters, but for the peak", () -> {
                    var shared = new TrackingAlloc(new Anywhere());
                    inThreads(8, () -> {
                        for (int i = 0; i < 50_000; i++) {
                            comeAndGo(shared);
                        }
                        shared.alloc(HUNDRED);
                    });
                    return withoutPeak(shared);
                }).gives("live 800 bytes in 8 blocks, 400008 allocations",
                "Alone it counts right, among others it does not. Which of your lines reads a"
                        + " number and writes it without add?");
    }

    private static void comeAndGo(GlobalAlloc heap) {
        heap.dealloc(heap.realloc(heap.alloc(HUNDRED), HUNDRED, 120), LARGER);
    }

    private static void inThreads(int count, Runnable work) {
        var go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    go.await();
                    work.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        go.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A heap for many threads: all blocks are the same memory, and nobody looks into it. It does
    /// next to nothing, so that threads meet in what is built on top of it.
    private static final class Anywhere implements GlobalAlloc {
        private final MemorySegment larger = Arena.ofAuto().allocate(120, 16);
        private final MemorySegment hundred = larger.asSlice(0, 100);

        @Override public MemorySegment alloc(Layout layout) {
            return hundred;
        }

        @Override public void dealloc(MemorySegment block, Layout layout) { }

        @Override public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
            return larger;
        }
    }

    @Test
    void agrees_with_a_recount_after_every_call() {
        Sequences.of(TrackingAllocTest::random, Shrinker::shrink,
                trace -> "import heapcraft.exercise.WitnessHeap;\n"
                        + "var heap = new TrackingAlloc(new WitnessHeap());   // 64 KiB\n"
                        + trace.toJava("heap").stripTrailing())
                .hold(trace -> Claim.that("", () -> run(trace)).returns("Look at the last line:"
                        + " which of your methods is it, and what does the heap below answer?"));
    }

    /// Anything, and now and then more than there is.
    private static Trace random(long seed) {
        Random random = new Random(seed);
        return new Trace(Workload.ANYTHING.trace(seed, 24).events().stream()
                .<HeapEvent>map(event -> event instanceof Realloc(long block, long _, long _)
                        && random.nextInt(4) == 0 ? new Realloc(block, TOO_MUCH) : event)
                .toList());
    }

    private static void run(Trace trace) {
        var heap = new TrackingAlloc(new WitnessHeap());
        var live = new LiveBlocks();
        long[] count = {0, 0};
        try {
            Replay.on(heap).afterEach(event -> {
                live.apply(event);
                count[0] = Math.max(count[0], live.bytes());
                count[1] += event instanceof Alloc alloc && alloc.address() != HeapEvent.REFUSED
                        ? 1 : 0;
                String wanted = counters(live.bytes(), live.layouts().size(), count[0], count[1]);
                Claim.that("// the counters", () -> counted(heap)).gives(wanted, "Do the last line"
                        + " by hand. Which of the four numbers must it change, and by how much?");
            }).run(trace);
        } catch (BrokenContract broken) {
            throw new Story("", WitnessHeap.explained(broken.answer()), "the very block that the"
                    + " heap below has handed out",
                    "A counting heap hands on what it gets. What happens to the block on its way"
                            + " through yours?");
        }
    }

    private static String counted(TrackingAlloc heap) {
        return counters(heap.liveBytes(), heap.liveBlocks(), heap.peakBytes(), heap.allocations());
    }

    private static String withoutPeak(TrackingAlloc heap) {
        return counted(heap).replaceFirst("peak \\d+, ", "");
    }

    private static String counters(long bytes, long blocks, long peak, long allocations) {
        return "live " + bytes + " bytes in " + blocks + (blocks == 1 ? " block" : " blocks")
                + ", peak " + peak + ", " + allocations
                + (allocations == 1 ? " allocation" : " allocations");
    }
}
