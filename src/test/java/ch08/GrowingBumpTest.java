package ch08;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.WitnessHeap;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.Shrinker;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GrowingBumpTest {

    private static final long NO_LIMIT = Long.MAX_VALUE;
    /// Stands for a reset among the layouts to ask for.
    private static final Layout RESET = new Layout(0, 1);

    private final WitnessHeap below = new WitnessHeap();
    private final GrowingBump arena = new GrowingBump(below, NO_LIMIT);

    @Test
    void begins_with_a_chunk_of_512_bytes() {
        nextChunk(new Layout(512, 16), new Layout(8, 8),
                "There is no chunk yet that could be doubled. With which constant do you begin?");
        nextChunk(new Layout(512, 16), new Layout(512, 16), "512 bytes fit into 512. Why more?");
    }

    @Test
    void a_chunk_has_room_for_the_block() {
        String next = "Two sizes are in question, and the larger one wins as it is. Which two, and"
                + " is this one of them?";
        nextChunk(new Layout(513, 16), new Layout(513, 1), next);
        nextChunk(new Layout(3000, 16), new Layout(3000, 8), next);
    }

    @Test
    void a_chunk_is_aligned_as_strictly_as_the_block() {
        String next = "If the chunk begins 16 bytes too early, skipping costs room that nobody has"
                + " counted. How must the chunk itself be aligned?";
        nextChunk(new Layout(512, 64), new Layout(8, 64), next);
        nextChunk(new Layout(3000, 4096), new Layout(3000, 4096), next);
    }

    @Test
    void fills_a_chunk_before_it_takes_another() {
        Claim.that("a new arena, seen from the heap below; then after alloc(Layout(300, 1)),"
                + " alloc(Layout(212, 1))", () -> {
            String before = below.log();
            arena.alloc(new Layout(300, 1));
            arena.alloc(new Layout(212, 1));
            return before + " | " + below.log();
        }).gives("nothing | alloc(512, 16) = #1", "300 and 212 bytes are 512. When is a chunk full,"
                + " and when do you ask for the first one?");
        Claim.that("alloc(Layout(300, 1)), alloc(Layout(212, 1)): where both lie", () -> {
            var heap = new WitnessHeap();
            var fresh = new GrowingBump(heap, NO_LIMIT);
            return place(heap, fresh.alloc(new Layout(300, 1))) + ", "
                    + place(heap, fresh.alloc(new Layout(212, 1)));
        }).gives("#1 + 0, #1 + 300", "One behind the other. Which field says where the next begins?");
    }

    @Test
    void takes_the_next_chunk_twice_as_large() {
        Claim.that("alloc of 500, 100 and 1000 bytes, seen from the heap below", () -> {
            take(arena, 500, 100, 1000);
            return below.log();
        }).gives("alloc(512, 16) = #1; alloc(1024, 16) = #2; alloc(2048, 16) = #3",
                "Each chunk has twice the bytes of the one before. Which one do you double?");
        Claim.that("alloc of 3000 bytes and of 1, seen from the heap below", () -> {
            var heap = new WitnessHeap();
            take(new GrowingBump(heap, NO_LIMIT), 3000, 1);
            return heap.log();
        }).gives("alloc(3000, 16) = #1; alloc(6000, 16) = #2",
                "The last chunk has 3000 bytes. What is twice that?");
        Claim.that("alloc of 500 bytes and of 100: where the second lies", () -> {
            var heap = new WitnessHeap();
            var fresh = new GrowingBump(heap, NO_LIMIT);
            take(fresh, 500);
            return place(heap, fresh.alloc(new Layout(100, 1)));
        }).gives("#2 + 0", "Nothing of the new chunk is taken yet. Who says so to your counter?");
    }

    @Test
    void rounds_the_address_not_the_offset() {
        Claim.that("alloc(Layout(16, 16)), alloc(Layout(8, 64)): the second's address", () -> {
            take(arena, 16);
            return past64(arena.alloc(new Layout(8, 64)));
        }).gives("a multiple of 64", "The chunk itself is aligned to 16 and to no more. What do you"
                + " round?");
        Claim.that("alloc(Layout(16, 16)), alloc(Layout(8, 64)): where the second lies", () -> {
            var heap = new WitnessHeap();
            var fresh = new GrowingBump(heap, NO_LIMIT);
            take(fresh, 16);
            return place(heap, fresh.alloc(new Layout(8, 64)));
        }).gives("#1 + 48", "The chunk begins 16 bytes behind a multiple of 64. Which offset is the"
                + " next multiple?");
    }

    @Test
    void answers_null_if_there_is_no_memory() {
        for (Layout large : List.of(new Layout(100_000, 8), new Layout(Long.MAX_VALUE, 1),
                new Layout(Long.MAX_VALUE - 15, 16), new Layout(8, 1L << 62))) {
            boolean hasChunk = large.byteSize() <= Layout.maxSize(16);
            answersNull("alloc(Layout(100, 1)), alloc(" + spelled(large) + ")", () -> {
                var fresh = new GrowingBump(new WitnessHeap(), NO_LIMIT);
                take(fresh, 100);
                return fresh.alloc(large);
            }, hasChunk ? "The heap below says NULL. Who looks at that, and what does your caller get?"
                    : "There is no such Layout aligned to 16, and nextChunk throws, as it should."
                    + " Which of your methods must not let that out?");
        }
    }

    @Test
    void a_failed_call_changes_nothing() {
        Claim.that("alloc of 400 bytes, of 100000 (which fails), of 100: where the last lies", () -> {
            take(arena, 400, 100_000);
            return place(below, arena.alloc(new Layout(100, 1)));
        }).gives("#1 + 400", "There were 112 bytes left in the chunk, and there still are. What did"
                + " the call in between do to your list or your counter?");
        Claim.that("alloc of 400 bytes, of 100000 (which fails), of 100: chunkBytes()",
                arena::chunkBytes).gives(512L,
                "The parent gave nothing. What do you count, and when?");
    }

    @Test
    void takes_a_smaller_chunk_if_there_is_no_larger() {
        var poor = new WitnessHeap(2);
        Claim.that("alloc of 500 bytes, alloc(Layout(100, 64)); the heap below has nothing for the"
                + " second call it gets", () -> {
            var fresh = new GrowingBump(poor, NO_LIMIT);
            take(fresh, 500);
            fresh.alloc(new Layout(100, 64));
            return poor.log();
        }).gives("alloc(512, 16) = #1; alloc(1024, 64) = NULL; alloc(100, 64) = #2", "Twice the last"
                + " chunk was too much. How much does the caller need, and how is it aligned?");
        Claim.that("alloc of 500 bytes, alloc(Layout(100, 1)); the heap below has nothing for the"
                + " second call it gets", () -> {
            var heap = new WitnessHeap(2);
            take(new GrowingBump(heap, NO_LIMIT), 500, 100);
            return heap.log();
        }).gives("alloc(512, 16) = #1; alloc(1024, 16) = NULL; alloc(100, 16) = #2", "Chunks are"
                + " aligned to 16 at least, the small ones too. With which layout do you ask?");
    }

    @Test
    void keeps_to_its_limit() {
        var limited = new GrowingBump(below, 2000);
        Claim.that("limit 2000: alloc of 500, 1000, 465 and 464 bytes, seen from below", () -> {
            take(limited, 500, 1000, 465, 464);
            return below.log();
        }).gives("alloc(512, 16) = #1; alloc(1024, 16) = #2; alloc(464, 16) = #3",
                "512 and 1024 are 1536: 464 may come and not a byte more. What do you compare with"
                        + " the limit?");
        Claim.that("limit 2000: alloc of 500, 1000, 465 and 464 bytes: chunkBytes()",
                limited::chunkBytes).gives(2000L,
                "The chunks have 512, 1024 and 464 bytes. What was taken from the parent counts, not"
                        + " what was handed out: which of the two do you add up?");
    }

    @Test
    void a_low_limit_serves_what_fits() {
        String next = "A first chunk of 512 is not allowed, one of 150 is. What do you try when the"
                + " larger one is refused?";
        for (long limit : new long[] {150, 200}) {
            var heap = new WitnessHeap();
            Claim.that("limit " + limit + ": alloc of 150 and of 51 bytes, seen from below", () -> {
                take(new GrowingBump(heap, limit), 150, 51);
                return heap.log();
            }).gives("alloc(150, 16) = #1", next);
        }
    }

    @Test
    void reset_keeps_the_largest_chunk() {
        take(arena, 500, 1000, 2000);
        Claim.that("alloc of 500, 1000 and 2000 bytes, reset(): alive below", () -> {
            arena.reset();
            return below.live();
        }).gives("#3", "The next round will need as much as this one. Which chunk saves most calls?");
    }

    @Test
    void reset_keeps_the_largest_and_not_the_last() {
        var heap = new WitnessHeap();
        var limited = new GrowingBump(heap, 1700);
        Claim.that("limit 1700: alloc of 500, 1000 and 100 bytes, reset(): alive below", () -> {
            take(limited, 500, 1000, 100);
            limited.reset();
            return heap.live();
        }).gives("#2", "Here the chunks have 512, 1024 and 100 bytes. Which is the largest?");
        Claim.that("limit 1700: alloc of 500, 1000 and 100 bytes, reset(): chunkBytes()",
                limited::chunkBytes).gives(1024L,
                "Two chunks are gone. Do you still count them?");
    }

    @Test
    void reset_gives_each_chunk_back_as_it_came() {
        Claim.that("alloc(Layout(500, 64)), alloc(Layout(3000, 8)), alloc(Layout(4000, 128)),"
                + " reset(): mistakes seen from below", () -> {
            arena.alloc(new Layout(500, 64));
            arena.alloc(new Layout(3000, 8));
            arena.alloc(new Layout(4000, 128));
            arena.reset();
            return mistakes(below);
        }).gives("none", "The heap below wants each chunk back with the layout it was asked for."
                + " Where do you remember that?");
    }

    @Test
    void begins_the_kept_chunk_anew() {
        take(arena, 500, 1000);
        Claim.that("alloc of 500 and 1000 bytes, reset(), alloc of 1000, 24 and 1: where they lie",
                () -> {
                    arena.reset();
                    return place(below, arena.alloc(new Layout(1000, 1))) + ", "
                            + place(below, arena.alloc(new Layout(24, 1))) + ", "
                            + place(below, arena.alloc(new Layout(1, 1)));
                }).gives("#2 + 0, #2 + 1000, #3 + 0", "Chunk #2 was kept and is empty: all of its 1024"
                        + " bytes. What do you still believe to be taken?");
    }

    @Test
    void close_gives_everything_back() {
        take(arena, 500, 1000);
        Claim.that("alloc of 500 and 1000 bytes, close(), close(): alive below, mistakes", () -> {
            arena.close();
            arena.close();
            return below.live() + ", " + mistakes(below);
        }).gives("no block, none", "Each chunk goes back once. Which are left, and who forgets what"
                + " was given back?");
    }

    @Test
    void is_closed_for_good() {
        take(arena, 500);
        Claim.that("alloc of 500 bytes, close(), alloc(Layout(8, 8))", () -> {
            arena.close();
            return place(below, arena.alloc(new Layout(8, 8)));
        }).raises(IllegalStateException.class, "Nobody closes an arena twice, and so a chunk that it"
                + " takes now never goes back. What does a closed arena say?");
    }

    @Test
    void agrees_with_a_plain_model_in_any_order() {
        Sequences.of(GrowingBumpTest::random, Plan::shrunk, Plan::java).hold(plan -> {
            var tried = new Tried(plan.limit());
            try {
                plan.sizes().forEach(tried::step);
            } catch (Story story) {
                throw story.on(tried.heap.trace());
            }
        });
    }

    /// Layouts to ask for, one after the other, and [#RESET] in between.
    private record Plan(long limit, List<Layout> sizes) {

        static Plan shrunk(Plan failing, Predicate<Plan> fails) {
            return new Plan(failing.limit, Shrinker.shrink(failing.sizes,
                    sizes -> fails.test(new Plan(failing.limit, sizes))));
        }

        String java() {
            var code = new StringBuilder("import heapcraft.exercise.WitnessHeap;\n"
                    + "var arena = new GrowingBump(new WitnessHeap(), "
                    + (limit == NO_LIMIT ? "Long.MAX_VALUE" : limit) + ");   // 64 KiB below");
            sizes.forEach(layout -> code.append(layout.equals(RESET) ? "\narena.reset();"
                    : "\narena.alloc(new " + spelled(layout) + ");"));
            return code.toString();
        }
    }

    private static Plan random(long seed) {
        Random random = new Random(seed);
        long[] limits = {NO_LIMIT, NO_LIMIT, 6000, 3000, 400};
        long[] sizes = {1, 24, 100, 300, 700, 1500, 5000};
        long[] alignments = {1, 1, 8, 16, 64, 256};
        return new Plan(limits[random.nextInt(5)], random.ints(20, 0, 8).mapToObj(kind -> kind == 7
                ? RESET : new Layout(sizes[kind], alignments[random.nextInt(6)])).toList());
    }

    /// An arena on a heap, and the model of it on another one just like it.
    private static final class Tried {
        private record Chunk(int number, MemorySegment memory) { }

        private final WitnessHeap heap = new WitnessHeap();
        private final GrowingBump arena;
        private final WitnessHeap twin = new WitnessHeap();
        private final long limit;
        /// The model's chunks, and where the last one is free.
        private final List<Chunk> chunks = new ArrayList<>();
        private long used;
        private int numbers;

        Tried(long limit) {
            this.limit = limit;
            arena = new GrowingBump(heap, limit);
        }

        void step(Layout layout) {
            if (layout.equals(RESET)) {
                reset();
            } else {
                alloc(layout);
            }
            Claim.that("the heap below: alive, mistakes", () -> heap.live() + ", "
                    + mistakes(heap)).gives(live() + ", none", "Look at the last line. Which chunks do"
                            + " you take, keep and give back?");
            Claim.that("arena.chunkBytes()", arena::chunkBytes).gives(bytes(),
                    "Look at the last line. Which chunks are there now, and how large are they?");
        }

        private void alloc(Layout layout) {
            String wanted = modelled(layout);
            String[] got = {""};
            Claim.that("", () -> {
                MemorySegment block = arena.alloc(layout);
                got[0] = place(heap, block) + (GlobalAlloc.isNull(block) ? ""
                        : ", " + counted(block.byteSize()));
            }).returns("Look at the last line. Which chunk do you look at there, and does it have"
                    + " room for that?");
            if (!got[0].equals(wanted)) {
                throw new Story("", got[0], wanted, "Look at the last line, and at what is taken by"
                        + " then. Where is the first free byte that is aligned?");
            }
        }

        private String modelled(Layout layout) {
            String place = inLast(layout);
            if (place.equals("NULL")) {
                long alignment = Math.max(16, layout.byteAlignment());
                long doubled = chunks.isEmpty() ? 512 : 2 * chunks.getLast().memory().byteSize();
                long large = Math.max(doubled, layout.byteSize());
                if (added(large, alignment) || added(layout.byteSize(), alignment)) {
                    used = 0;
                    return inLast(layout);
                }
            }
            return place;
        }

        private String inLast(Layout layout) {
            if (chunks.isEmpty()) {
                return "NULL";
            }
            MemorySegment chunk = chunks.getLast().memory();
            long offset = used;
            while ((chunk.address() + offset) % layout.byteAlignment() != 0) {
                offset++;
            }
            if (offset + layout.byteSize() > chunk.byteSize()) {
                return "NULL";
            }
            used = offset + layout.byteSize();
            return "#" + chunks.getLast().number() + " + " + offset + ", "
                    + counted(layout.byteSize());
        }

        private boolean added(long byteSize, long byteAlignment) {
            if (bytes() + byteSize > limit && limit != NO_LIMIT) {
                return false;
            }
            MemorySegment memory = twin.alloc(new Layout(byteSize, byteAlignment));
            return !GlobalAlloc.isNull(memory) && chunks.add(new Chunk(++numbers, memory));
        }

        private void reset() {
            Claim.that("", arena::reset).returns("Look at the last line. Which chunks are there by"
                    + " then?");
            // Of two equally large ones, either may stay.
            long largest = chunks.stream().mapToLong(chunk -> chunk.memory().byteSize()).max()
                    .orElse(0);
            chunks.removeIf(chunk -> chunk.memory().byteSize() < largest);
            if (chunks.size() > 1 && chunks.stream().anyMatch(this::isOnlyOneAlive)) {
                chunks.removeIf(chunk -> !isOnlyOneAlive(chunk));
            } else if (chunks.size() > 1) {
                chunks.subList(1, chunks.size()).clear();
            }
            used = 0;
        }

        private boolean isOnlyOneAlive(Chunk chunk) {
            return heap.live().equals("#" + chunk.number());
        }

        private String live() {
            return chunks.isEmpty() ? "no block" : String.join(", ",
                    chunks.stream().map(chunk -> "#" + chunk.number()).toList());
        }

        private long bytes() {
            return chunks.stream().mapToLong(chunk -> chunk.memory().byteSize()).sum();
        }
    }

    private void nextChunk(Layout chunk, Layout wanted, String next) {
        Claim.that("nextChunk(" + spelled(wanted) + ") of a new arena",
                () -> arena.nextChunk(wanted)).gives(chunk, GrowingBumpTest::spelled, next);
    }

    private static void answersNull(String call, Supplier<MemorySegment> code, String next) {
        Claim.that(call, code).gives("MemorySegment.NULL",
                block -> block != null && GlobalAlloc.isNull(block), next);
    }

    private static void take(GrowingBump arena, long... sizes) {
        for (long size : sizes) {
            arena.alloc(new Layout(size, 1));
        }
    }

    /// A block's chunk, by its number in the log of the heap below, and its offset there.
    private static String place(WitnessHeap heap, MemorySegment block) {
        if (GlobalAlloc.isNull(block)) {
            return "NULL";
        }
        for (HeapEvent event : heap.trace().events()) {
            if (event instanceof HeapEvent.Alloc(long number, Layout layout, boolean _, long address)
                    && address <= block.address()
                    && block.address() + block.byteSize() <= address + layout.byteSize()) {
                return "#" + number + " + " + (block.address() - address);
            }
        }
        return "memory outside of all chunks";
    }

    private static String mistakes(WitnessHeap heap) {
        return heap.mistakes().isEmpty() ? "none" : heap.mistakes();
    }

    private static String counted(long bytes) {
        return bytes == 1 ? "1 byte" : bytes + " bytes";
    }

    private static String past64(MemorySegment block) {
        long past = block.address() % 64;
        return past == 0 ? "a multiple of 64" : past + " past a multiple of 64";
    }

    private static String spelled(Layout layout) {
        long size = layout.byteSize();
        return "Layout(" + (size < 1L << 40 ? Long.toString(size) : "2^63 - "
                + (Long.MAX_VALUE - size + 1)) + ", " + (layout.byteAlignment() < 1L << 40
                ? Long.toString(layout.byteAlignment())
                : "2^" + Long.numberOfTrailingZeros(layout.byteAlignment())) + ")";
    }
}
