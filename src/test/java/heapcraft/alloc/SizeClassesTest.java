package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeClassesTest {

    @Test
    void there_are_four_classes_for_every_doubling() {
        assertEquals(List.of(16L, 32L, 48L, 64L, 80L, 96L, 112L, 128L, 160L, 192L, 224L, 256L,
                        320L, 384L, 448L, 512L, 640L),
                IntStream.range(0, 17).mapToObj(SizeClasses::byteSize).toList());
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "16, 16", "17, 32", "64, 64", "65, 80", "128, 128", "129, 160",
                "160, 160", "161, 192", "256, 256", "257, 320", "4096, 4096", "4097, 5120"})
    void a_size_on_the_border_belongs_to_the_class_below(long byteSize, long block) {
        assertEquals(block, SizeClasses.byteSize(SizeClasses.indexOf(byteSize)));
    }

    @Test
    void every_size_takes_the_smallest_class_that_holds_it() {
        for (long byteSize = 1; byteSize < 70_000; byteSize++) {
            int index = SizeClasses.indexOf(byteSize);
            assertTrue(SizeClasses.byteSize(index) >= byteSize, "size " + byteSize);
            long below = index == 0 ? 0 : SizeClasses.byteSize(index - 1);
            assertTrue(below < byteSize, "size " + byteSize);
        }
    }

    @Test
    void large_sizes_waste_less_than_a_fifth_of_their_block() {
        for (long byteSize = 128; byteSize < 1L << 40; byteSize += 1 + byteSize / 1000) {
            long block = SizeClasses.byteSize(SizeClasses.indexOf(byteSize));
            assertTrue((block - byteSize) * 5 < block, "size " + byteSize);
        }
    }

    @Test
    void the_largest_size_has_a_class() {
        assertEquals(1L << 62, SizeClasses.byteSize(SizeClasses.indexOf(1L << 62)));
    }
}
