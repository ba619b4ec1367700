package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class LimitedAllocTest {

    private static final Layout HUNDRED = new Layout(100, 8);

    private final LimitedAlloc heap = new LimitedAlloc(250, new SystemAlloc());

    @Test
    void the_last_byte_below_the_limit_can_be_had_and_not_one_more() {
        heap.alloc(HUNDRED);
        heap.alloc(HUNDRED);
        assertTrue(isNull(heap.alloc(new Layout(51, 1))));
        assertFalse(isNull(heap.alloc(new Layout(50, 1))));
        assertEquals(250, heap.used());
    }

    @Test
    void what_comes_back_can_be_had_again() {
        for (int i = 0; i < 100; i++) {
            heap.dealloc(heap.alloc(HUNDRED), HUNDRED);
        }
        assertEquals(0, heap.used());
    }

    @Test
    void a_resized_block_needs_its_difference() {
        MemorySegment block = heap.alloc(HUNDRED);
        block = heap.realloc(block, HUNDRED, 250);
        assertEquals(250, heap.used());
        assertTrue(isNull(heap.realloc(block, new Layout(250, 8), 251)));
        block = heap.realloc(block, new Layout(250, 8), 20);
        assertEquals(20, heap.used());
        heap.dealloc(block, new Layout(20, 8));
        heap.check();
    }

    @Test
    void a_failure_of_the_heap_below_uses_up_nothing() {
        var failing = new LimitedAlloc(1000, FailingAlloc.everyNth(1, new SystemAlloc()));
        assertTrue(isNull(failing.alloc(HUNDRED)));
        assertEquals(0, failing.used());
        assertThrows(IllegalArgumentException.class, () -> heap.alloc(new Layout(0, 1)));
        assertEquals(0, heap.used());
    }

    @Test
    void the_limit_may_change_while_blocks_are_live() {
        heap.alloc(HUNDRED);
        heap.limit(50);
        assertTrue(isNull(heap.alloc(new Layout(1, 1))));
        heap.limit(101);
        assertFalse(isNull(heap.alloc(new Layout(1, 1))));
    }
}
