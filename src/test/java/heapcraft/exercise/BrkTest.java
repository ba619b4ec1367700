package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BrkTest {

    private final Brk memory = new Brk(64);

    @Test
    void grows_at_its_end_by_what_was_asked() {
        assertEquals(memory.start(), memory.grow(16));
        assertEquals(memory.start() + 16, memory.grow(24));
        assertEquals(40, memory.size());
        assertEquals(memory.start() + 40, memory.end());
        assertEquals(2, memory.growths());
    }

    @Test
    void a_refused_growth_changes_nothing() {
        memory.grow(40);
        assertEquals(0, memory.grow(32));
        assertEquals(0, memory.grow(Long.MAX_VALUE - 7));
        assertEquals(40, memory.size());
        assertEquals(memory.start() + 40, memory.grow(24), "the last byte is there to be had");
    }

    @Test
    void grows_by_words_only() {
        for (long bytes : new long[] {0, 4, 12, -8, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> memory.grow(bytes), bytes + "");
        }
    }

    @Test
    void begins_where_it_was_told_to() {
        for (long offset : new long[] {0, 8, 16, 24, 4096}) {
            assertEquals(offset % 4096, new Brk(64, offset).start() % 4096);
        }
        assertThrows(IllegalArgumentException.class, () -> new Brk(64, 4));
        assertThrows(IllegalArgumentException.class, () -> new Brk(63));
        assertThrows(IllegalArgumentException.class, () -> new Brk(-8));
    }

    @Test
    void keeps_numbers_and_counts_each_step() {
        long at = memory.grow(16);
        memory.putLong(at, 4711);
        memory.putLong(at + 8, -1);
        assertEquals(4711, memory.getLong(at));
        assertEquals(3, memory.steps());
    }

    @Test
    void new_memory_is_dirty() {
        assertTrue(memory.getLong(memory.grow(8)) != 0);
    }

    @Test
    void copies_parts_that_overlap_and_counts_the_bytes() {
        long at = memory.grow(32);
        memory.putLong(at, 1);
        memory.putLong(at + 8, 2);
        memory.copy(at, at + 8, 16);
        assertEquals(1, memory.getLong(at + 8));
        assertEquals(2, memory.getLong(at + 16));
        memory.copy(at, at, 0);
        assertEquals(16, memory.moved());
    }

    @Test
    void what_lies_outside_does_not_exist() {
        long at = memory.grow(16);
        for (long outside : new long[] {at - 8, at + 16, 0, Long.MAX_VALUE - 7, -8}) {
            assertThrows(IndexOutOfBoundsException.class, () -> memory.getLong(outside));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.putLong(outside, 1));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copy(at, at + 8, 16));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copy(at + 8, at, 16));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copy(at, at, Long.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copy(at, at, -1));
        assertEquals(0, memory.moved());
    }

    @Test
    void a_walk_that_never_ends_is_ended() {
        long at = memory.grow(8);
        for (int i = 0; i < 10_000_000; i++) {
            memory.getLong(at);
        }
        assertThrows(IllegalStateException.class, () -> memory.getLong(at));
    }

    @Test
    void says_which_address_was_wrong_and_what_there_is() {
        long at = memory.grow(16);
        assertEquals("getLong(0x1018): there is memory from 0x1008 to 0x1018 only",
                assertThrows(IndexOutOfBoundsException.class, () -> memory.getLong(at + 16))
                        .getMessage());
        assertEquals("putLong(0x100c): the address of a number is a multiple of 8",
                assertThrows(IllegalArgumentException.class, () -> memory.putLong(at + 4, 1))
                        .getMessage());
    }
}
