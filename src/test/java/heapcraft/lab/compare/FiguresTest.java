package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0.0123, 0.0123", "0.91234, 0.912", "9.996, 10.0", "21.34, 21.3", "999.6, 1000",
        "1234, 1230", "41987, 42000", "0, 0"})
    void have_three_digits_whatever_their_size(double value, String shown) {
        assertEquals(shown, Figures.of(value));
    }

    @Test
    void what_was_not_measured_is_no_number() {
        assertEquals("-", Figures.of(OptionalDouble.empty()));
        assertEquals("-", Figures.megabytes(OptionalDouble.empty()));
        assertEquals("-", Figures.ratio(OptionalDouble.of(3), 0));
    }

    @Test
    void a_megabyte_has_a_million_bytes() {
        assertEquals("24.5", Figures.megabytes(OptionalDouble.of(24_500_000)));
    }

    @Test
    void a_ratio_is_of_the_first_to_the_second() {
        assertEquals("1.50", Figures.ratio(OptionalDouble.of(3), 2));
    }
}
