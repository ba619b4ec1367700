package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Walkable.Block;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeClassAllocTest {

    private static final long PAGES = 64;

    private final Arena arena = Arena.ofConfined();
    private final SizeClassAlloc heap = new SizeClassAlloc(arena.allocate(PAGES * 4096, 4096));

    @AfterEach
    void close() {
        arena.close();
    }

    private List<MemorySegment> fill(Layout layout) {
        List<MemorySegment> blocks = new ArrayList<>();
        for (MemorySegment block = heap.alloc(layout); !isNull(block); block = heap.alloc(layout)) {
            blocks.add(block);
        }
        return blocks;
    }

    /// A program that lives on one size first and then on another.
    @ParameterizedTest
    @ValueSource(longs = {16, 100, 2000, 5000, 30_000, 100_000})
    void memory_of_one_class_serves_another_once_it_is_free(long byteSize) {
        for (long size : new long[] {24, 3000, 40_000}) {
            Layout before = new Layout(size, 8);
            fill(before).forEach(block -> heap.dealloc(block, before));
            heap.check();
            Layout layout = new Layout(byteSize, 8);
            List<MemorySegment> blocks = fill(layout);
            long served = blocks.size() * heap.goodSize(layout);
            assertTrue(served >= PAGES * 4096 * 3 / 4, served + " bytes of " + byteSize);
            blocks.forEach(block -> heap.dealloc(block, layout));
        }
    }

    @Test
    void a_block_freed_is_the_next_one_of_its_class() {
        MemorySegment first = heap.alloc(new Layout(100, 8));
        heap.alloc(new Layout(100, 8));
        heap.dealloc(first, new Layout(100, 8));
        assertEquals(first.address(), heap.alloc(new Layout(112, 8)).address());
    }

    @ParameterizedTest
    @CsvSource({"20, 32, 32", "40, 64, 64", "80, 64, 128", "16, 4096, 4096", "100, 8, 112",
                "32768, 8, 32768", "32769, 8, 36864", "1, 8192, 4096"})
    void the_block_is_the_class_of_size_and_alignment(long byteSize, long alignment, long good) {
        assertEquals(good, heap.goodSize(new Layout(byteSize, alignment)));
    }

    @ParameterizedTest
    @ValueSource(longs = {32 * 1024, 32 * 1024 + 1, 40_000, 200_000})
    void blocks_around_the_largest_class_come_and_go(long byteSize) {
        Layout layout = new Layout(byteSize, 16);
        for (int i = 0; i < 100; i++) {
            MemorySegment block = heap.alloc(layout);
            assertEquals(byteSize, block.byteSize());
            heap.dealloc(block, layout);
            heap.check();
        }
    }

    @Test
    void a_span_at_any_page_has_room_for_a_block_of_its_class() {
        for (int page = 1; page <= 8; page++) {
            var small = new SizeClassAlloc(arena.allocate((page + 8) * 4096, 32 * 1024));
            small.alloc(new Layout(page * 4096L, 8192));
            assertFalse(isNull(small.alloc(new Layout(32 * 1024, 8))), "behind page " + page);
            small.check();
        }
    }

    @Test
    void free_pages_in_a_row_are_one_free_block() {
        assertEquals(List.of(PAGES * 4096), heap.blocks().stream().map(Block::byteSize).toList());
        heap.alloc(new Layout(40_000, 8));
        assertEquals(List.of(10 * 4096L, (PAGES - 10) * 4096),
                heap.blocks().stream().map(Block::byteSize).toList());
    }

    @Test
    void large_blocks_can_be_aligned_to_more_than_a_page() {
        heap.alloc(new Layout(8, 8));
        MemorySegment block = heap.alloc(new Layout(100, 32 * 1024));
        assertEquals(0, block.address() % (32 * 1024));
        heap.dealloc(block, new Layout(100, 32 * 1024));
        heap.check();
    }

    @Test
    void refuses_a_layout_of_another_class_and_a_pointer_into_a_large_block() {
        MemorySegment block = heap.alloc(new Layout(100, 8));
        assertThrows(IllegalArgumentException.class,
                () -> heap.dealloc(block.asSlice(0, 20), new Layout(20, 8)));
        MemorySegment large = heap.alloc(new Layout(100_000, 8));
        assertThrows(IllegalArgumentException.class,
                () -> heap.dealloc(large.asSlice(4096, 40_000), new Layout(40_000, 8)));
        assertThrows(IllegalArgumentException.class,
                () -> heap.dealloc(large.asSlice(0, 40_000), new Layout(40_000, 8)));
    }

    @Test
    void heaps_smaller_than_a_page_have_no_block() {
        var tiny = new SizeClassAlloc(arena.allocate(4000, 1));
        assertTrue(isNull(tiny.alloc(new Layout(1, 1))));
        tiny.check();
    }
}
