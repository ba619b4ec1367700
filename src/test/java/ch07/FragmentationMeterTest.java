package ch07;

import static ch07.FragmentationMeter.Stretch.free;
import static ch07.FragmentationMeter.Stretch.live;

import ch07.FragmentationMeter.Stretch;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FragmentationMeterTest {

    /// 10 + 8 bytes live of which 9 + 5 were asked for, and holes of 6 and of 3 + 4: 31 in all.
    private static final List<Stretch> HEAP =
            List.of(free(6), live(9, 10), free(3), free(4), live(5, 8));
    private static final String NOTHING_TO_SHARE = "0 of 0 bytes: there is nothing to share out."
            + " Which answer does the comment above the class want then?";

    @Test
    void joins_free_stretches_side_by_side() {
        holes(List.of(7L), "No live block lies between the 3 and the 4. What keeps a request for 7"
                + " from lying across both?", live(4, 4), free(3), free(4), live(4, 4));
        holes(List.of(10L), "Three of them are one hole just as two are. When is a hole over?",
                free(2), free(3), free(5), live(4, 4));
    }

    @Test
    void keeps_holes_apart_where_a_live_block_divides_them() {
        holes(List.of(6L, 7L), "A live block is in the way. What becomes of the hole that you have"
                + " been adding up?", free(6), live(9, 10), free(3), free(4), live(5, 8));
        holes(List.of(1L, 1L, 1L), "Every other stretch is live. How many holes do you see in a"
                + " drawing?", free(1), live(1, 1), free(1), live(1, 1), free(1), live(1, 1));
    }

    @Test
    void sees_the_hole_at_the_very_end() {
        String next = "The heap ends, and so does the hole. Which line of yours hears of it?";
        holes(List.of(5L), next, live(4, 4), free(5));
        holes(List.of(2L, 9L), next, free(2), live(4, 4), free(4), free(5));
    }

    @Test
    void counts_the_bytes_that_are_free() {
        Claim.that(spelled(HEAP) + ".free()", () -> new FragmentationMeter(HEAP).free())
                .gives(13L, "6, 3 and 4 are free. A rounded-up block's last bytes are not: whom do"
                        + " they belong to?");
    }

    @Test
    void knows_the_largest_hole_wherever_it_is() {
        largest(9, free(9), live(1, 1), free(2));
        largest(9, free(2), live(1, 1), free(9), live(1, 1), free(3));
        largest(9, free(4), live(1, 1), free(4), free(5));
    }

    @Test
    void external_is_what_lies_outside_the_largest_hole() {
        share("external()", FragmentationMeter::external, 6, 13,
                "The largest hole has 7 of the 13 free bytes. What is the rest a share of?");
        share("external()", FragmentationMeter::external, 0, "All that is free is in one piece."
                + " How much of it lies outside?", List.of(live(1, 8), free(92)));
        share("external()", FragmentationMeter::external, 0.75, "Four holes of the same size. Which"
                + " part of the free bytes can a single request not have?", List.of(free(5),
                live(5, 5), free(5), live(5, 5), free(5), live(5, 5), free(5)));
    }

    @Test
    void internal_is_a_share_of_the_live_bytes() {
        share("internal()", FragmentationMeter::internal, 4, 18, "Of 18 bytes in live blocks, 14"
                + " were asked for. What are the other 4 a share of?");
        share("internal()", FragmentationMeter::internal, 0, "Every live block is as large as was"
                + " asked for. What is lost inside of it?", List.of(live(8, 8), free(92)));
    }

    @Test
    void utilisation_is_a_share_of_the_whole_heap() {
        share("utilisation()", FragmentationMeter::utilisation, 14, 31,
                "The program asked for 9 and 5 bytes; the heap has 31. What do you divide?");
    }

    @Test
    void a_full_heap_is_not_in_pieces() {
        List<Stretch> full = List.of(live(3, 4), live(4, 4));
        Claim.that(spelled(full) + ".holes()",
                () -> new FragmentationMeter(full).holes().toString())
                .gives("[]", "Nothing is free. What did you take for a hole?");
        Claim.that(spelled(full) + ".largestHole()",
                () -> new FragmentationMeter(full).largestHole())
                .gives(0L, "There is no hole. What does the comment above largestHole() want"
                        + " then?");
        share("external()", FragmentationMeter::external, 0, NOTHING_TO_SHARE, full);
    }

    @Test
    void where_there_is_nothing_nothing_is_lost() {
        share("internal()", FragmentationMeter::internal, 0, NOTHING_TO_SHARE, List.of(free(5)));
        share("utilisation()", FragmentationMeter::utilisation, 0, NOTHING_TO_SHARE, List.of());
    }

    @Test
    void serves_what_fits_exactly() {
        serves(true, 1, "A single byte fits into any hole. What do you compare it with?");
        serves(true, 7, "The largest hole has 7 bytes, and 7 are asked for. Which comparison"
                + " turns them away?");
    }

    @Test
    void refuses_what_no_hole_has_in_a_row() {
        serves(false, 8, "13 bytes are free, in pieces of 6 and 7. Where would 8 in a row lie?");
        serves(false, Long.MAX_VALUE, "Nothing has room for that. Do you add anything to it?");
    }

    @Test
    void tells_a_heap_in_pieces_from_a_full_one() {
        fails(false, 7, "It is served, so nothing fails. Which question comes first?");
        fails(true, 8, "13 bytes are free, and 8 cannot be had. What is that called?");
        fails(true, 13, "13 bytes are free, and 13 cannot be had. Is 13 as many as 13?");
        fails(false, 14, "It fails, but only 13 bytes are free: the heap is simply too small. Which"
                + " comparison tells the two apart?");
    }

    @Test
    void counts_further_than_an_int() {
        long large = 1L << 61;
        List<Stretch> heap = List.of(free(large), live(large / 4, large / 2), free(large));
        Claim.that(spelled(heap) + ".free()", () -> new FragmentationMeter(heap).free())
                .gives(2 * large, "A sum that large needs a long. Which variable of yours is an"
                        + " int?");
        String next = "Which variable of yours is an int, or which product does not fit into a"
                + " long?";
        share("external()", FragmentationMeter::external, 0.5, next, heap);
        share("internal()", FragmentationMeter::internal, 0.5, next, heap);
        share("utilisation()", FragmentationMeter::utilisation, 0.1, next, heap);
    }

    @Test
    void gives_the_same_answers_when_asked_again() {
        var meter = new FragmentationMeter(HEAP);
        Claim.that(spelled(HEAP) + ", everything asked twice", () -> {
            String first = answers(meter);
            String second = answers(meter);
            return second.equals(first) ? "the same" : "first " + first + ", then " + second;
        }).gives("the same", "Nothing has happened to the heap between the two. What have you kept"
                + " from the first time?");
    }

    @Test
    void agrees_with_a_count_byte_by_byte() {
        Sequences.of(FragmentationMeterTest::random,
                FragmentationMeterTest::java).hold(heap -> {
            var meter = new FragmentationMeter(heap);
            String bytes = painted(heap);
            long free = count(bytes, '.');
            long asked = count(bytes, 'a');
            long live = bytes.length() - free;
            List<Long> holes = runs(bytes);
            long largest = holes.stream().mapToLong(hole -> hole).max().orElse(0);
            String drawn = "Byte by byte it is " + (bytes.isEmpty() ? "nothing" : bytes)
                    + " (a: asked for, +: taken besides, .: free). ";
            holes("meter.holes();", () -> meter, holes, drawn + "Which dots stand side by side?");
            Claim.that("meter.free();", meter::free).gives(free, drawn + "Count the dots.");
            Claim.that("meter.largestHole();", meter::largestHole)
                    .gives(largest, drawn + "Count the dots in the longest row.");
            near("meter.external();", meter::external, quotient(free - largest, free),
                    drawn + "Which dots are outside the longest row, and what is 0 of 0?");
            near("meter.internal();", meter::internal, quotient(live - asked, live),
                    drawn + "How many + are there for each letter or +?");
            near("meter.utilisation();", meter::utilisation, quotient(asked, bytes.length()),
                    drawn + "How many a are there, of all?");
            for (long size : new long[] {largest, largest + 1, free, free + 1}) {
                if (size > 0) {
                    Claim.that("meter.canServe(" + size + ");", () -> meter.canServe(size))
                            .gives(size <= largest, drawn + "Is there a row of " + size + " dots?");
                    Claim.that("meter.failsThoughFree(" + size + ");",
                            () -> meter.failsThoughFree(size))
                            .gives(size > largest && size <= free, drawn + "Are there " + size
                                    + " dots, and are they in a row?");
                }
            }
        });
    }

    private static List<Stretch> random(long seed) {
        Random random = new Random(seed);
        List<Stretch> heap = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            int taken = 1 + random.nextInt(8);
            heap.add(random.nextBoolean() ? free(taken) : live(1 + random.nextInt(taken), taken));
        }
        return heap;
    }

    private static String java(List<Stretch> heap) {
        return heap.stream().map(stretch -> "FragmentationMeter.Stretch." + spelled(stretch))
                .collect(Collectors.joining(",\n        ",
                        "var meter = new FragmentationMeter(List.of(", "));"));
    }

    /// Every byte of a heap as a character.
    private static String painted(List<Stretch> heap) {
        return heap.stream().map(stretch -> stretch.isLive()
                ? "a".repeat((int) stretch.asked())
                        + "+".repeat((int) (stretch.taken() - stretch.asked()))
                : ".".repeat((int) stretch.taken())).collect(Collectors.joining());
    }

    private static long count(String bytes, char wanted) {
        return bytes.chars().filter(one -> one == wanted).count();
    }

    /// The lengths of the rows of dots.
    private static List<Long> runs(String bytes) {
        return Stream.of(bytes.split("[^.]+")).map(String::length).filter(length -> length > 0)
                .map(Integer::longValue).toList();
    }

    private static double quotient(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static void holes(List<Long> wanted, String next, Stretch... heap) {
        holes(spelled(List.of(heap)) + ".holes()", () -> new FragmentationMeter(List.of(heap)),
                wanted, next);
    }

    private static void holes(String call, Supplier<FragmentationMeter> meter, List<Long> wanted,
                              String next) {
        Claim.that(call, () -> {
            List<Long> got = meter.get().holes();
            if (!got.equals(wanted)) {
                throw new Story(call, got.toString(), wanted.toString(),
                        nextFor(got, wanted).orElse(next));
            }
            return got;
        }).gives(wanted, next);
    }

    /// What a wrong list gives away about the mistake, if it does.
    private static Optional<String> nextFor(List<Long> got, List<Long> wanted) {
        if (got.contains(0L)) {
            return Optional.of("A hole has at least one byte. When do you list one that has none?");
        }
        if (sum(got) > sum(wanted)) {
            return Optional.of("Your holes have " + sum(got) + " bytes, and only " + sum(wanted)
                    + " are free. Which bytes do you count twice?");
        }
        return sorted(got).equals(sorted(wanted)) ? Optional.of("The holes are right, their order"
                + " is not. Which order does the comment above holes() want?") : Optional.empty();
    }

    private static long sum(List<Long> holes) {
        return holes.stream().mapToLong(hole -> hole).sum();
    }

    private static List<Long> sorted(List<Long> holes) {
        return holes.stream().sorted().toList();
    }

    private static void largest(long wanted, Stretch... heap) {
        Claim.that(spelled(List.of(heap)) + ".largestHole()",
                () -> new FragmentationMeter(List.of(heap)).largestHole())
                .gives(wanted, "The largest hole may be the first, the last or one between. Which"
                        + " one did you take?");
    }

    private static void serves(boolean wanted, long size, String next) {
        Claim.that(spelled(HEAP) + ".canServe(" + size + ")",
                () -> new FragmentationMeter(HEAP).canServe(size)).gives(wanted, next);
    }

    private static void fails(boolean wanted, long size, String next) {
        Claim.that(spelled(HEAP) + ".failsThoughFree(" + size + ")",
                () -> new FragmentationMeter(HEAP).failsThoughFree(size)).gives(wanted, next);
    }

    /// A share of which neither nothing nor all is wanted: then 0.0 or 1.0 comes of whole numbers.
    private static void share(String call, Function<FragmentationMeter, Double> measure, long part,
                              long whole, String next) {
        near(spelled(HEAP) + "." + call, () -> measure.apply(new FragmentationMeter(HEAP)),
                (double) part / whole, got -> got == 0 || got == 1
                        ? "What does Java make of " + part + " / " + whole
                                + ", if both are a long? Try it in a cell."
                        : next);
    }

    private static void share(String call, Function<FragmentationMeter, Double> measure,
                              double wanted, String next, List<Stretch> heap) {
        near(spelled(heap) + "." + call, () -> measure.apply(new FragmentationMeter(heap)), wanted,
                next);
    }

    /// Two ways to compute a share may differ in its last digits.
    private static void near(String call, Supplier<Double> code, double wanted, String next) {
        near(call, code, wanted, got -> next);
    }

    private static void near(String call, Supplier<Double> code, double wanted,
                             Function<Double, String> next) {
        String exactly = String.format(Locale.ROOT, "%.4f", wanted);
        Claim.that(call, () -> {
            double got = code.get();
            if (!(Math.abs(got - wanted) < 1e-9)) {
                throw new Story(call, Double.toString(got), exactly, next.apply(got));
            }
            return exactly;
        }).gives(exactly, next.apply(Double.NaN));
    }

    private static String answers(FragmentationMeter meter) {
        return String.format(Locale.ROOT, "%s %d %d %.4f %.4f %.4f", meter.holes(), meter.free(),
                meter.largestHole(), meter.external(), meter.internal(), meter.utilisation());
    }

    private static String spelled(List<Stretch> heap) {
        return heap.stream().map(FragmentationMeterTest::spelled).collect(Collectors.joining(", ",
                "new FragmentationMeter(List.of(", "))"));
    }

    private static String spelled(Stretch stretch) {
        return stretch.isLive() ? "live(" + stretch.asked() + ", " + stretch.taken() + ")"
                : "free(" + stretch.taken() + ")";
    }
}
