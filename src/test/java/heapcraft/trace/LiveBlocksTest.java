package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveBlocksTest {

    private final LiveBlocks live = new LiveBlocks();

    @Test
    void bytes_are_those_asked_for_in_live_blocks() {
        live.apply(new Alloc(0, new Layout(64, 8)));
        live.apply(new Alloc(1, new Layout(10, 2)));
        assertEquals(74, live.bytes());
        live.apply(new Realloc(1, 30));
        assertEquals(94, live.bytes());
        assertEquals(Map.of(0L, new Layout(64, 8), 1L, new Layout(30, 2)), live.layouts());
        live.apply(new Free(0));
        assertEquals(30, live.bytes());
        live.apply(new Reset());
        assertEquals(0, live.bytes());
    }

    @Test
    void what_was_refused_changes_nothing() {
        live.apply(new Alloc(0, new Layout(64, 8)));
        live.apply(new Alloc(1, new Layout(64, 8), false, HeapEvent.REFUSED));
        live.apply(new Realloc(0, 128, HeapEvent.REFUSED));
        assertEquals(Map.of(0L, new Layout(64, 8)), live.layouts());
        assertEquals(64, live.bytes());
    }

    @Test
    void a_size_that_its_alignment_does_not_allow_is_refused() {
        live.apply(new Alloc(0, new Layout(64, 8)));
        assertThrows(IllegalArgumentException.class,
                () -> live.apply(new Realloc(0, Long.MAX_VALUE)));
        assertEquals(64, live.bytes());
    }
}
