package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a worker says, line by line.
class LinesTest {

    @Test
    void a_slice_comes_over_as_it_was() {
        Slice slice = new Slice(20_000_000, -8, 240_000, 1 << 20, Resident.UNKNOWN);
        assertEquals(slice, Slice.parse(slice.toLine()));
    }

    @Test
    void an_ending_comes_over_as_it_was_in_one_line() {
        Ending ending = new Ending(1, -1, 3, 4, "allocated 3\nresident  4");
        assertEquals(new Ending(1, -1, 3, 4, "allocated 3 resident 4"),
                Ending.parse(ending.toLine()));
    }

    @Test
    void a_start_comes_over_as_it_was() {
        Ready ready = new Ready(70_000_000, 743_000, "jemalloc 5.3.0 (libjemalloc.so.2)");
        assertEquals(ready, Ready.parse(ready.toLine()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "slice", "slice 1 2 3 4", "slice 1 2 3 4 x", "ready", "end 1 2",
        "# A fatal error has been detected"})
    void anything_else_is_refused(String line) {
        for (Function<String, ?> parser : java.util.List.<Function<String, ?>>of(
                Slice::parse, Ending::parse, Ready::parse)) {
            assertThrows(IllegalArgumentException.class, () -> parser.apply(line));
        }
    }
}
