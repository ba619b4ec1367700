package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class BumpAllocatorTest {

    private static final Layout WORD = new Layout(8, 8);

    @Test
    void blocks_follow_one_another() {
        try (var bump = new BumpAllocator(64, new SystemAlloc())) {
            MemorySegment first = bump.allocT(new Layout(5, 1));
            MemorySegment second = bump.allocT(WORD);
            assertEquals(first.address() + 8, second.address());
            assertEquals(16, bump.used());
        }
    }

    @Test
    void after_a_reset_the_first_block_stands_where_it_stood() {
        try (var bump = new BumpAllocator(64, new SystemAlloc())) {
            long first = bump.allocT(WORD).address();
            bump.allocT(WORD);
            bump.reset();
            assertEquals(0, bump.used());
            assertEquals(first, bump.allocT(WORD).address());
        }
    }

    @Test
    void a_full_block_is_an_error_for_a_type_and_a_value_for_the_contract() {
        try (var bump = new BumpAllocator(8, new SystemAlloc())) {
            bump.allocT(WORD);
            assertTrue(isNull(bump.alloc(new Layout(1, 1))));
            var full = assertThrows(OutOfMemoryError.class, () -> bump.allocT(WORD));
            assertTrue(full.getMessage().contains("8 of 8 bytes used"), full.getMessage());
        }
    }

    @Test
    void a_type_without_size_needs_no_room() {
        try (var bump = new BumpAllocator(8, new SystemAlloc())) {
            bump.allocT(WORD);
            MemorySegment nothing = bump.allocT(new Layout(0, 16));
            assertEquals(0, nothing.byteSize());
            assertNotEquals(0, nothing.address());
        }
    }

    @Test
    void the_raw_way_gives_the_same_addresses() {
        try (Arena arena = Arena.ofConfined()) {
            var safe = new BumpAllocator(arena.allocate(4096, 64));
            var raw = new BumpAllocator(arena.allocate(4096, 64));
            long distance = raw.allocAddress(1, 1) - safe.alloc(new Layout(1, 1)).address();
            for (long alignment = 1; alignment <= 64; alignment *= 2) {
                assertEquals(distance, raw.allocAddress(20, alignment)
                        - safe.alloc(new Layout(20, alignment)).address());
            }
            assertEquals(0, raw.allocAddress(4096, 1));
        }
    }

    @Test
    void a_closed_arena_gives_its_block_back_once_and_hands_out_none() {
        Parent parent = new Parent(0);
        var bump = new BumpAllocator(64, parent);
        bump.allocT(WORD);
        bump.close();
        bump.close();
        bump.reset();
        parent.requireNothingLive();
        assertThrows(IllegalStateException.class, () -> bump.alloc(WORD));
    }

    @Test
    void freeing_a_block_frees_nothing() {
        try (var bump = new BumpAllocator(64, new SystemAlloc())) {
            MemorySegment first = bump.alloc(WORD);
            bump.dealloc(first, WORD);
            assertNotEquals(first.address(), bump.alloc(WORD).address());
        }
    }

    @Test
    void refuses_a_block_from_before_the_reset() {
        try (var bump = new BumpAllocator(64, new SystemAlloc())) {
            MemorySegment dead = bump.alloc(WORD);
            bump.reset();
            assertThrows(IllegalArgumentException.class, () -> bump.dealloc(dead, WORD));
        }
    }

    @Test
    void refuses_memory_on_the_java_heap() {
        assertThrows(IllegalArgumentException.class,
                () -> new BumpAllocator(MemorySegment.ofArray(new byte[64])));
    }
}
