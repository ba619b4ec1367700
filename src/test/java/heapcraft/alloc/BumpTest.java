package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BumpTest {

    private static final Layout WORD = new Layout(8, 8);

    private final Parent parent = new Parent(0);
    private final Bump bump = new Bump(parent);

    @AfterEach
    void the_parent_gets_everything_back() {
        bump.close();
        bump.close();
        parent.requireNothingLive();
        assertThrows(IllegalStateException.class, () -> bump.alloc(WORD));
    }

    /// Fills chunk after chunk.
    private void fill(long byteSize) {
        for (long filled = 0; filled < byteSize; filled += 64) {
            bump.allocate(64, 8);
        }
    }

    @Test
    void takes_no_chunk_before_it_needs_one() {
        assertEquals(0, bump.allocatedBytes());
        bump.alloc(WORD);
        assertEquals(512, bump.allocatedBytes());
    }

    @Test
    void each_chunk_is_twice_as_large_as_the_one_before() {
        fill(512 + 1024 + 2048 + 64);
        assertEquals(512 + 1024 + 2048 + 4096, bump.allocatedBytes());
    }

    @Test
    void a_block_larger_than_the_next_chunk_gets_a_chunk_of_its_size() {
        bump.alloc(WORD);
        bump.allocate(100_000, 8);
        assertEquals(512 + 100_000, bump.allocatedBytes());
    }

    @Test
    void a_chunk_is_as_aligned_as_its_first_block() {
        // The next page is too far for a chunk that begins where the parent's memory does.
        try (Arena arena = Arena.ofConfined(); var onPages = new Bump(
                new BumpAllocator(arena.allocate(3 * 4096, 4096).asSlice(16)))) {
            MemorySegment block = onPages.allocate(8, 4096);
            assertEquals(0, block.address() % 4096);
            assertEquals(512, onPages.allocatedBytes(), "the first chunk had room for it");
        }
    }

    @Test
    void the_limit_counts_chunks_not_blocks() {
        bump.limit(512);
        bump.allocate(400, 8);
        assertTrue(isNull(bump.alloc(new Layout(200, 8))));
        assertEquals(512, bump.allocatedBytes());
    }

    @Test
    void a_limit_below_the_first_chunk_leaves_room_for_small_blocks() {
        bump.limit(100);
        bump.allocate(40, 8);
        assertTrue(bump.allocatedBytes() <= 100);
        assertThrows(OutOfMemoryError.class, () -> bump.allocate(80, 8));
    }

    @Test
    void refuses_a_negative_limit() {
        assertThrows(IllegalArgumentException.class, () -> bump.limit(-1));
        assertEquals(Long.MAX_VALUE, bump.limit());
    }

    @Test
    void the_limit_may_change_while_blocks_are_live() {
        fill(512);
        bump.limit(0);
        assertTrue(isNull(bump.alloc(WORD)));
        bump.limit(512 + 1024);
        fill(1024);
        assertTrue(isNull(bump.alloc(WORD)));
        bump.limit(Long.MAX_VALUE);
        bump.alloc(WORD);
        assertEquals(512 + 1024 + 2048, bump.allocatedBytes());
    }

    @Test
    void where_the_parent_is_poor_a_smaller_chunk_will_do() {
        var poor = new LimitedAlloc(3000, parent);
        try (var small = new Bump(poor)) {
            for (int i = 0; i < 44; i++) {
                small.allocate(64, 8);
            }
            assertEquals(512 + 1024 + 1024, small.allocatedBytes() - 256);
        }
    }

    @Test
    void a_parent_that_hands_out_the_wrong_block_is_found_out() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(4096, 16);
            try (var onOdd = new Bump(new Broken(memory.asSlice(8, 512)));
                    var onSmall = new Bump(new Broken(memory.asSlice(0, 8)))) {
                assertThrows(IllegalStateException.class, () -> onOdd.alloc(WORD));
                assertThrows(IllegalStateException.class, () -> onSmall.alloc(WORD));
            }
        }
    }

    /// Answers each call with the same block, whatever was asked.
    private record Broken(MemorySegment block) implements GlobalAlloc {

        @Override
        public MemorySegment alloc(Layout layout) {
            return block;
        }

        @Override
        public void dealloc(MemorySegment block, Layout layout) { }
    }

    @Test
    void reset_keeps_the_largest_chunk_and_the_limit() {
        bump.alloc(WORD);
        bump.allocate(100_000, 8);
        fill(50_000);
        assertEquals(512 + 100_000 + 200_000, bump.allocatedBytes());
        bump.limit(250_000);
        bump.reset();
        assertEquals(250_000, bump.limit());
        assertEquals(200_000, bump.allocatedBytes());
        assertEquals(200_000, bump.alloc(new Layout(200_000, 16)).byteSize(), "it is empty");
        assertTrue(isNull(bump.alloc(new Layout(100_000, 8))), "the limit holds");
    }

    @Test
    void an_unused_arena_can_be_reset() {
        bump.reset();
        assertEquals(0, bump.allocatedBytes());
        bump.alloc(WORD);
    }

    @Test
    void zeroed_memory_is_zero_after_a_reset_too() {
        bump.allocate(512, 1).fill((byte) 0xEE);
        bump.reset();
        assertTrue(Model.isZero(bump.allocZeroed(new Layout(512, 1))));
    }

    @Test
    void the_last_block_grows_where_it_stands_and_others_move() {
        MemorySegment first = bump.alloc(WORD);
        MemorySegment last = bump.alloc(WORD);
        MemorySegment grown = bump.realloc(last, WORD, 100);
        assertEquals(last.address(), grown.address());
        assertNotEquals(first.address(), bump.realloc(first, WORD, 100).address());
    }

    @Test
    void a_block_that_is_not_the_last_shrinks_without_moving_the_finger() {
        MemorySegment first = bump.alloc(new Layout(64, 8));
        MemorySegment last = bump.alloc(WORD);
        assertEquals(first.address(), bump.realloc(first, new Layout(64, 8), 8).address());
        assertEquals(last.address() + 8, bump.alloc(WORD).address());
    }

    @Test
    void freeing_the_last_block_makes_room_and_freeing_another_does_not() {
        MemorySegment first = bump.alloc(WORD);
        MemorySegment last = bump.alloc(WORD);
        bump.dealloc(first, WORD);
        assertEquals(last.address() + 8, bump.alloc(WORD).address());
        bump.reset();
        MemorySegment only = bump.alloc(WORD);
        bump.dealloc(only, WORD);
        assertEquals(only.address(), bump.alloc(WORD).address());
    }

    /// The arena below hands out chunks side by side.
    @Test
    void a_block_that_ends_where_the_next_chunk_begins_is_not_the_last() {
        try (var below = new BumpAllocator(4096, parent); var small = new Bump(below)) {
            Layout half = new Layout(256, 8);
            small.alloc(half);
            MemorySegment older = small.alloc(half);
            MemorySegment next = small.alloc(WORD);
            assertEquals(older.address() + 256, next.address(), "side by side");
            small.dealloc(next, WORD);
            small.dealloc(older, half);
            small.check();
            assertEquals(next.address(), small.alloc(WORD).address());
        }
    }

    @Test
    void rewinding_frees_what_came_after_the_checkpoint_and_nothing_before() {
        MemorySegment kept = bump.allocStr("kept");
        Bump.Checkpoint before = bump.checkpoint();
        long chunks = bump.allocatedBytes();
        fill(10_000);
        bump.rewind(before);
        assertEquals(chunks, bump.allocatedBytes());
        assertEquals(kept.address() + 4, bump.allocate(1, 1).address());
        assertEquals("kept", text(kept));
    }

    @Test
    void a_parent_that_refuses_a_chunk_leaves_the_arena_in_one_that_is_there() {
        try (var small = new Bump(new Refusing(parent, 1024))) {
            MemorySegment first = small.alloc(WORD);
            Bump.Checkpoint early = small.checkpoint();
            small.allocate(1000, 8);
            small.allocate(2000, 8);
            assertThrows(IllegalStateException.class, () -> small.rewind(early));
            assertEquals(first.address() + 8, small.alloc(WORD).address());
        }
    }

    @Test
    void an_arena_is_closed_even_if_the_parent_refuses_a_chunk() {
        var small = new Bump(new Refusing(parent, 512));
        small.alloc(WORD);
        assertThrows(IllegalStateException.class, small::close);
        var refused = assertThrows(IllegalStateException.class, () -> small.alloc(WORD));
        assertTrue(refused.getMessage().contains("closed"), refused.getMessage());
    }

    /// Takes blocks of one size back, and says that it does not.
    private record Refusing(GlobalAlloc heap, long byteSize) implements GlobalAlloc {

        @Override
        public MemorySegment alloc(Layout layout) {
            return heap.alloc(layout);
        }

        @Override
        public void dealloc(MemorySegment block, Layout layout) {
            heap.dealloc(block, layout);
            if (layout.byteSize() == byteSize) {
                throw new IllegalStateException("refused");
            }
        }
    }

    @Test
    void checkpoints_nest() {
        Bump.Checkpoint outer = bump.checkpoint();
        bump.alloc(WORD);
        Bump.Checkpoint inner = bump.checkpoint();
        fill(2000);
        bump.rewind(inner);
        assertEquals(512, bump.allocatedBytes());
        bump.rewind(outer);
        assertEquals(0, bump.allocatedBytes());
    }

    @Test
    void rewinding_never_brings_back_what_was_freed_before() {
        MemorySegment last = bump.alloc(WORD);
        Bump.Checkpoint after = bump.checkpoint();
        bump.dealloc(last, WORD);
        bump.rewind(after);
        assertEquals(last.address(), bump.alloc(WORD).address());
    }

    @Test
    void refuses_a_checkpoint_that_a_reset_or_a_rewind_made_void() {
        bump.alloc(WORD);
        Bump.Checkpoint first = bump.checkpoint();
        fill(1000);
        Bump.Checkpoint second = bump.checkpoint();
        bump.rewind(first);
        fill(1000);
        assertThrows(IllegalArgumentException.class, () -> bump.rewind(second));
        bump.reset();
        assertThrows(IllegalArgumentException.class, () -> bump.rewind(first));
        Bump.Checkpoint inTheChunkThatStays = bump.checkpoint();
        bump.reset();
        assertThrows(IllegalArgumentException.class, () -> bump.rewind(inTheChunkThatStays));
        try (var other = new Bump(parent)) {
            Bump.Checkpoint ofAnEmptyOne = other.checkpoint();
            assertThrows(IllegalArgumentException.class, () -> new Bump(parent).rewind(ofAnEmptyOne));
            other.alloc(WORD);
            assertThrows(IllegalArgumentException.class, () -> bump.rewind(other.checkpoint()));
        }
    }

    /// Rounds of allocations, checkpoints and rewinds: blocks from before a checkpoint stay intact.
    @Test
    void random_rewinds_leave_older_blocks_alone() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<MemorySegment> live = new ArrayList<>();
            List<Bump.Checkpoint> marks = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int dice = random.nextInt(20);
                if (dice == 0) {
                    marks.add(bump.checkpoint());
                    sizes.add(live.size());
                } else if (dice == 1 && !marks.isEmpty()) {
                    bump.rewind(marks.removeLast());
                    live = new ArrayList<>(live.subList(0, sizes.removeLast()));
                } else {
                    live.add(bump.allocate(1 + random.nextInt(90), 1L << random.nextInt(6))
                            .fill((byte) live.size()));
                }
                bump.check();
            }
            for (int i = 0; i < live.size(); i++) {
                for (byte each : live.get(i).toArray(ValueLayout.JAVA_BYTE)) {
                    assertEquals((byte) i, each, "seed " + seed + ", block " + i);
                }
            }
            bump.reset();
        }
    }

    @Test
    void a_string_has_its_utf_8_bytes_and_no_more() {
        assertEquals("안녕", text(bump.allocStr("안녕")));
        assertEquals(6, bump.allocStr("안녕").byteSize());
        assertEquals(0, bump.allocStr("").byteSize());
    }

    private static String text(MemorySegment bytes) {
        return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    @Test
    void slices_are_filled_with_copies() {
        assertArrayEquals(new byte[] {7, 7, 7},
                bump.allocSliceFillCopy(3, (byte) 7).toArray(ValueLayout.JAVA_BYTE));
        MemorySegment two = MemorySegment.ofArray(new byte[] {1, 2});
        MemorySegment padded = bump.allocSliceFillCopy(3, two, 4);
        assertEquals(12, padded.byteSize());
        for (long i = 0; i < 3; i++) {
            assertArrayEquals(new byte[] {1, 2},
                    padded.asSlice(4 * i, 2).toArray(ValueLayout.JAVA_BYTE));
        }
        assertArrayEquals(new int[] {1, 2, 3},
                bump.allocSliceCopy(MemorySegment.ofArray(new int[] {1, 2, 3}), 4)
                        .toArray(ValueLayout.JAVA_INT));
    }

    @Test
    void refuses_a_slice_that_is_too_long() {
        MemorySegment word = MemorySegment.ofArray(new long[1]);
        assertThrows(IllegalArgumentException.class,
                () -> bump.allocSliceFillCopy(1L << 61, word, 8));
        assertThrows(IllegalArgumentException.class, () -> bump.allocSliceFillCopy(-1, word, 8));
    }

    @Test
    void a_block_ends_with_its_last_byte() {
        MemorySegment block = bump.allocate(24, 8);
        assertEquals(24, block.byteSize());
        assertThrows(IndexOutOfBoundsException.class, () -> block.get(ValueLayout.JAVA_BYTE, 24));
    }

    @Test
    void blocks_die_with_the_memory_below() {
        MemorySegment block;
        try (Arena arena = Arena.ofConfined(); Bump inArena = new Bump(new ArenaAlloc(arena))) {
            block = inArena.alloc(WORD);
        }
        assertThrows(IllegalStateException.class, () -> block.get(ValueLayout.JAVA_LONG, 0));
    }

    @Test
    void a_failed_block_leaves_the_chunks_as_they_were() {
        bump.alloc(WORD);
        long next = bump.alloc(WORD).address() + 8;
        assertTrue(isNull(bump.alloc(new Layout(1L << 60, 8))));
        assertEquals(512, bump.allocatedBytes());
        assertEquals(next, bump.alloc(WORD).address());
    }
}
