package ch12;

import heapcraft.alloc.Layout;
import heapcraft.exercise.Brk;
import heapcraft.exercise.Claim;
import heapcraft.exercise.MallocHeap;
import heapcraft.exercise.Score;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.Peaks;
import heapcraft.trace.Replay;
import heapcraft.trace.Script;
import heapcraft.trace.Shrinker;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class MallocLabTest {

    /// What is measured: small and large, short lives and long ones, growing and shifting.
    private static final List<Workload> WORKLOADS = List.of(Workload.SERVER, Workload.MIXED,
            Workload.GROWING, Workload.NEEDLES, Workload.PAIRS, Workload.QUEUE);
    private static final int EVENTS = 3000;
    private static final long SMALL = 16 * 1024; // 16 KiB
    private static final int MOST_NUMBERS = 64;

    private final TestReporter reporter;

    MallocLabTest(TestReporter reporter) {
        this.reporter = reporter;
    }

    /// The next step where a heap has read a wrong number where a header should be.
    private static final String WRONG_NUMBER = "The message names a place or a number. Is it what"
            + " stood in a header or a link, or is too much copied? Who wrote it last?";

    /// The next step where a size is too large for anybody.
    private static final String WRAPS = "With header and rounding, how large is that number as a"
            + " long? Look at it before you add anything, or hand it to grow.";

    /// An address that is printed as those in the messages of the memory are.
    private record Address(long number) {
        @Override
        public String toString() {
            return number == 0 ? "0" : "0x" + Long.toHexString(number);
        }
    }

    private static <T> Claim<T> that(String call, Supplier<T> code) {
        return Claim.that(call, code).ifItThrows(IllegalArgumentException.class, WRONG_NUMBER)
                .ifItThrows(IndexOutOfBoundsException.class, WRONG_NUMBER)
                .ifItThrows(IllegalStateException.class, "A walk stands still at a block of size 0, or"
                        + " a list leads back to itself. Which of them is it, and which call made"
                        + " it?");
    }

    // Stage 1: bump

    @Test
    void hands_out_blocks_that_do_not_overlap() {
        for (long offset : new long[] {8, 16}) {
            replay(offset, SMALL, script -> {
                for (long size : new long[] {1, 24, 100, 8, 3000, 16, 17}) {
                    script.alloc(size, 1);
                }
            }, "Where does the header of the next block stand, and where does this payload end?");
        }
    }

    @Test
    void aligns_every_payload_to_16() {
        for (long offset : new long[] {8, 16, 24, 32}) {
            var memory = new Brk(SMALL, offset);
            var heap = new MallocLab(memory);
            for (long size : new long[] {1, 24, 9, 40, 100}) {
                that("malloc(" + size + "), in a memory that begins at 0x"
                        + Long.toHexString(memory.start()), () -> new Address(heap.malloc(size)))
                        .gives("a multiple of 16 (0x10), not 0",
                                at -> at.number != 0 && at.number % 16 == 0,
                                memory.start() % 16 == 8
                                        ? "Round the payload's address, not the header's, and not a"
                                        + " distance. What is payload % 16 here?"
                                        : "A memory begins at a multiple of 8, and not always at 8"
                                        + " past a multiple of 16. What is missing in front of your"
                                        + " first header here?");
            }
        }
    }

    @Test
    void answers_0_when_there_is_no_memory() {
        var heap = new MallocLab(new Brk(4096));
        for (long size : new long[] {4096, 1L << 40, 1L << 62, Long.MAX_VALUE - 39,
                Long.MAX_VALUE - 7, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            Claim.that("malloc(" + size + ") in a memory of 4096 bytes",
                    () -> new Address(heap.malloc(size))).gives(new Address(0), size == 4096
                            ? "So much is not there. What does grow answer then, and what do you"
                            + " write where?" : size < 0 ? "A negative size is one from 2^63 on,"
                            + " which nobody has. Where do you look at that?" : WRAPS);
        }
        that("malloc(3900) after all these", () -> heap.malloc(3900)).gives("an address",
                at -> at != 0, "A refused call leaves everything as it was. What was taken already"
                        + " when you found that there is too little?");
    }

    // Stage 2: use again

    @Test
    void uses_again_what_was_freed() {
        var full = new Full().filledWith(200);
        long one = full.of(200).get(full.middle(200));
        that(full + ", free one of them, malloc(200)", () -> {
            full.heap.free(one);
            return full.heap.malloc(200);
        }).gives("an address", at -> at != 0,
                "Stage 2: a block of that size is free. Where can malloc see that it is?");
    }

    @Test
    void looks_at_every_free_block() {
        for (boolean first : new boolean[] {true, false}) {
            var full = new Full().with(20, 64).with(1, 500).filledWith(64);
            long large = full.of(500).getFirst();
            List<Long> order = new ArrayList<>(everySecond(full.of(64)));
            order.add(first ? 0 : order.size(), large);
            that(full + ", free every second of the small ones, and "
                    + (first ? "before" : "after") + " them the large one, malloc(500)", () -> {
                order.forEach(full.heap::free);
                return full.heap.malloc(500);
            }).gives("an address", at -> at != 0, "Many free blocks are too small, one is not."
                    + " After which of them does your search give up?");
        }
    }

    @Test
    void frees_nothing_at_address_0() {
        Claim.that("malloc(100), free(0), malloc(100), malloc(100): how many different addresses",
                () -> {
            var heap = new MallocLab(new Brk(SMALL));
            long before = heap.malloc(100);
            heap.free(0);
            return Stream.of(before, heap.malloc(100), heap.malloc(100)).distinct().count();
        }).gives(3L, "C allows free(0), and it does nothing. What stands at 0 minus a header?");
    }

    // Stage 2 goes on: realloc moves, and all is right in any order

    @Test
    void keeps_the_contents_when_it_resizes() {
        String next = "The first bytes stay, as many as the old and the new block both have. Are"
                + " they not copied, or has somebody written a header or a footer over them?";
        for (long size : new long[] {1, 24, 100, 300, 3000}) {
            replay(8, SMALL, script -> {
                long before = script.alloc(100, 1);
                long one = script.alloc(200, 1);
                script.alloc(24, 1);
                script.free(before);
                script.realloc(one, size);
                script.alloc(60, 1);
                script.realloc(one, 2 * size);
            }, next);
        }
        var full = new Full().with(1, 3000).filledWith(100);
        that(full + ", free the large one, realloc(the last small one, 2000)", () -> {
            full.heap.free(full.of(3000).getFirst());
            return full.heap.realloc(full.of(100).getLast(), 2000);
        }).gives("an address", at -> at != 0, "There is a free block that is large enough. What does"
                + " realloc do when a block cannot stay?");
        that("realloc(0, 100)", () -> new MallocLab(new Brk(SMALL)).realloc(0, 100))
                .gives("an address", at -> at != 0, "There is no old block: which call is that?");
    }

    @Test
    void keeps_the_block_when_there_is_no_larger_one() {
        var full = new Full().filledWith(200);
        long one = full.of(200).get(full.middle(200));
        for (long size : new long[] {400, SMALL, 1L << 62, Long.MAX_VALUE - 7}) {
            that(full + ", realloc(one of them, " + size + ")",
                    () -> new Address(full.heap.realloc(one, size))).gives(new Address(0),
                            size <= SMALL ? "There is no such block: nobody else is free. What does"
                                    + " grow answer?" : WRAPS);
        }
        that(full + ", realloc(one of them, 400) = 0, malloc(200)",
                () -> new Address(full.heap.malloc(200))).gives(new Address(0),
                        "The old block still has its owner. Who has freed it?");
        that("and, after free(that one), malloc(200)", () -> {
            full.heap.free(one);
            return full.heap.malloc(200);
        }).gives("an address", at -> at != 0,
                "A refused realloc leaves the block as it was. What stands in its header by then?");
    }

    @Test
    void keeps_the_contract_in_any_order_of_calls() {
        Sequences.of(seed -> aligned(Workload.ANYTHING.trace(seed, 60)), Shrinker::shrink,
                trace -> "import heapcraft.exercise.*;\nvar memory = new Brk(16384);\n"
                        + "var heap = new MallocHeap(memory, new MallocLab(memory));\n"
                        + trace.toJava("heap").stripTrailing())
                .hold(trace -> that("", () -> replay("", trace, new Brk(SMALL), new Peaks(() -> 0)))
                        .returns("Draw the blocks before the last line, header by header. Which one"
                                + " of them does that line read or write?"));
    }

    // Stage 3: split

    @Test
    void splits_a_block_that_is_too_large() {
        var full = new Full().filledWith(1000).filledWith(200);
        long large = full.of(1000).get(full.middle(1000));
        that(full + ", free one of the large ones, three times malloc(200): how many are not 0",
                () -> {
            full.heap.free(large);
            return Stream.generate(() -> full.heap.malloc(200)).limit(3).filter(at -> at != 0)
                    .count();
        }).gives(3L, "Stage 3: the free block has room for more than one. Who owns what is left"
                + " behind the first?");
    }

    // Stage 4: join

    @Test
    void joins_a_free_block_with_its_right_neighbour() {
        var full = new Full().filledWith(200);
        int at = full.middle(200);
        that(full + ", free one, then its left neighbour, malloc(400)", () -> {
            full.heap.free(full.of(200).get(at));
            full.heap.free(full.of(200).get(at - 1));
            return full.heap.malloc(400);
        }).gives("an address", a -> a != 0, "Stage 4: two free blocks stand side by side. Where"
                + " does the header of the right one stand, seen from the left one?");
    }

    @Test
    void joins_a_free_block_with_its_left_neighbour() {
        var full = new Full().filledWith(200);
        int at = full.middle(200);
        that(full + ", free one, then its right neighbour, malloc(400)", () -> {
            full.heap.free(full.of(200).get(at));
            full.heap.free(full.of(200).get(at + 1));
            return full.heap.malloc(400);
        }).gives("an address", a -> a != 0, "Stage 4: what stands right in front of your header, if"
                + " the left neighbour is free? Who has written it?");
    }

    @Test
    void joins_three_in_one() {
        var full = new Full().filledWith(200);
        int at = full.middle(200);
        that(full + ", free the left and the right neighbour of one, then it, malloc(600)",
                () -> {
                    full.heap.free(full.of(200).get(at - 1));
                    full.heap.free(full.of(200).get(at + 1));
                    full.heap.free(full.of(200).get(at));
                    return full.heap.malloc(600);
                }).gives("an address", a -> a != 0, "The middle one joins both. Which of the three"
                + " headers says how large the whole is, and what says the last footer?");
    }

    @Test
    void frees_as_fast_among_a_thousand_blocks() {
        String law = "steps of free(…), with a free left neighbour, among ";
        long few = that(law + "10 blocks", () -> stepsOfFree(10))
                .returns("What does free read in such a small heap that it should not?");
        that(law + "1000 blocks", () -> stepsOfFree(1000)).gives("about as many as among 10 blocks, " + few,
                        many -> many <= 2 * few + 16,
                        "Which blocks do you walk past on the way to the left neighbour? A boundary"
                                + " tag stands where you are already.");
    }

    // Stage 5: resize in place

    @Test
    void shrinks_where_it_stands() {
        var full = new Full().filledWith(1000).filledWith(200);
        stays(full, "realloc(a large one", full.of(1000).get(full.middle(1000)), 300,
                "A smaller block fits where the larger one was.");
        that(full + ", realloc(a large one, 300), malloc(500)", () -> full.heap.malloc(500))
                .gives("an address", at -> at != 0,
                        "What the block does not need any more is a free block. Who made it one?");
    }

    @Test
    void grows_into_a_free_neighbour() {
        var full = new Full().filledWith(200).filledWith(40);
        int at = full.middle(200);
        full.heap.free(full.of(200).get(at + 1));
        stays(full, "free one of 200, realloc(its left neighbour", full.of(200).get(at), 300,
                "Stage 5: the right neighbour is free, and both are large enough together.");
        that(full + ", free one, realloc(its left neighbour, 300), malloc(40)",
                () -> full.heap.malloc(40)).gives("an address", a -> a != 0, "The neighbour had more"
                        + " than was needed. Where is the rest?");
    }

    @Test
    void grows_at_the_end_of_the_memory() {
        that("malloc(100), malloc(100), realloc(the last block, 5000)", () -> {
            var memory = new Brk(SMALL);
            var heap = new MallocLab(memory);
            heap.malloc(100);
            long last = heap.malloc(100);
            long moved = heap.realloc(last, 5000);
            return moved == last ? STAYS.formatted(memory.moved())
                    : moved == 0 ? "0: refused" : "another address";
        }).gives(STAYS.formatted(0), "Behind the last block nobody is in the way. What has to grow,"
                + " and by how much?");
    }

    // All stages

    @Test
    void keeps_its_books_in_the_memory() {
        var memory = new Brk();
        var heap = new MallocLab(memory);
        List<Long> blocks = new ArrayList<>();
        that("500 blocks, of which every second one is freed", () -> {
            for (int i = 0; i < 500; i++) {
                blocks.add(heap.malloc(16 + i % 50));
            }
            everySecond(blocks).forEach(heap::free);
            return blocks.size();
        }).returns("One of the tests above says which law is broken. Which of them fails first?");
        requireSmallFields(heap);
    }

    // Stages 6 and 7: measured

    @Test
    void takes_few_steps() {
        report(Score.less("steps a call", Day.run().steps, 150, STEPS[0], STEPS[1]),
                "Stage 6: who is read that is not free? And who is read that is too small?");
    }

    @Test
    void wastes_little_memory() {
        report(Score.more("utilisation", Day.run().utilisation, WASTEFUL, UTILISATION[0],
                UTILISATION[1]), "Stage 7: what is not payload? Count the bytes of headers and"
                        + " footers, of rounding, of holes that nobody fits into, and of memory taken"
                        + " too early.");
    }

    @Test
    void moves_few_bytes() {
        report(Score.less("bytes moved a realloc", Day.run().moved, 370, MOVED[0], MOVED[1]),
                "Stage 5: which of those blocks could have stayed? Look at its right neighbour, and"
                        + " whether it is the last one.");
    }

    /// Where the first points for utilisation begin. A heap that wastes more has it easy with the
    /// other measures, so they do not count for it.
    private static final double WASTEFUL = 0.4;
    // What the course's own solution reaches, and the best that is known: the best fit of each list,
    // small blocks put aside and joined later, and a plain walk from header to header.
    private static final double[] UTILISATION = {0.748, 0.766};
    private static final double[] STEPS = {10.2, 7.16};
    private static final double[] MOVED = {53.2, 46.9};

    private void report(Score score, String next) {
        if (score.points(100) == 0) {
            throw new Story(Day.NAME, score.toString(),
                    "a little better: the first points begin just there", next);
        }
        score.to(reporter);
    }

    /// What came of all workloads.
    private record Day(double utilisation, double steps, double moved) {
        private static final String NAME = WORKLOADS.stream().map(Workload::name)
                .collect(Collectors.joining(", ")) + ", " + EVENTS + " calls each, on your heap";

        static Day run() {
            double utilisation = 0;
            double steps = 0;
            double moved = 0;
            long calls = 0;
            long reallocs = 0;
            for (Workload workload : WORKLOADS) {
                Trace trace = aligned(workload.trace(42, EVENTS));
                var memory = new Brk(1 << 22);
                var peaks = new Peaks(memory::size);
                String call = workload + ", " + EVENTS + " calls, on your heap";
                that(call, () -> replay(call, trace, memory, peaks)).returns("One of the tests above says"
                                + " which law is broken. Which of them fails first?");
                utilisation += peaks.utilisation() / WORKLOADS.size();
                steps += memory.steps();
                moved += memory.moved();
                calls += trace.size();
                reallocs += trace.events().stream().filter(e -> e instanceof Realloc).count();
            }
            if (utilisation <= WASTEFUL) {
                throw new Story(NAME, "utilisation %.2f".formatted(utilisation),
                        "more than " + WASTEFUL, "A heap that uses little again has little work."
                                + " Stages 2, 3 and 4 come first: which of them is missing?");
            }
            return new Day(utilisation, steps / calls, moved / reallocs);
        }
    }

    /// The same trace with no alignment above 16, and nothing that has to be zeroed.
    private static Trace aligned(Trace trace) {
        return new Trace(trace.events().stream().<HeapEvent>map(event -> event instanceof Alloc a
                ? new Alloc(a.block(), new Layout(a.layout().byteSize(),
                        Math.min(16, a.layout().byteAlignment())))
                : event).toList());
    }

    /// Replays a trace on a heap that keeps no books of its own.
    private static Trace replay(String call, Trace trace, Brk memory, Peaks peaks) {
        var heap = new MallocLab(memory);
        var asked = new MallocHeap(memory, heap);
        List<HeapEvent> happened = new ArrayList<>();
        try {
            Trace all = Replay.on(asked).afterEach(peaks).afterEach(happened::add).run(trace);
            requireSmallFields(heap);
            return all;
        } catch (BrokenContract broken) {
            throw new Story(call, asked.translated(call.isEmpty() ? broken.answer()
                    : broken.getMessage()), "a block of that size, aligned to 16, apart from the"
                            + " others, with the bytes that the test wrote",
                    "Draw the blocks before the last line, header by header. Which one of them does"
                            + " that line read or write?").on(new Trace(happened));
        } catch (IllegalArgumentException | IndexOutOfBoundsException thrown) {
            throw new Story(call, "threw " + thrown, "no exception", WRONG_NUMBER, thrown)
                    .on(new Trace(happened));
        }
    }

    private static void replay(long offset, long limit, Consumer<Script> write, String next) {
        var script = new Script();
        write.accept(script);
        Trace trace = script.trace();
        String call = "in a memory that begins at 0x" + Long.toHexString(new Brk(8, offset).start())
                + ":\n" + trace.toString().lines().skip(1).collect(Collectors.joining("; "));
        that(call, () -> {
            var memory = new Brk(limit, offset);
            var heap = new MallocHeap(memory, new MallocLab(memory));
            try {
                return Replay.on(heap).run(trace).events().stream()
                        .anyMatch(MallocLabTest::isRefused) ? "a refused call" : "all kept";
            } catch (BrokenContract broken) {
                return heap.translated(broken.getMessage());
            }
        }).gives("all kept", next);
    }

    private static boolean isRefused(HeapEvent event) {
        return event instanceof Alloc a && a.address() == HeapEvent.REFUSED
                || event instanceof Realloc r && r.address() == HeapEvent.REFUSED;
    }

    private static long stepsOfFree(int blocks) {
        var memory = new Brk();
        var heap = new MallocLab(memory);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            all.add(heap.malloc(40));
        }
        Collections.sort(all);
        heap.free(all.get(blocks - 3));
        long before = memory.steps();
        heap.free(all.get(blocks - 2));
        return memory.steps() - before;
    }

    private static List<Long> everySecond(List<Long> all) {
        return IntStream.range(0, all.size()).filter(i -> i % 2 == 0).mapToObj(all::get).toList();
    }

    private static final String STAYS = "the same address, %d bytes moved";

    private static void stays(Full full, String call, long one, long size, String next) {
        long before = full.memory.moved();
        that(full + ", " + call + ", " + size + ")", () -> {
            long moved = full.heap.realloc(one, size);
            return moved == one ? STAYS.formatted(full.memory.moved() - before)
                    : moved == 0 ? "0: refused" : "another address";
        }).gives(STAYS.formatted(0), next + " Which header changes, and does anybody have to move?");
    }

    /// A heap's fields hold numbers, and few of them: no books beside the memory.
    private static void requireSmallFields(MallocLab heap) {
        that("numbers in the fields of your heap", () -> new Fields().count(heap)).gives(
                "at most " + MOST_NUMBERS, numbers -> numbers <= MOST_NUMBERS,
                "What is in there that could stand in a header, or inside a free block?");
    }

    /// A small memory that is filled up step by step.
    private static final class Full {
        private final Brk memory = new Brk(SMALL);
        private final MallocLab heap = new MallocLab(memory);
        private final Map<Long, List<Long>> blocks = new HashMap<>();
        private final List<String> steps = new ArrayList<>();

        Full with(int count, long size) {
            steps.add((count == 1 ? "" : count + " times ") + "malloc(" + size + ")");
            for (int i = 0; i < count; i++) {
                if (!add(size)) {
                    throw new Story(this.toString(), "0", "an address",
                            "16 KiB hold far more than that. What makes grow answer 0 that early?");
                }
            }
            return this;
        }

        Full filledWith(long size) {
            steps.add("malloc(" + size + ") until it is 0");
            while (add(size)) {
                if (of(size).size() > SMALL / size) {
                    throw new Story(this + ", for the " + of(size).size() + "th time",
                            "0x" + Long.toHexString(of(size).getLast()), "0 at last",
                            "They cannot all have room in 16 KiB. Whose bytes are these?");
                }
            }
            return this;
        }

        private boolean add(long size) {
            long address = that(this + "; now malloc(" + size + ")", () -> heap.malloc(size))
                    .returns("Nothing was freed yet. What does malloc trust that it should not?");
            return address != 0 && of(size).add(address);
        }

        /// The blocks of a size in the order of their addresses.
        List<Long> of(long size) {
            List<Long> all = blocks.computeIfAbsent(size, none -> new ArrayList<>());
            Collections.sort(all);
            return all;
        }

        /// One of the blocks of a size that has neighbours of its own size.
        int middle(long size) {
            if (of(size).size() < 3) {
                throw new Story(this.toString(), of(size).size() + " blocks", "more than 2",
                        "16 KiB hold far more of them. What makes grow answer 0 that early?");
            }
            return of(size).size() / 2;
        }

        @Override
        public String toString() {
            return "in a memory of 16 KiB, " + String.join(", ", steps);
        }
    }

    /// What can be reached from a heap, other than its memory.
    private static final class Fields {
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        long count(Object root) {
            return of(root) + classes().stream().mapToLong(type -> of(type, null)).sum();
        }

        /// All that was compiled from the heap's file, or at least may have been.
        private static List<Class<?>> classes() {
            Class<?> heap = MallocLab.class;
            try (Stream<Path> files = Files.list(Path.of(heap.getProtectionDomain().getCodeSource()
                    .getLocation().toURI()).resolve("ch12"))) {
                List<Class<?>> classes = new ArrayList<>();
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (name.matches("(?!BugHunt|\\w+Test\\b).*\\.class")) {
                        classes.add(Class.forName("ch12." + name.replace(".class", ""), true,
                                heap.getClassLoader()));
                    }
                }
                return classes;
            } catch (IOException | URISyntaxException | ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        private long of(Object object) {
            if (object == null || object instanceof Brk || !seen.add(object)) {
                return 0;
            }
            Class<?> type = object.getClass();
            if (type.isArray()) {
                long numbers = Array.getLength(object);
                if (object instanceof Object[] all) {
                    numbers += Stream.of(all).mapToLong(this::of).sum();
                }
                return numbers;
            }
            if (!type.getName().startsWith("ch12.")) {
                throw new Story("the fields of your heap", "an object of " + type.getName(),
                        "numbers, and arrays of numbers", "What it keeps could stand in the memory,"
                                + " in a header or inside a free block. Where?");
            }
            return of(type, object);
        }

        /// The fields of an object, or of a class if there is none.
        private long of(Class<?> type, Object object) {
            long numbers = 0;
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) == (object == null)
                        && !field.isSynthetic()) {
                    numbers += field.getType().isPrimitive()
                            ? Modifier.isFinal(field.getModifiers()) ? 0 : 1
                            : of(read(field, object));
                }
            }
            return numbers;
        }

        private static Object read(Field field, Object object) {
            try {
                field.setAccessible(true);
                return field.get(object);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
