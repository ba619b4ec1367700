package ch10;

import ch10.LeakHunt.Kind;
import ch10.LeakHunt.Leak;
import ch10.LeakHunt.Misuse;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.WitnessHeap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LeakHuntTest {

    private static final Layout HUNDRED = new Layout(100, 8);
    private static final Layout FIFTY = new Layout(50, 8);
    private static final long TOO_MUCH = 1L << 40;

    private final WitnessHeap below = new WitnessHeap();
    private final LeakHunt hunt = new LeakHunt(below);
    /// Has one place only, so that every block stands at the same address, and grows there.
    private final LeakHunt crowded = new LeakHunt(new OnePlace());

    @Test
    void hands_out_the_block_from_below() {
        Claim.that("alloc(Layout(100, 8), \"parser\"), seen from the heap below", () -> {
            hunt.alloc(HUNDRED, "parser");
            return below.log();
        }).gives("alloc(100, 8) = #1", "The heap below does the work. What do you ask it for?");
        Claim.that("alloc(Layout(1 TiB, 8), \"parser\")",
                () -> hunt.alloc(new Layout(TOO_MUCH, 8), "parser"))
                .gives("MemorySegment.NULL", GlobalAlloc::isNull,
                        "There is no memory. Who hears it from you?");
    }

    @Test
    void remembers_who_asked_for_a_block() {
        Claim.that("leaks() after alloc(100, \"parser\")", () -> {
            hunt.alloc(HUNDRED, "parser");
            return told(hunt);
        }).gives("parser 1 block 100 bytes", "What must you note in alloc, to say that later?");
    }

    @Test
    void forgets_a_block_that_came_back() {
        Claim.that("leaks() after alloc(100, \"parser\"), alloc(50, \"cache\"), the first one back",
                () -> {
                    MemorySegment first = hunt.alloc(HUNDRED, "parser");
                    hunt.alloc(FIFTY, "cache");
                    hunt.dealloc(first, HUNDRED);
                    return told(hunt);
                }).gives("cache 1 block 50 bytes", "The parser gave its block back. Who crosses it"
                + " out?");
        Claim.that("alloc(100, \"parser\"), alloc(50, \"cache\"), the first one back: what is live"
                + " in the heap below", below::live)
                .gives("#2", "The block is to go back to the heap below. Does it?");
    }

    @Test
    void adds_up_what_a_site_left() {
        Claim.that("leaks() after alloc(100, \"parser\") twice and alloc(50, \"parser\")", () -> {
            hunt.alloc(HUNDRED, "parser");
            hunt.alloc(HUNDRED, "parser");
            hunt.alloc(FIFTY, "parser");
            return told(hunt);
        }).gives("parser 3 blocks 250 bytes",
                "One entry for each site. What happens to its numbers when the next block comes?");
    }

    @Test
    void lists_the_most_bytes_first() {
        String calls = "alloc(50, \"a\") twice, alloc(300, \"b\"), alloc(200, \"c\")";
        Claim.that("leaks() after " + calls, () -> {
            hunt.alloc(FIFTY, "a");
            hunt.alloc(FIFTY, "a");
            hunt.alloc(new Layout(300, 8), "b");
            hunt.alloc(new Layout(200, 8), "c");
            return told(hunt);
        }).gives("b 1 block 300 bytes, c 1 block 200 bytes, a 2 blocks 100 bytes",
                "Whoever looks for a leak begins with the bytes. What is your order, and which way"
                        + " round?");
    }

    @Test
    void lists_equal_sites_in_the_order_of_the_alphabet() {
        Claim.that("leaks() after alloc(50) by \"parser\", \"cache\", \"index\", \"draw\"", () -> {
            for (String site : List.of("parser", "cache", "index", "draw")) {
                hunt.alloc(FIFTY, site);
            }
            return hunt.leaks().stream().map(Leak::site).collect(Collectors.joining(", "));
        }).gives("cache, draw, index, parser", "All have 50 bytes. What decides then, so that two"
                + " reports of the same leaks are the same text?");
    }

    @Test
    void remembers_nothing_when_there_is_no_memory() {
        Claim.that("leaks() after alloc(1 TiB, \"parser\")", () -> {
            hunt.alloc(new Layout(TOO_MUCH, 8), "parser");
            return told(hunt);
        }).gives("nothing", "Nobody got a block. Look at the answer of the heap below: what is at"
                + " address 0?");
    }

    @Test
    void a_used_address_is_a_new_block() {
        Claim.that("alloc(100, \"parser\"), back, alloc(50, \"cache\") at the same address: leaks()",
                () -> {
                    crowded.dealloc(crowded.alloc(HUNDRED, "parser"), HUNDRED);
                    crowded.alloc(FIFTY, "cache");
                    return told(crowded);
                }).gives("cache 1 block 50 bytes", "The address is the old one, the block is not."
                + " What do you still know of the parser there?");
        Claim.that("alloc(100, \"parser\"), back, alloc(50, \"cache\") at the same address, back:"
                + " leaks()", () -> {
            crowded.dealloc(OnePlace.MEMORY.asSlice(0, 50), FIFTY);
            return told(crowded);
        }).gives("nothing", "Its address came back before, but this block did not. What do you ask"
                + " first in dealloc?");
    }

    @Test
    void names_a_double_free() {
        Claim.that("alloc(100, \"parser\"), dealloc, dealloc", () -> {
            MemorySegment block = hunt.alloc(HUNDRED, "parser");
            hunt.dealloc(block, HUNDRED);
            return misuse(() -> hunt.dealloc(block, HUNDRED));
        }).gives("DOUBLE_FREE, parser", "The block is not live any more, but it was. What must"
                + " stay known of it, so that you can say whose it was?");
    }

    @Test
    void names_a_foreign_free() {
        Claim.that("dealloc of a block from another heap", () -> {
            MemorySegment block = new WitnessHeap().alloc(HUNDRED);
            return misuse(() -> hunt.dealloc(block, HUNDRED));
        }).gives("FOREIGN_FREE, nobody", "Nobody got that block from here. What do you find at its"
                + " address, and what do you call it?");
        Claim.that("dealloc of the inside of a block, 8 bytes behind its start", () -> {
            MemorySegment block = hunt.alloc(HUNDRED, "parser");
            return misuse(() -> hunt.dealloc(block.asSlice(8), new Layout(92, 8)));
        }).gives("FOREIGN_FREE, nobody", "No block begins there. Which key do you look up?");
    }

    @Test
    void names_a_wrong_layout() {
        String next = "The block is live, but was asked for otherwise. What does your note say of"
                + " its size and its alignment?";
        Claim.that("alloc(100, \"parser\"), dealloc with Layout(50, 8)",
                () -> misuse(() -> hunt.dealloc(hunt.alloc(HUNDRED, "parser"), FIFTY)))
                .gives("WRONG_LAYOUT, parser", next);
        Claim.that("alloc(100, \"cache\"), dealloc with Layout(100, 4)",
                () -> misuse(() -> hunt.dealloc(hunt.alloc(HUNDRED, "cache"), new Layout(100, 4))))
                .gives("WRONG_LAYOUT, cache", next);
    }

    @Test
    void a_wrong_layout_changes_nothing() {
        MemorySegment[] block = {null};
        Claim.that("alloc(100, \"parser\"), dealloc with Layout(50, 8): leaks()", () -> {
            block[0] = hunt.alloc(HUNDRED, "parser");
            misuse(() -> hunt.dealloc(block[0], FIFTY));
            return told(hunt);
        }).gives("parser 1 block 100 bytes", "You refused it, so the block is still live. What did"
                + " you do before you looked at the layout?");
        Claim.that("alloc(100, \"parser\"), dealloc with Layout(50, 8), dealloc with Layout(100,"
                + " 8): leaks()", () -> {
            hunt.dealloc(block[0], HUNDRED);
            return told(hunt);
        }).gives("nothing", "The block was refused once and is right now. What is in your notes?");
    }

    @Test
    void asks_nothing_of_the_heap_below_after_a_mistake() {
        Claim.that("a double free, a foreign one, a wrong layout, seen from the heap below", () -> {
            MemorySegment block = hunt.alloc(HUNDRED, "parser");
            misuse(() -> hunt.dealloc(block, FIFTY));
            misuse(() -> hunt.dealloc(block.asSlice(8), FIFTY));
            hunt.dealloc(block, HUNDRED);
            misuse(() -> hunt.dealloc(block, HUNDRED));
            return below.log();
        }).gives("alloc(100, 8) = #1; dealloc(#1, 100, 8)",
                "The heap below may not survive such a call. What comes first in dealloc, the"
                        + " question or the call?");
    }

    @Test
    void keeps_the_site_of_a_block_that_moves() {
        Claim.that("alloc(100, \"parser\"), realloc to 300 moves it: the sites of leaks()", () -> {
            hunt.realloc(hunt.alloc(HUNDRED, "parser"), HUNDRED, 300);
            return hunt.leaks().stream().map(leak -> leak.blocks() + " by " + leak.site())
                    .collect(Collectors.joining(", "));
        }).gives("1 by parser", "It stands elsewhere. Who asked for it, and what has to be crossed"
                + " out?");
    }

    @Test
    void knows_the_new_layout_of_a_block_that_moved() {
        MemorySegment[] moved = {null};
        Claim.that("alloc(100, \"parser\"), realloc to 300: the bytes of leaks()", () -> {
            moved[0] = hunt.realloc(hunt.alloc(HUNDRED, "parser"), HUNDRED, 300);
            return hunt.leaks().stream().mapToLong(Leak::bytes).max().orElse(0);
        }).gives(300L, "100 bytes were asked for once. How many has the block now?");
        Claim.that("alloc(100, \"parser\"), realloc to 300, dealloc with Layout(300, 8): leaks()",
                () -> {
            hunt.dealloc(moved[0], new Layout(300, 8));
            return told(hunt);
        }).gives("nothing", "Which address and which layout does the moved block have in your"
                + " notes?");
    }

    @Test
    void a_block_that_moved_is_gone_from_its_old_place() {
        Claim.that("alloc(100, \"parser\"), realloc to 300 moves it, dealloc of the old one", () -> {
            MemorySegment old = hunt.alloc(HUNDRED, "parser");
            hunt.realloc(old, HUNDRED, 300);
            return misuse(() -> hunt.dealloc(old, HUNDRED));
        }).gives("DOUBLE_FREE, parser", "realloc has given the old place back already. Does your"
                + " note of what came back know that?");
    }

    @Test
    void keeps_a_block_that_grows_where_it_stands() {
        Claim.that("alloc(100, \"parser\"), realloc to 300 in place: leaks()", () -> {
            crowded.realloc(crowded.alloc(HUNDRED, "parser"), HUNDRED, 300);
            return told(crowded);
        }).gives("parser 1 block 300 bytes", "Old and new address are the same. In which order do"
                + " you write the new note and cross out the old one?");
        Claim.that("alloc(100, \"parser\"), realloc to 300 in place, dealloc with Layout(300, 8):"
                + " leaks()", () -> {
            crowded.dealloc(OnePlace.MEMORY.asSlice(0, 300), new Layout(300, 8));
            return told(crowded);
        }).gives("nothing", "The block is live at that address, and 300 bytes long. Why do you"
                + " refuse it, or keep it?");
    }

    @Test
    void leaves_the_block_alone_when_it_cannot_grow() {
        MemorySegment[] block = {null};
        Claim.that("alloc(100, \"parser\"), realloc to 1 TiB: leaks()", () -> {
            block[0] = hunt.alloc(HUNDRED, "parser");
            hunt.realloc(block[0], HUNDRED, TOO_MUCH);
            return told(hunt);
        }).gives("parser 1 block 100 bytes", "realloc answered NULL. Who owns the old block, and how"
                + " large is it?");
        Claim.that("alloc(100, \"parser\"), realloc to 1 TiB, dealloc with Layout(100, 8): leaks()",
                () -> {
            hunt.dealloc(block[0], HUNDRED);
            return told(hunt);
        }).gives("nothing", "The old block was live all the time. What has realloc changed in your"
                + " notes?");
    }

    @Test
    void watches_what_is_resized() {
        Claim.that("realloc of a block that came back, of a foreign one, and with a wrong layout",
                () -> {
                    MemorySegment gone = hunt.alloc(HUNDRED, "parser");
                    hunt.dealloc(gone, HUNDRED);
                    MemorySegment foreign = new WitnessHeap().alloc(HUNDRED);
                    MemorySegment block = hunt.alloc(HUNDRED, "cache");
                    return misuse(() -> hunt.realloc(gone, HUNDRED, 300)) + "; "
                            + misuse(() -> hunt.realloc(foreign, HUNDRED, 300)) + "; "
                            + misuse(() -> hunt.realloc(block, new Layout(100, 4), 300));
                }).gives("DOUBLE_FREE, parser; FOREIGN_FREE, nobody; WRONG_LAYOUT, cache",
                "realloc takes a block back as well. Which question of dealloc is missing there?");
    }

    @Test
    void agrees_with_a_recount_after_every_call() {
        Sequences.of(LeakHuntTest::random, LeakHuntTest::java).hold(LeakHuntTest::run);
    }

    /// One call; on a block that is not live by then it is left out.
    ///
    /// @param size of the new or resized block, 0 to give it back
    /// @param site who asks, or null if the block is there already
    private record Step(int block, long size, String site) { }

    private static List<Step> random(long seed) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int block = random.nextInt(6);
            steps.add(switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> new Step(block, 1 + random.nextInt(200),
                        List.of("parser", "cache", "index").get(random.nextInt(3)));
                case 4 -> new Step(block, 1 + random.nextInt(400), null);
                case 5 -> new Step(block, TOO_MUCH, null);
                default -> new Step(block, 0, null);
            });
        }
        return sensible(steps);
    }

    /// Steps that make sense after those before them: a block is asked for once until it is back.
    private static List<Step> sensible(List<Step> steps) {
        List<Integer> live = new ArrayList<>();
        return steps.stream().filter(step -> {
            boolean was = live.contains(step.block);
            if (step.site != null && !was) {
                live.add(step.block);
            } else if (step.size == 0 && was) {
                live.remove((Integer) step.block);
            }
            return (step.site != null) != was;
        }).toList();
    }

    private static String java(List<Step> steps) {
        Map<Integer, Long> sizes = new HashMap<>();
        StringBuilder code = new StringBuilder("import heapcraft.alloc.*;\n"
                + "import java.lang.foreign.*;\n"
                + "var memory = Arena.ofAuto().allocate(4096, 16);\n"
                + "var hunt = new LeakHunt(new FreeListAlloc(memory, Fit.FIRST));");
        for (Step step : sensible(steps)) {
            String name = "b" + step.block;
            String old = name + ", new Layout(" + sizes.get(step.block) + ", 8)";
            boolean fits = step.size < TOO_MUCH;
            if (step.site != null) {
                code.append(sizes.containsKey(step.block) ? "\n" : "\nMemorySegment ").append(name)
                        .append(" = hunt.alloc(new Layout(").append(step.size).append(", 8), \"").append(step.site).append("\");");
            } else if (step.size == 0) {
                code.append("\nhunt.dealloc(").append(old).append(");");
            } else {
                code.append('\n').append(fits ? name + " = " : "").append("hunt.realloc(")
                        .append(old).append(", ").append(step.size).append(fits ? ");"
                                : "L);   // NULL");
            }
            if (fits) {
                sizes.put(step.block, step.size);
            }
        }
        return code.toString();
    }

    private static void run(List<Step> steps) {
        var hunt = new LeakHunt(new FreeListAlloc(Arena.ofAuto().allocate(4096, 16), Fit.FIRST));
        Map<Integer, MemorySegment> blocks = new HashMap<>();
        Map<Integer, String> sites = new HashMap<>();
        for (Step step : sensible(steps)) {
            Claim.that("", () -> step(hunt, step, blocks, sites))
                    .returns("Nothing is wrong with the last line. Which of your notes says so, and"
                            + " who wrote it?");
            Claim.that("hunt.leaks()", () -> told(hunt)).gives(recount(blocks, sites),
                    "Play the last line by hand, note by note. Which of them is wrong?");
        }
    }

    private static void step(LeakHunt hunt, Step step, Map<Integer, MemorySegment> blocks,
                             Map<Integer, String> sites) {
        MemorySegment block = blocks.get(step.block);
        if (step.site != null) {
            blocks.put(step.block, hunt.alloc(new Layout(step.size, 8), step.site));
            sites.put(step.block, step.site);
        } else if (step.size == 0) {
            hunt.dealloc(block, new Layout(block.byteSize(), 8));
            blocks.remove(step.block);
        } else {
            MemorySegment resized = hunt.realloc(block, new Layout(block.byteSize(), 8), step.size);
            blocks.put(step.block, GlobalAlloc.isNull(resized) ? block : resized);
        }
    }

    private static String recount(Map<Integer, MemorySegment> blocks, Map<Integer, String> sites) {
        Map<String, long[]> sums = new TreeMap<>();
        blocks.forEach((number, block) -> {
            long[] sum = sums.computeIfAbsent(sites.get(number), site -> new long[2]);
            sum[0]++;
            sum[1] += block.byteSize();
        });
        return told(sums.entrySet().stream()
                .map(sum -> new Leak(sum.getKey(), sum.getValue()[0], sum.getValue()[1]))
                .sorted(Comparator.comparingLong(Leak::bytes).reversed()).toList());
    }

    private static String told(LeakHunt hunt) {
        return told(hunt.leaks());
    }

    private static String told(List<Leak> leaks) {
        return leaks.isEmpty() ? "nothing" : leaks.stream().map(leak -> leak.site() + " "
                + leak.blocks() + (leak.blocks() == 1 ? " block " : " blocks ") + leak.bytes()
                + " bytes").collect(Collectors.joining(", "));
    }

    /// What a call is accused of, or that it is not.
    private static String misuse(Runnable call) {
        try {
            call.run();
            return "no Misuse";
        } catch (Misuse misuse) {
            return misuse.kind() + ", " + misuse.site();
        }
    }

    /// A heap with one block at a time, always at the same address, with room to grow to 1 KiB.
    private static final class OnePlace implements GlobalAlloc {
        static final MemorySegment MEMORY = Arena.ofAuto().allocate(1024, 16);

        @Override public MemorySegment alloc(Layout layout) {
            return MEMORY.asSlice(0, layout.byteSize());
        }

        @Override public void dealloc(MemorySegment block, Layout layout) { }

        @Override public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
            return newSize > 1024 ? MemorySegment.NULL : MEMORY.asSlice(0, newSize);
        }
    }
}
