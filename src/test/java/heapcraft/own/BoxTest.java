package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.FailingAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.CheckedAlloc;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.Recorder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoxTest {

    record Nothing() { }

    private final CheckedAlloc heap = new CheckedAlloc(new SystemAlloc());
    private final Drop drop = new Drop();

    @AfterEach
    void nothingLeaks() {
        heap.close();
    }

    @Test
    void a_box_holds_its_value_in_one_block_of_its_heap() {
        try (Box<Integer> box = Box.of(Type.INT, 42, heap)) {
            assertEquals(42, box.get());
            assertEquals(List.of(new Layout(4, 4)),
                    heap.live().stream().map(CheckedAlloc.Live::layout).toList());
        }
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_box_needs_no_heap_named() {
        try (Box<Integer> box = Box.of(Type.INT, 42)) {
            assertEquals(42, box.get());
        }
        Box<Integer> again = Box.fromRaw(Type.INT, Box.of(Type.INT, 43).intoRaw());
        assertEquals(43, again.take());
    }

    @Test
    void closing_drops_the_value_once_and_frees_its_block() {
        Box<Integer> box = Box.of(drop.type, 1, heap);
        box.close();
        box.close();
        assertEquals(List.of(1), drop.dropped);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void the_block_is_freed_even_if_the_destructor_throws() {
        drop.throwing.add(1);
        Box<Integer> box = Box.of(drop.type, 1, heap);
        assertThrows(Drop.Burst.class, box::close);
        box.close();
        assertEquals(List.of(1), drop.dropped);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void setting_drops_the_old_value_and_not_the_new_one() {
        try (Box<Integer> box = Box.of(drop.type, 1, heap)) {
            box.set(2);
            assertEquals(2, box.get());
            assertEquals(List.of(1), drop.dropped);
        }
        assertEquals(List.of(1, 2), drop.dropped);
    }

    @Test
    void taking_the_value_out_frees_the_block() {
        Box<String> box = Box.of(Type.string(heap.asAllocator()), "heap", heap);
        assertEquals("heap", box.take());
        assertEquals(List.of(), heap.live());
        assertSays("emptied by take()", box::get);
    }

    @Test
    void a_value_whose_destructor_throws_is_taken_out_of_its_block_all_the_same() {
        drop.throwing.add(1);
        Box<Integer> box = Box.of(drop.type, 1, heap);
        assertThrows(Drop.Burst.class, box::take);
        assertEquals(List.of(), heap.live());
        assertSays("emptied by take()", box::get);
    }

    @Test
    void taking_an_inner_box_out_keeps_it_open() {
        Type<Box<Integer>> inner = Type.owned();
        Box<Box<Integer>> outer = Box.of(inner, Box.of(Type.INT, 42, heap), heap);
        try (Box<Integer> box = outer.take()) {
            assertEquals(42, box.get());
            assertEquals(1, heap.live().size());
        }
    }

    @Test
    void closing_an_outer_box_closes_the_inner_one() {
        Type<Box<Integer>> inner = Type.owned();
        Box.of(inner, Box.of(drop.type, 1, heap), heap).close();
        assertEquals(List.of(1), drop.dropped);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_box_given_away_frees_and_drops_nothing() {
        Box<Integer> box = Box.of(drop.type, 1, heap);
        MemorySegment raw = box.intoRaw();
        box.close();
        assertEquals(List.of(), drop.dropped);
        assertEquals(1, heap.live().size());
        assertSays("given away by intoRaw()", box::get);
        assertSays("given away by intoRaw()", () -> box.set(2));
        assertSays("given away by intoRaw()", box::intoRaw);
        Box.fromRaw(drop.type, raw, heap).close();
        assertEquals(List.of(1), drop.dropped);
    }

    @Test
    void a_leaked_box_frees_and_drops_nothing() {
        Box<Integer> box = Box.of(drop.type, 1, heap);
        MemorySegment leaked = box.leak();
        box.close();
        assertEquals(1, Type.INT.read(leaked));
        assertEquals(List.of(), drop.dropped);
        assertSays("leaked", box::get);
        heap.dealloc(leaked, new Layout(4, 4));
    }

    @Test
    void a_closed_box_cannot_be_read() {
        Box<Integer> box = Box.of(Type.INT, 1, heap);
        box.close();
        assertSays("closed", box::get);
    }

    @Test
    void a_value_without_size_needs_no_block() {
        var recorder = new Recorder();
        try (Box<Nothing> box = Box.of(Type.struct(Nothing.class), new Nothing(),
                recorder.on(heap))) {
            assertEquals(new Nothing(), box.get());
        }
        assertEquals(List.of(), recorder.trace().events());
    }

    @Test
    void a_box_that_finds_no_memory_makes_no_value() {
        var refusing = FailingAlloc.onlyNth(1, heap);
        assertThrows(OutOfMemoryError.class, () -> Box.of(drop.type, 1, refusing));
        assertEquals(List.of(), drop.dropped);
    }

    @Test
    void a_value_that_cannot_be_written_leaves_no_block_behind() {
        Type<String> noText = Type.string(FailingAlloc.onlyNth(1, heap).asAllocator());
        assertThrows(OutOfMemoryError.class, () -> Box.of(noText, "heap", heap));
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_box_lives_and_dies_on_its_own_heap_only() {
        var recorder = new Recorder();
        Allocator own = recorder.on(heap.asAllocator());
        Box.of(Type.LONG, 1L, own).close();
        assertEquals(List.of(HeapEvent.Alloc.class, HeapEvent.Free.class),
                recorder.trace().events().stream().map(Object::getClass).toList());
    }

    @Test
    void a_block_that_cannot_hold_the_type_makes_no_box() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(16, 16);
            assertRefused(block.asSlice(0, 3));
            assertRefused(block.asSlice(0, 8));
            assertRefused(block.asSlice(2, 4));
            assertRefused(MemorySegment.NULL);
        }
    }

    private void assertRefused(MemorySegment block) {
        assertThrows(IllegalArgumentException.class, () -> Box.fromRaw(Type.INT, block, heap));
    }

    @Test
    void a_block_may_be_larger_than_asked_for_where_the_contract_allows_it() {
        StrictAllocator generous = new StrictAllocator();
        Box<Integer> box = Box.of(drop.type, 1, generous);
        box.set(2);
        Box.fromRaw(drop.type, box.intoRaw(), generous).close();
        assertEquals(List.of(1, 2), drop.dropped);
        generous.requireNothingLive();
    }

    @Test
    void two_boxes_never_share_a_block() {
        try (Box<Integer> one = Box.of(Type.INT, 1, heap);
                Box<Integer> other = Box.of(Type.INT, 1, heap)) {
            other.set(2);
            assertNotEquals(one.get(), other.get());
        }
    }

    private static void assertSays(String why, Runnable use) {
        String said = assertThrows(IllegalStateException.class, use::run).getMessage();
        assertTrue(said.contains(why), said);
    }
}
