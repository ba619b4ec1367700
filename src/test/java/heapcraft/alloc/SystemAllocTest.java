package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemAllocTest {

    /// glibc aligns every block to 16, other `malloc`s only as far as the size goes: what cannot be
    /// seen here must be asked for.
    @ParameterizedTest
    @CsvSource({"8, 8, true", "16, 16, true", "100, 16, true", "1, 1, true",
        "8, 16, false", "4, 8, false", "1, 2, false", "100, 32, false", "4096, 4096, false"})
    void trusts_malloc_up_to_16_and_up_to_the_size(long byteSize, long alignment, boolean trusts) {
        assertEquals(trusts, SystemAlloc.mallocSuffices(new Layout(byteSize, alignment)));
    }

    @Test
    void blocks_on_both_sides_of_the_critical_size_come_and_go() {
        var heap = new SystemAlloc();
        for (long byteSize = 1020; byteSize < 1030; byteSize++) {
            Layout layout = new Layout(byteSize, 8);
            MemorySegment block = heap.alloc(layout).fill((byte) 1);
            block = heap.realloc(block, layout, 2000 - byteSize);
            heap.dealloc(block, new Layout(2000 - byteSize, 8));
        }
    }

    @Test
    void all_instances_are_the_same_heap() {
        MemorySegment block = new SystemAlloc().alloc(new Layout(8, 8));
        new SystemAlloc().dealloc(block, new Layout(8, 8));
        assertEquals(new SystemAlloc(), new SystemAlloc());
    }

    @Test
    void memory_that_malloc_does_not_have_is_null() {
        assertTrue(GlobalAlloc.isNull(new SystemAlloc().alloc(new Layout(1L << 60, 16))));
    }
}
