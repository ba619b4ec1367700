package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailingAllocTest {

    private static final Layout WORD = new Layout(8, 8);

    private static List<Boolean> failures(GlobalAlloc heap) {
        return IntStream.range(0, 7).mapToObj(call -> isNull(heap.alloc(WORD))).toList();
    }

    @Test
    void fails_at_every_third_call() {
        assertEquals(List.of(false, false, true, false, false, true, false),
                failures(FailingAlloc.everyNth(3, new SystemAlloc())));
    }

    @Test
    void fails_at_the_third_call_only() {
        assertEquals(List.of(false, false, true, false, false, false, false),
                failures(FailingAlloc.onlyNth(3, new SystemAlloc())));
    }

    @Test
    void every_way_to_get_memory_counts_as_a_call_and_freeing_does_not() {
        var heap = new FailingAlloc(new SystemAlloc(), call -> false);
        MemorySegment block = heap.realloc(heap.alloc(WORD), WORD, 16);
        heap.dealloc(block, new Layout(16, 8));
        heap.dealloc(heap.allocZeroed(WORD), WORD);
        assertEquals(3, heap.calls());
    }
}
