package ch02;

import ch02.LayoutMath.Shape;
import heapcraft.exercise.Claim;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LayoutMathTest {

    private static final long LARGEST_ALIGNMENT = 1L << 62;

    @Test
    void takes_powers_of_two_and_nothing_between() {
        powersOfTwo().forEach(power -> alignment(power, true,
                "How many bits of a power of two are set? Does that hold for all of them?"));
        for (long other : new long[] {3, 6, 24, 100, LARGEST_ALIGNMENT + 1, Long.MAX_VALUE}) {
            alignment(other, false, "Write the number in binary. Which numbers have a single 1?");
        }
    }

    @Test
    void zero_is_no_alignment() {
        alignment(0, false, "No address is a multiple of 0. How many bits of 0 are set?");
    }

    @Test
    void takes_no_negative_number() {
        for (long number : new long[] {-1, -8, Long.MIN_VALUE}) {
            alignment(number, false,
                    "Alignments start at 1. What does your bit test say about the sign bit?");
        }
    }

    @Test
    void a_shape_has_a_size_and_an_alignment() {
        shape(24, 8, true, "24 bytes aligned to 8 are an ordinary block. What refuses them?");
        for (long size : new long[] {-1, -8, Long.MIN_VALUE}) {
            shape(size, 1, false, "Sizes start at 0. Where do you refuse smaller ones?");
        }
        for (long alignment : new long[] {0, 3, 24, -8}) {
            shape(24, alignment, false, "Both numbers must be right. Who can tell you whether "
                    + alignment + " is an alignment?");
        }
    }

    @Test
    void draws_the_line_where_the_rounded_size_leaves_a_long() {
        shape(0, LARGEST_ALIGNMENT, true, "Size 0 is a multiple of everything. What refuses it?");
        powersOfTwo().forEach(alignment -> {
            long largest = Long.MAX_VALUE - (alignment - 1);
            shape(largest, alignment, true,
                    "Rounded up, this size is still a long. Is your limit one byte too low?");
            if (alignment > 1) {
                shape(largest + 1, alignment, false,
                        "Rounded up, this size is 2^63. Which of your sums wraps around here?");
            }
        });
    }

    @Test
    void pads_to_the_next_multiple_and_not_beyond() {
        for (long alignment = 1; alignment <= 32; alignment *= 2) {
            for (long position = 0; position <= 2 * alignment; position++) {
                long missing = (alignment - position % alignment) % alignment;
                padding(position, alignment, missing);
            }
        }
        padding(Long.MAX_VALUE, 16, 1);
        padding(1, LARGEST_ALIGNMENT, LARGEST_ALIGNMENT - 1);
    }

    @Test
    void places_the_next_part_at_its_own_alignment() {
        String next = "Draw both parts as rows of bytes. At which offset may the second one begin?";
        String end = "The next part may begin here, and what follows it needs no gap yet. Which"
                + " bytes do you count?";
        whole("extend((1, 1), (4, 4))", () -> extend(1, 1, 4, 4), 8, next);
        whole("extend((4, 4), (1, 1))", () -> extend(4, 4, 1, 1), 5, end);
        whole("extend((9, 1), (16, 8))", () -> extend(9, 1, 16, 8), 32, next);
        whole("extend((24, 8), (2, 2))", () -> extend(24, 8, 2, 2), 26, end);
        whole("extend((5, 4), (0, 8))", () -> extend(5, 4, 0, 8), 8, next);
    }

    @Test
    void aligns_the_whole_like_its_strictest_part() {
        String next = "Where the whole is aligned, every part must be. What follows?";
        strictness("extend((1, 1), (4, 4))", () -> extend(1, 1, 4, 4), 4, next);
        strictness("extend((8, 8), (1, 1))", () -> extend(8, 8, 1, 1), 8, next);
        strictness("extend((5, 2^62), (1, 1))", () -> extend(5, LARGEST_ALIGNMENT, 1, 1),
                LARGEST_ALIGNMENT, next);
        strictness("array((6, 4), 3)", () -> LayoutMath.array(new Shape(6, 4), 3), 4, next);
        strictness("struct((1, 1), (8, 8), (2, 2))", () -> struct(1, 8, 2), 8, next);
    }

    @Test
    void pads_every_element_of_an_array() {
        array(6, 4, 1, 8);
        array(6, 4, 3, 24);
        array(1, 16, 10, 160);
        array(12, 4, 100, 1200);
        array(7, 8, 0, 0);
        array(0, 8, 5, 0);
    }

    @Test
    void pads_the_end_of_a_struct() {
        String next = "In an array the next struct follows at once. Is its field aligned there?";
        whole("struct()", LayoutMath::struct, 0,
                "No fields, no bytes. With which shape do you begin, before the first field?");
        whole("struct((4, 4), (1, 1))", () -> struct(4, 1), 8, next);
        whole("struct((4, 4), (1, 1), (1, 1))", () -> struct(4, 1, 1), 8, next);
        whole("struct((1, 1), (8, 8), (1, 1))", () -> struct(1, 8, 1), 24, next);
        whole("struct((8, 8), (1, 1), (1, 1))", () -> struct(8, 1, 1), 16, next);
    }

    @Test
    void refuses_a_whole_only_when_it_does_not_fit() {
        long most = Long.MAX_VALUE;
        whole("array((1, 1), 2^63 - 1)", () -> LayoutMath.array(new Shape(1, 1), most), most,
                "This is the largest array of bytes there is. What refuses it?");
        whole("array((0, 8), 2^63 - 1)", () -> LayoutMath.array(new Shape(0, 8), most), 0,
                "Elements of 0 bytes need no room, however many. Do you divide by their size?");
        refused("extend((2^63 - 1, 1), (1, 1))", () -> extend(most, 1, 1, 1));
        refused("extend((2^63 - 1, 1), (8, 8))", () -> extend(most, 1, 8, 8));
        refused("array((9, 8), 2^60)", () -> LayoutMath.array(new Shape(9, 8), 1L << 60));
        refused("array((8, 8), 2^60)", () -> LayoutMath.array(new Shape(8, 8), 1L << 60));
        refused("array((24, 8), 3 * 2^60)", () -> LayoutMath.array(new Shape(24, 8), 3L << 60));
        refused("array((1, 1), -1)", () -> LayoutMath.array(new Shape(1, 1), -1));
    }

    private static LongStream powersOfTwo() {
        return LongStream.iterate(1, power -> power > 0, power -> power * 2);
    }

    private static Shape extend(long size, long alignment, long nextSize, long nextAlignment) {
        return LayoutMath.extend(new Shape(size, alignment), new Shape(nextSize, nextAlignment));
    }

    /// A struct of numbers, each aligned to its own size.
    private static Shape struct(long... sizes) {
        return LayoutMath.struct(Arrays.stream(sizes)
                .mapToObj(size -> new Shape(size, size)).toArray(Shape[]::new));
    }

    private static void alignment(long number, boolean wanted, String next) {
        Claim.that("isAlignment(" + number + ")", () -> LayoutMath.isAlignment(number))
                .gives(wanted, next);
    }

    private static void shape(long size, long alignment, boolean wanted, String next) {
        Claim.that("isShape(" + size + ", " + alignment + ")",
                () -> LayoutMath.isShape(size, alignment)).gives(wanted, next);
    }

    private static void padding(long position, long alignment, long wanted) {
        Claim.that("padding(" + position + ", " + alignment + ")",
                () -> LayoutMath.padding(position, alignment)).gives(wanted, wanted == 0
                ? position + " is a multiple of " + alignment + " already. What is missing?"
                : "Count from " + position + " to the next multiple. Where do you stop?");
    }

    private static void whole(String call, Supplier<Shape> code, long wanted, String next) {
        Claim.that(call + ".byteSize()", () -> code.get().byteSize()).gives(wanted, next);
    }

    private static void strictness(String call, Supplier<Shape> code, long wanted, String next) {
        Claim.that(call + ".byteAlignment()", () -> code.get().byteAlignment())
                .gives(wanted, next);
    }

    private static void array(long size, long alignment, long count, long wanted) {
        whole("array((" + size + ", " + alignment + "), " + count + ")",
                () -> LayoutMath.array(new Shape(size, alignment), count), wanted,
                "Each element must be aligned. How far apart do two of them begin?");
    }

    private static void refused(String call, Supplier<Shape> code) {
        Claim.that(call, code)
                .ifItThrows(ArithmeticException.class, "It is noticed at the right place. Which"
                        + " exception does the comment above your method promise?")
                .raises(IllegalArgumentException.class,
                        "Work it out without a limit: it is no size from 0 to 2^63 - 1. What does"
                                + " your long hold instead?");
    }
}
