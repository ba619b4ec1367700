package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.HeapMisuse.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedAllocTest {

    private static final Layout SMALL = new Layout(64, 8);

    /// Remembers the memory it hands out, so that a test can write where it must not.
    private static final class Open implements GlobalAlloc {
        final List<MemorySegment> blocks = new ArrayList<>();
        final List<MemorySegment> freed = new ArrayList<>();
        private final GlobalAlloc system = new SystemAlloc();

        @Override public MemorySegment alloc(Layout layout) {
            blocks.add(system.alloc(layout));
            return blocks.getLast();
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            freed.add(block);
            system.dealloc(block, layout);
        }

        /// Writes one byte, counted from the start of a block that the checked heap handed out.
        void poke(MemorySegment payload, long index) {
            MemorySegment whole = blocks.stream()
                    .filter(block -> block.asOverlappingSlice(payload).isPresent())
                    .findFirst().orElseThrow();
            whole.set(ValueLayout.JAVA_BYTE, payload.address() - whole.address() + index, (byte) 7);
        }
    }

    private final Open open = new Open();
    private final CheckedAlloc heap = new CheckedAlloc(open);

    private static HeapMisuse misuse(Kind kind, Runnable use, String... words) {
        HeapMisuse misuse = assertThrows(HeapMisuse.class, use::run);
        assertEquals(kind, misuse.kind(), misuse.getMessage());
        for (String word : words) {
            assertTrue(misuse.getMessage().contains(word), misuse.getMessage());
        }
        return misuse;
    }

    @Test
    void a_careful_program_is_left_alone() {
        MemorySegment block = heap.alloc(SMALL);
        block.fill((byte) 1);
        block = heap.realloc(block, SMALL, 100);
        assertEquals(1, block.get(ValueLayout.JAVA_BYTE, 63));
        heap.check();
        heap.dealloc(block, new Layout(100, 8));
        heap.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 16, 64, 4096})
    void blocks_are_aligned_and_as_large_as_asked(long alignment) {
        for (long size = 1; size < 100; size += 7) {
            MemorySegment block = heap.alloc(new Layout(size, alignment));
            assertEquals(0, block.address() % alignment);
            assertEquals(size, block.byteSize());
            heap.dealloc(block, new Layout(size, alignment));
        }
        heap.close();
    }

    @Test
    void new_and_freed_bytes_are_poisoned_differently() {
        MemorySegment block = heap.alloc(SMALL);
        byte fresh = block.get(ValueLayout.JAVA_BYTE, 0);
        heap.dealloc(block, SMALL);
        byte freed = block.get(ValueLayout.JAVA_BYTE, 0);
        assertEquals((byte) 0xA1, fresh);
        assertEquals((byte) 0xDE, freed);
        heap.close();
    }

    @Test
    void zeroed_bytes_are_zero_all_the_same() {
        MemorySegment block = heap.allocZeroed(SMALL);
        assertEquals(-1, block.mismatch(MemorySegment.ofArray(new byte[64])));
        heap.dealloc(block, SMALL);
        heap.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -16, 64, 79})
    void a_byte_outside_a_block_is_found_when_it_is_freed(long index) {
        MemorySegment block = heap.alloc(SMALL);
        open.poke(block, index);
        misuse(Kind.OUT_OF_BOUNDS, () -> heap.dealloc(block, SMALL), "index " + index + " of the"
                + " block of 64 bytes at 0x", "CheckedAllocTest.java:", "outside 0..63");
        misuse(Kind.OUT_OF_BOUNDS, () -> heap.realloc(block, SMALL, 128));
        misuse(Kind.OUT_OF_BOUNDS, heap::check);
        misuse(Kind.OUT_OF_BOUNDS, heap::close);
    }

    @Test
    void a_realloc_that_is_refused_allocates_nothing() {
        MemorySegment block = heap.alloc(SMALL);
        open.poke(block, 64);
        misuse(Kind.OUT_OF_BOUNDS, () -> heap.realloc(block, SMALL, 128));
        assertEquals(1, heap.live().size());
        assertEquals(1, open.blocks.size());
    }

    @Test
    void all_bytes_of_a_block_may_be_written() {
        MemorySegment block = heap.alloc(SMALL);
        LongStream.range(0, 64).forEach(index -> open.poke(block, index));
        heap.dealloc(block, SMALL);
        heap.close();
    }

    @Test
    void a_freed_block_that_is_written_is_found() {
        MemorySegment block = heap.alloc(SMALL);
        heap.dealloc(block, SMALL);
        open.poke(block, 5);
        misuse(Kind.USE_AFTER_FREE, heap::check, "index 5 of the block of 64 bytes at 0x",
                "was written after it was freed at CheckedAllocTest.java:");
        misuse(Kind.USE_AFTER_FREE, heap::close);
        assertEquals(1, open.freed.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 64})
    void a_byte_beside_a_freed_block_is_found_too(long index) {
        MemorySegment block = heap.alloc(SMALL);
        heap.dealloc(block, SMALL);
        open.poke(block, index);
        misuse(Kind.OUT_OF_BOUNDS, heap::check, "index " + index + " of the block of 64 bytes");
        misuse(Kind.OUT_OF_BOUNDS, heap::close);
    }

    @Test
    void a_freed_block_that_is_written_is_found_when_it_leaves_quarantine() {
        MemorySegment block = heap.alloc(SMALL);
        heap.dealloc(block, SMALL);
        open.poke(block, 0);
        Layout large = new Layout(256 * 1024, 8);
        MemorySegment next = heap.alloc(large);
        misuse(Kind.USE_AFTER_FREE, () -> heap.dealloc(next, large));
        heap.close();
        assertEquals(2, open.freed.size());
    }

    @Test
    void a_freed_block_is_not_reused_at_once() {
        MemorySegment block = heap.alloc(SMALL);
        heap.dealloc(block, SMALL);
        for (int i = 0; i < 100; i++) {
            MemorySegment next = heap.alloc(SMALL);
            assertNotEquals(block.address(), next.address());
            heap.dealloc(next, SMALL);
        }
        assertEquals(List.of(), open.freed);
        heap.close();
        assertEquals(101, open.freed.size());
    }

    @Test
    void quarantine_ends_when_memory_is_short() {
        try (var full = new BumpAllocator(4096, open)) {
            GlobalAlloc reusing = new GlobalAlloc() {
                private int live;

                @Override public MemorySegment alloc(Layout layout) {
                    MemorySegment block = full.alloc(layout);
                    live += block.address() == 0 ? 0 : 1;
                    return block;
                }

                @Override public void dealloc(MemorySegment block, Layout layout) {
                    if (--live == 0) {
                        full.reset();
                    }
                }
            };
            try (var checked = new CheckedAlloc(reusing)) {
                for (int i = 0; i < 1000; i++) {
                    checked.dealloc(checked.alloc(SMALL), SMALL);
                }
            }
        }
    }

    @Test
    void a_block_freed_twice_is_told_from_one_never_allocated() {
        MemorySegment block = heap.alloc(SMALL);
        heap.dealloc(block, SMALL);
        misuse(Kind.DOUBLE_FREE, () -> heap.dealloc(block, SMALL),
                "double free: the block of 64 bytes", "was freed at CheckedAllocTest.java:");
        misuse(Kind.DOUBLE_FREE, () -> heap.realloc(block, SMALL, 8));
        heap.close();
        misuse(Kind.DOUBLE_FREE, () -> heap.dealloc(block, SMALL));
    }

    @Test
    void a_reused_address_is_alive_again() {
        try (var one = new BumpAllocator(96, open)) {
            var checked = new CheckedAlloc(one);
            MemorySegment first = checked.alloc(SMALL);
            checked.dealloc(first, SMALL);
            checked.close();
            one.reset();
            MemorySegment second = checked.alloc(SMALL);
            assertEquals(first.address(), second.address());
            checked.dealloc(second, SMALL);
            checked.close();
        }
    }

    @Test
    void what_was_never_handed_out_is_not_taken_back() {
        MemorySegment block = heap.alloc(SMALL);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment foreign = arena.allocate(64);
            misuse(Kind.FOREIGN_FREE, () -> heap.dealloc(foreign, SMALL), "never handed out");
        }
        misuse(Kind.FOREIGN_FREE, () -> heap.dealloc(MemorySegment.NULL, SMALL));
        misuse(Kind.FOREIGN_FREE, () -> heap.dealloc(block.asSlice(8), new Layout(56, 8)),
                "is 8 bytes inside the block of 64 bytes");
        heap.dealloc(block, SMALL);
        heap.close();
    }

    @Test
    void the_wrong_layout_is_refused_and_both_are_named() {
        MemorySegment block = heap.alloc(SMALL);
        for (Layout wrong : List.of(new Layout(32, 8), new Layout(64, 16), new Layout(65, 8))) {
            misuse(Kind.WRONG_LAYOUT, () -> heap.dealloc(block, wrong), SMALL.toString(),
                    wrong.toString());
            misuse(Kind.WRONG_LAYOUT, () -> heap.realloc(block, wrong, 128));
        }
        misuse(Kind.WRONG_LAYOUT, () -> heap.dealloc(block.asSlice(0, 32), SMALL), "32 bytes");
        heap.dealloc(block, SMALL);
        heap.close();
    }

    @Test
    void realloc_always_moves() {
        MemorySegment block = heap.alloc(SMALL);
        MemorySegment same = heap.realloc(block, SMALL, 64);
        assertNotEquals(block.address(), same.address());
        heap.dealloc(same, SMALL);
        heap.close();
    }

    @Test
    void a_leak_is_reported_with_its_line() {
        int line = StackWalker.getInstance().walk(frames -> frames.findFirst().orElseThrow())
                .getLineNumber() + 3;
        for (int i = 0; i < 2; i++) {
            heap.alloc(SMALL);
        }
        heap.alloc(new Layout(8, 8));
        misuse(Kind.LEAK, heap::close, "3 blocks (136 bytes) were never freed",
                "CheckedAllocTest.java:" + line + " (2)",
                "CheckedAllocTest.java:" + (line + 2) + " (1)");
        assertEquals(List.of("CheckedAllocTest.java:" + line), heap.live().stream()
                .filter(live -> live.layout().equals(SMALL)).map(CheckedAlloc.Live::line)
                .distinct().toList());
    }

    @Test
    void no_memory_is_null_and_leaves_the_block_as_it_was() {
        try (var little = new BumpAllocator(200, open); var checked = new CheckedAlloc(little)) {
            MemorySegment block = checked.alloc(SMALL).fill((byte) 3);
            assertEquals(MemorySegment.NULL, checked.alloc(new Layout(1000, 8)));
            assertEquals(MemorySegment.NULL, checked.alloc(new Layout(Layout.maxSize(8), 8)));
            assertEquals(MemorySegment.NULL, checked.realloc(block, SMALL, 1000));
            assertEquals(3, block.get(ValueLayout.JAVA_BYTE, 63));
            checked.dealloc(block, SMALL);
        }
    }

    @Test
    void size_0_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> heap.alloc(new Layout(0, 8)));
        MemorySegment block = heap.alloc(SMALL);
        assertThrows(IllegalArgumentException.class, () -> heap.realloc(block, SMALL, 0));
        heap.dealloc(block, SMALL);
        heap.close();
    }

    @Test
    void a_broken_law_of_the_parent_is_seen() {
        var sick = new CheckedAlloc(new GlobalAlloc() {
            @Override public MemorySegment alloc(Layout layout) {
                return MemorySegment.NULL;
            }

            @Override public void dealloc(MemorySegment block, Layout layout) { }

            @Override public void check() {
                throw new IllegalStateException("sick");
            }
        });
        assertEquals("sick", assertThrows(IllegalStateException.class, sick::check).getMessage());
    }

    @Test
    void eight_threads_may_share_it() {
        assertDoesNotThrow(() -> IntStream.range(0, 8).parallel().forEach(thread -> {
            for (int i = 0; i < 1000; i++) {
                MemorySegment block = heap.alloc(SMALL).fill((byte) thread);
                heap.dealloc(block, SMALL);
            }
        }));
        heap.close();
        assertEquals(8000, open.freed.size());
    }
}
