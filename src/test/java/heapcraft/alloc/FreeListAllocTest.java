package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static heapcraft.alloc.Walkable.Use.FREE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a free-list heap puts its blocks. A block of 24 bytes and its header fill 32.
class FreeListAllocTest {

    private static final Layout SMALL = new Layout(24, 8);

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void close() {
        arena.close();
    }

    /// Memory for just so many bytes of blocks.
    private MemorySegment memory(long byteSize) {
        return arena.allocate(byteSize + 8, 16).asSlice(8);
    }

    private static List<Long> holes(FreeListAlloc heap) {
        return heap.blocks().stream().filter(block -> block.use() == FREE)
                .map(Walkable.Block::byteSize).toList();
    }

    /// Holes of 96, 64 and 128 bytes, in this order, between live blocks.
    private FreeListAlloc withThreeHoles(Fit fit) {
        var heap = new FreeListAlloc(memory(6 * 32 + 96 + 64 + 128 - 96), fit);
        MemorySegment[] blocks = new MemorySegment[6];
        long[] sizes = {88, 24, 56, 24, 120, 24};
        for (int i = 0; i < sizes.length; i++) {
            blocks[i] = heap.alloc(new Layout(sizes[i], 8));
        }
        for (int i = 0; i < sizes.length; i += 2) {
            heap.dealloc(blocks[i], new Layout(sizes[i], 8));
        }
        assertEquals(List.of(96L, 64L, 128L), holes(heap));
        return heap;
    }

    @ParameterizedTest
    @CsvSource({"FIRST, 64 64 128", "BEST, 96 32 128", "WORST, 96 64 96"})
    void a_fit_takes_the_hole_it_promises(Fit fit, String left) {
        FreeListAlloc heap = withThreeHoles(fit);
        heap.alloc(SMALL);
        assertEquals(left, String.join(" ", holes(heap).stream().map(String::valueOf).toList()));
    }

    @Test
    void next_fit_goes_on_where_it_stopped_and_comes_round() {
        FreeListAlloc heap = withThreeHoles(Fit.NEXT);
        Layout large = new Layout(88, 8);
        MemorySegment first = heap.alloc(large);
        assertEquals(List.of(64L, 128L), holes(heap), "the first hole fits exactly");
        heap.alloc(SMALL);
        assertEquals(List.of(32L, 128L), holes(heap), "the search goes on behind it");
        heap.dealloc(first, large);
        heap.alloc(SMALL);
        assertEquals(List.of(96L, 128L), holes(heap), "and does not go back");
        heap.alloc(new Layout(120, 8));
        heap.alloc(SMALL);
        assertEquals(List.of(64L), holes(heap), "before the end is reached");
    }

    @Test
    void next_fit_comes_round_to_a_hole_before_the_rover() {
        var heap = new FreeListAlloc(memory(96), Fit.NEXT);
        MemorySegment first = heap.alloc(SMALL);
        MemorySegment second = heap.alloc(SMALL);
        heap.alloc(SMALL);
        heap.dealloc(second, SMALL);
        assertEquals(second.address(), heap.alloc(SMALL).address());
        heap.dealloc(first, SMALL);
        assertEquals(first.address(), heap.alloc(SMALL).address());
    }

    /// Which of the two neighbours are free when the middle block comes back.
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void merges_with_both_neighbours(boolean left, boolean right) {
        var heap = new FreeListAlloc(memory(5 * 32), Fit.FIRST);
        MemorySegment[] blocks = new MemorySegment[5];
        for (int i = 0; i < 5; i++) {
            blocks[i] = heap.alloc(SMALL);
        }
        if (left) {
            heap.dealloc(blocks[1], SMALL);
        }
        if (right) {
            heap.dealloc(blocks[3], SMALL);
        }
        heap.dealloc(blocks[2], SMALL);
        heap.check();
        assertEquals(List.of(32L * (1 + (left ? 1 : 0) + (right ? 1 : 0))), holes(heap));
    }

    @Test
    void without_merging_every_freed_block_stays_a_hole() {
        var heap = new FreeListAlloc(memory(3 * 32), Fit.FIRST, 16, false);
        List<MemorySegment> blocks =
                List.of(heap.alloc(SMALL), heap.alloc(SMALL), heap.alloc(SMALL));
        blocks.forEach(block -> heap.dealloc(block, SMALL));
        assertEquals(List.of(32L, 32L, 32L), holes(heap));
        assertTrue(isNull(heap.alloc(new Layout(50, 8))));
    }

    @ParameterizedTest
    @CsvSource({"16, 32", "32, 32", "48, ''", "64, ''"})
    void a_rest_below_the_split_stays_with_the_block(long minSplit, String left) {
        var heap = new FreeListAlloc(memory(64), Fit.FIRST, minSplit, true);
        MemorySegment block = heap.alloc(SMALL);
        assertEquals(left, String.join(" ", holes(heap).stream().map(String::valueOf).toList()));
        heap.dealloc(block, SMALL);
        assertEquals(List.of(64L), holes(heap));
    }

    @Test
    void what_an_alignment_skips_stays_free() {
        var heap = new FreeListAlloc(arena.allocate(4096, 4096), Fit.FIRST);
        MemorySegment block = heap.alloc(new Layout(100, 1024));
        assertEquals(0, block.address() % 1024);
        assertEquals(2, holes(heap).size());
        assertEquals(4096 - 16 - 112, holes(heap).stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void grows_into_the_hole_behind_it_and_shrinks_where_it_stands() {
        var heap = new FreeListAlloc(memory(4 * 32), Fit.FIRST);
        MemorySegment first = heap.alloc(SMALL);
        MemorySegment second = heap.alloc(SMALL);
        heap.alloc(SMALL);
        heap.dealloc(second, SMALL);
        MemorySegment grown = heap.realloc(first, SMALL, 50);
        assertEquals(first.address(), grown.address());
        assertEquals(List.of(32L), holes(heap), "all of the hole was needed");
        MemorySegment shrunk = heap.realloc(grown, new Layout(50, 8), 5);
        assertEquals(first.address(), shrunk.address());
        assertEquals(List.of(48L, 32L), holes(heap));
    }

    @Test
    void never_grows_into_a_live_neighbour() {
        var heap = new FreeListAlloc(memory(8 * 32), Fit.FIRST);
        MemorySegment first = heap.alloc(SMALL);
        heap.alloc(SMALL);
        MemorySegment moved = heap.realloc(first, SMALL, 50);
        assertNotEquals(first.address(), moved.address());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 15, 16, 22})
    void a_tiny_heap_has_no_block_and_does_no_harm(long byteSize) {
        for (long crook = 0; crook < 16; crook++) {
            try (Ground ground = new Ground(byteSize, crook)) {
                var heap = new FreeListAlloc(ground.memory, Fit.FIRST);
                heap.alloc(new Layout(1, 1));
                assertTrue(isNull(heap.alloc(new Layout(16, 1))));
                heap.check();
                ground.checkBorder();
            }
        }
    }

    @Test
    void a_search_looks_at_more_holes_where_there_are_more() {
        FreeListAlloc heap = withThreeHoles(Fit.BEST);
        long before = heap.steps();
        heap.alloc(SMALL);
        assertTrue(heap.steps() - before >= 3, "it must look at three holes");
    }

    @Test
    void check_names_the_header_that_an_overflow_destroyed() {
        MemorySegment memory = memory(4 * 32);
        var heap = new FreeListAlloc(memory, Fit.FIRST);
        heap.alloc(SMALL);
        long header = heap.alloc(SMALL).address() - 8;
        memory.set(ValueLayout.JAVA_LONG, header - memory.address(), 0xDEADBEEFL);
        var found = assertThrows(IllegalStateException.class, heap::check);
        assertTrue(found.getMessage().startsWith("at 0x" + Long.toHexString(header) + ": "),
                found.getMessage());
        assertTrue(found.getMessage().contains("expected a multiple of 16"), found.getMessage());
    }

    @Test
    void check_names_the_hole_whose_link_was_destroyed() {
        MemorySegment memory = memory(4 * 32);
        var heap = new FreeListAlloc(memory, Fit.FIRST);
        MemorySegment dead = heap.alloc(SMALL);
        heap.alloc(SMALL);
        heap.dealloc(dead, SMALL);
        memory.set(ValueLayout.JAVA_LONG, dead.address() - memory.address(), 0xDEADBEEFL);
        var found = assertThrows(IllegalStateException.class, heap::check);
        assertTrue(found.getMessage().contains("0xdeadbeef"), found.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Fit.class)
    void refuses_a_pointer_into_a_block(Fit fit) {
        var heap = new FreeListAlloc(memory(256), fit);
        MemorySegment block = heap.alloc(new Layout(100, 8)).fill((byte) 0);
        for (long inside = 1; inside < 80; inside++) {
            MemorySegment slice = block.asSlice(inside, 20);
            assertThrows(IllegalArgumentException.class,
                    () -> heap.dealloc(slice, new Layout(20, 1)), "offset " + inside);
        }
    }

    @Test
    void refuses_a_split_below_the_smallest_hole() {
        assertThrows(IllegalArgumentException.class,
                () -> new FreeListAlloc(memory(64), Fit.FIRST, 8, true));
    }
}
