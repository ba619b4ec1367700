package heapcraft.exercise;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class WitnessHeapTest {

    private static final Layout LAYOUT = new Layout(24, 8);

    private final WitnessHeap heap = new WitnessHeap();

    @Test
    void writes_down_what_it_is_asked_in_order() {
        assertEquals("nothing", heap.log());
        MemorySegment first = heap.alloc(LAYOUT);
        heap.note("between");
        heap.alloc(new Layout(1, 1));
        heap.dealloc(first, LAYOUT);
        assertEquals("alloc(24, 8) = #1; between; alloc(1, 1) = #2; dealloc(#1, 24, 8)",
                heap.log());
        assertEquals("#2", heap.live());
    }

    @Test
    void writes_mistakes_down_and_carries_on() {
        MemorySegment block = heap.alloc(LAYOUT);
        heap.dealloc(block, new Layout(24, 1));
        heap.dealloc(block, LAYOUT);
        heap.dealloc(MemorySegment.NULL, LAYOUT);
        heap.dealloc(Arena.ofAuto().allocate(24), LAYOUT);
        assertEquals("alloc(24, 8) = #1; dealloc(#1, 24, 1) though it has 24, 8; "
                + "dealloc(#1, 24, 8) a second time; dealloc(NULL, 24, 8); "
                + "dealloc(a block from elsewhere, 24, 8)", heap.log());
        assertEquals("no block", heap.live());
    }

    @Test
    void tells_mistakes_apart_from_what_is_right() {
        MemorySegment block = heap.alloc(LAYOUT);
        heap.alloc(LAYOUT);
        heap.dealloc(block, LAYOUT);
        assertEquals("", heap.mistakes());
        assertEquals(1, heap.liveBlocks());
        heap.dealloc(block, LAYOUT);
        heap.dealloc(MemorySegment.NULL, LAYOUT);
        assertEquals("dealloc(#1, 24, 8) a second time; dealloc(NULL, 24, 8)", heap.mistakes());
        assertEquals(1, heap.liveBlocks());
    }

    @Test
    void aligns_a_block_as_asked_and_no_better() {
        for (long alignment = 1; alignment <= 4096; alignment *= 2) {
            long address = heap.alloc(new Layout(1, alignment)).address();
            assertEquals(alignment, Long.lowestOneBit(address));
        }
    }

    @Test
    void gives_out_dirt_and_leaves_other_dirt_behind() {
        MemorySegment block = heap.alloc(LAYOUT);
        long fresh = block.get(ValueLayout.JAVA_LONG, 16);
        heap.dealloc(block, LAYOUT);
        assertEquals("the bytes of a new block", WitnessHeap.spelled(fresh));
        assertEquals("the bytes of a freed block",
                WitnessHeap.spelled(block.get(ValueLayout.JAVA_LONG, 16)));
        assertEquals("7", WitnessHeap.spelled(7));
    }

    @Test
    void says_which_dirt_is_among_some_bytes() {
        MemorySegment block = heap.alloc(new Layout(2, 1));
        block.set(ValueLayout.JAVA_BYTE, 0, (byte) 7);
        assertEquals("07 A5  (A5: never written)", WitnessHeap.spelled(block));
        heap.dealloc(block, new Layout(2, 1));
        assertEquals("DD DD  (DD: given back before)", WitnessHeap.spelled(block));
        assertEquals("07", WitnessHeap.spelled(MemorySegment.ofArray(new byte[] {7})));
    }

    @Test
    void blocks_do_not_overlap() {
        MemorySegment previous = heap.alloc(LAYOUT);
        for (int i = 0; i < 100; i++) {
            MemorySegment block = heap.alloc(new Layout(1 + i, 1 << i % 5));
            assertTrue(previous.address() + previous.byteSize() <= block.address());
            previous = block;
        }
    }

    @Test
    void has_no_memory_at_the_chosen_call_only() {
        var poor = new WitnessHeap(2);
        assertFalse(isNull(poor.alloc(LAYOUT)));
        assertTrue(isNull(poor.alloc(LAYOUT)));
        assertFalse(isNull(poor.alloc(LAYOUT)));
        assertEquals("alloc(24, 8) = #1; alloc(24, 8) = NULL; alloc(24, 8) = #2", poor.log());
    }

    @Test
    void has_no_memory_for_sizes_up_to_the_largest() {
        for (long alignment = 1; alignment > 0; alignment *= 2) {
            assertTrue(isNull(heap.alloc(new Layout(Layout.maxSize(alignment), alignment))));
        }
        assertEquals("no block", heap.live());
    }

    @Test
    void refuses_a_block_of_no_bytes() {
        assertThrows(IllegalArgumentException.class, () -> heap.alloc(new Layout(0, 1)));
    }

    @Test
    void swallows_what_is_thrown_but_no_gap() {
        assertEquals("nothing", heap.logAfter(() -> {
            throw new IllegalStateException();
        }));
        assertThrows(Todo.class, () -> heap.logAfter(() -> {
            throw Todo.todo("build it");
        }));
        Todo.takeFirstMet();
    }
}
