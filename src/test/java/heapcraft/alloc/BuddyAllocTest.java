package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuddyAllocTest {

    private final Arena arena = Arena.ofConfined();
    private final BuddyAlloc heap = new BuddyAlloc(arena.allocate(1024, 1024));

    @AfterEach
    void close() {
        arena.close();
    }

    private List<Long> sizes() {
        return heap.blocks().stream().map(Walkable.Block::byteSize).toList();
    }

    @Test
    void splits_until_the_block_just_fits() {
        heap.alloc(new Layout(100, 8));
        assertEquals(List.of(128L, 128L, 256L, 512L), sizes());
    }

    @Test
    void merges_up_to_the_whole_again() {
        MemorySegment first = heap.alloc(new Layout(100, 8));
        MemorySegment second = heap.alloc(new Layout(16, 1));
        heap.dealloc(first, new Layout(100, 8));
        heap.dealloc(second, new Layout(16, 1));
        assertEquals(List.of(1024L), sizes());
    }

    @Test
    void neighbours_that_are_no_buddies_stay_apart() {
        Layout quarter = new Layout(256, 1);
        MemorySegment[] quarters = new MemorySegment[4];
        for (int i = 0; i < 4; i++) {
            quarters[i] = heap.alloc(quarter);
        }
        heap.dealloc(quarters[1], quarter);
        heap.dealloc(quarters[2], quarter);
        assertEquals(List.of(256L, 256L, 256L, 256L), sizes());
        assertTrue(isNull(heap.alloc(new Layout(512, 1))));
        heap.dealloc(quarters[0], quarter);
        assertEquals(List.of(512L, 256L, 256L), sizes());
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "16, 16", "17, 32", "64, 64", "65, 128", "1024, 1024"})
    void a_block_has_the_next_power_of_two(long byteSize, long block) {
        assertEquals(block, heap.goodSize(new Layout(byteSize, 1)));
    }

    @Test
    void uses_memory_of_any_size_and_at_any_address() {
        var crooked = new BuddyAlloc(arena.allocate(2000, 4096).asSlice(8, 1000));
        crooked.check();
        assertEquals(992, crooked.blocks().stream()
                .mapToLong(Walkable.Block::byteSize).sum());
    }

    @Test
    void refuses_the_second_half_of_a_block() {
        MemorySegment block = heap.alloc(new Layout(128, 8));
        assertThrows(IllegalArgumentException.class,
                () -> heap.dealloc(block.asSlice(64, 64), new Layout(64, 8)));
        assertThrows(IllegalArgumentException.class,
                () -> heap.dealloc(block.asSlice(0, 64), new Layout(64, 8)));
    }
}
