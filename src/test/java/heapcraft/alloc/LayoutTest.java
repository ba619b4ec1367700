package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `Layout` against the same rules in `BigInteger`s, where nothing can overflow.
class LayoutTest {

    private static final long MAX = Long.MAX_VALUE;
    private static final BigInteger LIMIT = BigInteger.valueOf(MAX);

    private static final long[] ALIGNMENTS = LongStream.range(0, 63).map(i -> 1L << i).toArray();

    /// Sizes around every power of two, around multiples of it, and around both ends.
    private static final long[] EDGES = around(ALIGNMENTS);

    private static final List<Layout> LAYOUTS = LongStream
            .of(around(1, 8, 4096, 1L << 32, 1L << 62)).boxed()
            .flatMap(size -> LongStream.of(1, 2, 8, 64, 4096, 1L << 61, 1L << 62)
                    .filter(alignment -> size <= Layout.maxSize(alignment))
                    .mapToObj(alignment -> new Layout(size, alignment)))
            .toList();

    private static long[] around(long... powers) {
        return LongStream.concat(
                LongStream.of(0, 3, 5, 6, 7, 12, 100, 1000, MAX, MAX - 1, MAX - 7, MAX - 4095),
                LongStream.of(powers)
                        .flatMap(p -> LongStream.of(p - 1, p, p + 1, p + p / 2, MAX - p + 1)))
                .filter(size -> size >= 0).distinct().toArray();
    }

    @Test
    void accepts_exactly_the_sizes_that_fit_when_rounded_up() {
        for (long size : EDGES) {
            for (long alignment : ALIGNMENTS) {
                boolean fits = roundedUp(big(size), alignment).compareTo(LIMIT) <= 0;
                assertEquals(fits, built(() -> new Layout(size, alignment)).isPresent(),
                        size + " bytes aligned to " + alignment);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 6, 24, -1, -8, Long.MIN_VALUE, MAX})
    void refuses_an_alignment_that_is_no_power_of_two(long alignment) {
        for (Supplier<Object> use : List.<Supplier<Object>>of(
                () -> new Layout(8, alignment),
                () -> Layout.maxSize(alignment),
                () -> new Layout(8, 8).alignTo(alignment),
                () -> new Layout(8, 8).paddingNeededFor(alignment))) {
            var refusal = assertThrows(IllegalArgumentException.class, use::get);
            assertTrue(refusal.getMessage().contains(alignment + " is not a power of two"),
                    refusal.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -16, Long.MIN_VALUE})
    void refuses_a_negative_size_and_names_the_range(long size) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> new Layout(size, 4));
        assertTrue(refusal.getMessage().contains(size + " is outside 0.." + (MAX - 3)),
                refusal.getMessage());
    }

    @Test
    void padding_reaches_the_next_multiple_and_no_further() {
        for (Layout layout : LAYOUTS) {
            for (long alignment : ALIGNMENTS) {
                BigInteger rounded = roundedUp(big(layout.byteSize()), alignment);
                assertEquals(rounded.subtract(big(layout.byteSize())),
                        big(layout.paddingNeededFor(alignment)), layout + " to " + alignment);
            }
        }
    }

    @Test
    void pad_to_align_rounds_the_size_and_keeps_the_alignment() {
        for (Layout layout : LAYOUTS) {
            assertEquals(oracle(roundedUp(big(layout.byteSize()), layout.byteAlignment()),
                    layout.byteAlignment()), Optional.of(layout.padToAlign()), layout.toString());
        }
    }

    @Test
    void align_to_takes_the_larger_alignment_and_keeps_the_size() {
        for (Layout layout : LAYOUTS) {
            for (long alignment : ALIGNMENTS) {
                long larger = Math.max(alignment, layout.byteAlignment());
                assertEquals(oracle(big(layout.byteSize()), larger),
                        built(() -> layout.alignTo(alignment)), layout + " to " + alignment);
            }
        }
    }

    @Test
    void extend_pads_before_the_next_and_not_behind_it() {
        for (Layout first : LAYOUTS) {
            for (Layout next : LAYOUTS) {
                BigInteger offset = roundedUp(big(first.byteSize()), next.byteAlignment());
                Optional<Layout> whole = oracle(offset.add(big(next.byteSize())),
                        Math.max(first.byteAlignment(), next.byteAlignment()));
                assertEquals(whole.map(layout -> new Layout.Extended(layout, offset.longValue())),
                        built(() -> first.extend(next)), first + " then " + next);
            }
        }
    }

    @Test
    void extend_packed_adds_the_sizes_and_keeps_the_first_alignment() {
        for (Layout first : LAYOUTS) {
            for (Layout next : LAYOUTS) {
                assertEquals(oracle(big(first.byteSize()).add(big(next.byteSize())),
                        first.byteAlignment()), built(() -> first.extendPacked(next)),
                        first + " then " + next);
            }
        }
    }

    @Test
    void an_array_pads_every_element() {
        for (Layout element : LAYOUTS) {
            for (long length : EDGES) {
                assertEquals(oracle(stride(element).multiply(big(length)), element.byteAlignment()),
                        built(() -> Layout.array(element, length)), length + " of " + element);
            }
        }
    }

    @Test
    void repeat_pads_every_element_but_the_last() {
        for (Layout element : LAYOUTS) {
            for (long count : EDGES) {
                BigInteger size = count == 0 ? BigInteger.ZERO
                        : stride(element).multiply(big(count - 1)).add(big(element.byteSize()));
                assertEquals(oracle(size, element.byteAlignment()).map(whole ->
                                new Layout.Repeated(whole, stride(element).longValueExact())),
                        built(() -> element.repeat(count)), count + " times " + element);
            }
        }
    }

    @Test
    void repeat_packed_pads_nothing() {
        for (Layout element : LAYOUTS) {
            for (long count : EDGES) {
                assertEquals(oracle(big(element.byteSize()).multiply(big(count)),
                        element.byteAlignment()), built(() -> element.repeatPacked(count)),
                        count + " times " + element);
            }
        }
    }

    /// The figures of Rust's own documentation.
    @Test
    void repeats_six_bytes_aligned_to_four_as_rust_does() {
        Layout six = new Layout(6, 4);
        assertEquals(new Layout.Repeated(new Layout(22, 4), 8), six.repeat(3));
        assertEquals(new Layout.Repeated(new Layout(0, 4), 8), six.repeat(0));
        assertEquals(new Layout(24, 4), Layout.array(six, 3));
        assertEquals(new Layout(18, 4), six.repeatPacked(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void refuses_a_negative_count(long count) {
        for (Layout element : List.of(new Layout(0, 1), new Layout(6, 4))) {
            assertThrows(IllegalArgumentException.class, () -> Layout.array(element, count));
            assertThrows(IllegalArgumentException.class, () -> element.repeat(count));
            assertThrows(IllegalArgumentException.class, () -> element.repeatPacked(count));
        }
    }

    @Test
    void elements_without_size_fill_no_array() {
        assertEquals(new Layout(0, 8), Layout.array(new Layout(0, 8), MAX));
    }

    @Test
    void an_overflow_names_the_largest_count() {
        var refusal = assertThrows(IllegalArgumentException.class,
                () -> Layout.array(new Layout(8, 8), MAX));
        assertTrue(refusal.getMessage().contains("the largest count is " + MAX / 8),
                refusal.getMessage());
    }

    @Test
    void layouts_with_another_alignment_are_not_equal() {
        assertNotEquals(new Layout(8, 8), new Layout(8, 4));
        assertNotEquals(new Layout(8, 8).hashCode(), new Layout(8, 4).hashCode());
    }

    @Test
    void goes_to_a_memory_layout_and_back() {
        for (Layout layout : List.of(new Layout(0, 1), new Layout(12, 4), new Layout(5, 4096),
                new Layout(MAX, 1), new Layout(0, 1L << 62))) {
            assertEquals(layout, Layout.of(layout.toMemoryLayout()));
        }
        for (MemoryLayout layout : Stream.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT_UNALIGNED,
                MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_SHORT)).toList()) {
            assertEquals(layout.byteSize(), Layout.of(layout).byteSize());
            assertEquals(layout.byteAlignment(), Layout.of(layout).byteAlignment());
        }
    }

    @Test
    void dangles_at_an_aligned_address_without_bytes() {
        for (long alignment : ALIGNMENTS) {
            MemorySegment nowhere = new Layout(0, alignment).dangling();
            assertEquals(0, nowhere.byteSize());
            assertNotEquals(0, nowhere.address());
            assertEquals(0, nowhere.address() % alignment);
        }
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger roundedUp(BigInteger size, long alignment) {
        BigInteger[] parts = size.divideAndRemainder(big(alignment));
        BigInteger multiples = parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
        return multiples.multiply(big(alignment));
    }

    private static BigInteger stride(Layout element) {
        return roundedUp(big(element.byteSize()), element.byteAlignment());
    }

    /// The layout of this size, if Rust's rule allows it.
    private static Optional<Layout> oracle(BigInteger size, long alignment) {
        return roundedUp(size, alignment).compareTo(LIMIT) <= 0
                ? Optional.of(new Layout(size.longValueExact(), alignment)) : Optional.empty();
    }

    private static <T> Optional<T> built(Supplier<T> code) {
        try {
            return Optional.of(code.get());
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
