package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.FailingAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.CheckedAlloc;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.Recorder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VecTest {

    record Nothing() { }

    private final CheckedAlloc heap = new CheckedAlloc(new SystemAlloc());
    private final Recorder recorder = new Recorder();
    private final Drop drop = new Drop();

    @AfterEach
    void nothingLeaks() {
        heap.close();
    }

    private <T> Vec<T> recorded(Type<T> type) {
        return Vec.in(recorder.on(heap), type);
    }

    private List<HeapEvent> events() {
        return recorder.trace().planned().events();
    }

    @SafeVarargs
    private <T> Vec<T> vec(Type<T> type, T... values) {
        Vec<T> vec = Vec.in(heap, type);
        vec.extend(List.of(values));
        return vec;
    }

    private static <T> List<T> list(Vec<T> vec) {
        List<T> list = new ArrayList<>();
        vec.forEach(list::add);
        return list;
    }

    // Growth

    @Test
    void an_empty_vec_has_no_block() {
        try (Vec<Integer> vec = recorded(Type.INT)) {
            assertEquals(0, vec.capacity());
            assertTrue(vec.isEmpty());
        }
        assertEquals(List.of(), events());
    }

    @Test
    void the_first_block_holds_8_bytes_or_4_elements_or_1_large_one() {
        assertEquals(8, capacityAfterOnePush(Type.BYTE, (byte) 1));
        assertEquals(4, capacityAfterOnePush(Type.SHORT, (short) 1));
        assertEquals(4, capacityAfterOnePush(filled(1024), (byte) 1));
        assertEquals(1, capacityAfterOnePush(filled(1025), (byte) 1));
    }

    private static Type<Byte> filled(long byteSize) {
        return Type.of(new Layout(byteSize, 1), MemorySegment::fill,
                at -> at.get(ValueLayout.JAVA_BYTE, 0));
    }

    private <T> long capacityAfterOnePush(Type<T> type, T value) {
        try (Vec<T> vec = vec(type, value)) {
            return vec.capacity();
        }
    }

    @Test
    void capacity_counts_elements_and_the_block_their_bytes() {
        try (Vec<Long> vec = recorded(Type.LONG)) {
            vec.push(1L);
            assertEquals(List.of(new Alloc(0, new Layout(32, 8))), events());
        }
    }

    @Test
    void capacity_doubles_in_one_call_that_names_the_old_layout() {
        try (Vec<Integer> vec = recorded(Type.INT)) {
            for (int i = 0; i < 9; i++) {
                vec.push(i);
            }
            assertEquals(16, vec.capacity());
        }
        assertEquals(List.of(new Alloc(0, new Layout(16, 4)), new Realloc(0, 32),
                new Realloc(0, 64), new Free(0)), events());
    }

    @Test
    void ten_thousand_pushes_ask_the_heap_thirteen_times() {
        try (Vec<Integer> vec = recorded(Type.INT)) {
            for (int i = 0; i < 10_000; i++) {
                vec.push(i);
            }
            assertEquals(13, events().size());
            assertEquals(9_999, vec.get(9_999));
        }
    }

    @Test
    void an_element_keeps_its_address_as_long_as_the_capacity_stays() {
        try (Vec<Integer> vec = vec(Type.INT, 1)) {
            long address = vec.slice().address();
            vec.extend(List.of(2, 3, 4));
            assertEquals(4, vec.capacity());
            assertEquals(address, vec.slice().address());
        }
    }

    @Test
    void reserve_makes_room_for_more_than_asked_and_reserve_exact_does_not() {
        try (Vec<Integer> vec = vec(Type.INT, 1, 2, 3, 4)) {
            vec.reserve(1);
            assertEquals(8, vec.capacity());
            vec.reserve(4);
            assertEquals(8, vec.capacity());
            vec.reserve(100);
            assertEquals(104, vec.capacity());
            vec.reserveExact(101);
            assertEquals(105, vec.capacity());
        }
    }

    @Test
    void no_room_that_cannot_be_is_promised() {
        try (Vec<Long> vec = vec(Type.LONG, 1L); Vec<Nothing> nothings = nothings(1)) {
            assertThrows(IllegalArgumentException.class, () -> vec.reserve(-1));
            assertThrows(IllegalArgumentException.class, () -> vec.reserve(Long.MAX_VALUE));
            assertThrows(IllegalArgumentException.class, () -> vec.reserve(1L << 60));
            // 8 bytes times so many is 2^64 + 8: 8 again, if nobody looks.
            assertThrows(IllegalArgumentException.class, () -> vec.reserve(1L << 61));
            assertThrows(IllegalArgumentException.class, () -> vec.reserveExact(-1));
            assertThrows(IllegalArgumentException.class, () -> nothings.reserve(Long.MAX_VALUE));
            assertEquals(List.of(1L), list(vec));
        }
    }

    @Test
    void shrinking_an_empty_vec_frees_its_block() {
        try (Vec<Integer> vec = recorded(Type.INT)) {
            vec.push(1);
            vec.pop();
            vec.shrinkToFit();
            assertEquals(0, vec.capacity());
            assertEquals(List.of(new Alloc(0, new Layout(16, 4)), new Free(0)), events());
            vec.shrinkToFit();
            vec.push(2);
            assertEquals(2, vec.get(0));
        }
        assertEquals(4, events().size());
    }

    @Test
    void shrinking_keeps_the_elements_and_no_room() {
        try (Vec<Integer> vec = recorded(Type.INT)) {
            vec.extend(List.of(1, 2, 3, 4, 5));
            vec.shrinkToFit();
            assertEquals(5, vec.capacity());
            assertEquals(List.of(1, 2, 3, 4, 5), list(vec));
        }
        assertEquals(List.of(new Alloc(0, new Layout(20, 4)), new Free(0)), events());
    }

    @Test
    void elements_without_size_need_no_block_and_have_endless_room() {
        try (Vec<Nothing> vec = Vec.in(recorder.on(heap), Type.struct(Nothing.class))) {
            vec.push(new Nothing());
            vec.insert(0, new Nothing());
            vec.reserve(1000);
            vec.shrinkToFit();
            vec.sort(Comparator.comparing(Nothing::toString));
            assertEquals(Long.MAX_VALUE, vec.capacity());
            assertEquals(new Nothing(), vec.remove(0));
            assertEquals(1, vec.len());
        }
        assertEquals(List.of(), events());
    }

    private Vec<Nothing> nothings(int count) {
        Vec<Nothing> vec = Vec.in(heap, Type.struct(Nothing.class));
        for (int i = 0; i < count; i++) {
            vec.push(new Nothing());
        }
        return vec;
    }

    @Test
    void a_vec_on_an_arena_asks_nobody_else() {
        try (BumpAllocator arena = new BumpAllocator(1024, heap);
                Vec<Integer> vec = Vec.in(arena, Type.INT)) {
            for (int i = 0; i < 50; i++) {
                vec.push(i);
            }
            assertEquals(1, heap.live().size());
            assertEquals(49, vec.get(49));
        }
    }

    @Test
    void the_heap_gets_back_what_it_gave_and_nothing_else() {
        StrictAllocator strict = new StrictAllocator();
        Vec.in(strict, Type.INT).close();
        Vec.in(strict, Type.struct(Nothing.class)).close();
        try (Vec<Integer> vec = Vec.in(strict, Type.INT)) {
            vec.extend(List.of(1, 2, 3, 4, 5));
            vec.shrinkToFit();
            vec.clear();
            vec.shrinkToFit();
            strict.requireNothingLive();
            vec.push(6);
        }
        strict.requireNothingLive();
    }

    @Test
    void a_vec_needs_no_heap_named() {
        try (Vec<Integer> vec = Vec.of(Type.INT, 1, 2, 3)) {
            assertEquals(List.of(1, 2, 3), list(vec));
        }
    }

    // Elements

    @Test
    void elements_lie_in_a_row_at_their_padded_size() {
        Type<Byte> padded = Type.of(new Layout(6, 4), MemorySegment::fill,
                at -> at.get(ValueLayout.JAVA_BYTE, 5));
        try (Vec<Byte> vec = vec(padded, (byte) 1, (byte) 2)) {
            MemorySegment slice = vec.slice();
            assertEquals(16, slice.byteSize());
            assertEquals(2, slice.get(ValueLayout.JAVA_BYTE, 8));
            assertEquals(2, (int) vec.get(1));
        }
    }

    @Test
    void inserting_and_removing_move_what_lies_behind() {
        try (Vec<Integer> vec = vec(Type.INT, 1, 2, 3, 4)) {
            vec.insert(1, 9);
            assertEquals(List.of(1, 9, 2, 3, 4), list(vec));
            assertEquals(Integer.valueOf(1), vec.remove(0));
            assertEquals(List.of(9, 2, 3, 4), list(vec));
            vec.insert(4, 5);
            assertEquals(Integer.valueOf(9), vec.swapRemove(0));
            assertEquals(List.of(5, 2, 3, 4), list(vec));
            assertEquals(Integer.valueOf(4), vec.swapRemove(3));
            assertEquals("[5, 2, 3]", vec.toString());
        }
    }

    @Test
    void an_index_outside_is_refused_and_named() {
        try (Vec<Integer> vec = vec(Type.INT, 1, 2)) {
            for (long outside : new long[] {-1, 2, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertOutside(outside, () -> vec.get(outside));
                assertOutside(outside, () -> vec.set(outside, 0));
                assertOutside(outside, () -> vec.remove(outside));
                assertOutside(outside, () -> vec.swapRemove(outside));
            }
            assertOutside(-1, () -> vec.insert(-1, 0));
            assertOutside(3, () -> vec.insert(3, 0));
            assertEquals(List.of(1, 2), list(vec));
        }
    }

    private static void assertOutside(long index, Runnable use) {
        String said = assertThrows(IndexOutOfBoundsException.class, use::run).getMessage();
        assertTrue(said.startsWith("index " + index + ": this Vec has 2 elements"), said);
    }

    @Test
    void popping_nothing_is_refused() {
        try (Vec<Integer> vec = vec(Type.INT)) {
            assertThrows(NoSuchElementException.class, vec::pop);
        }
    }

    @Test
    void sorting_moves_bytes_and_writes_nothing() {
        Type<String> text = Type.string(heap.asAllocator());
        try (Vec<String> vec = vec(text, "pear", "fig", "apple", "kiwi")) {
            List<CheckedAlloc.Live> before = heap.live();
            vec.sort(Comparator.comparing(String::length));
            assertEquals(List.of("fig", "pear", "kiwi", "apple"), list(vec));
            assertEquals(before, heap.live());
        }
    }

    @Test
    void an_order_that_throws_leaves_the_elements_as_they_were() {
        try (Vec<Integer> vec = vec(Type.INT, 3, 1, 2)) {
            assertThrows(ArithmeticException.class, () -> vec.sort((a, b) -> a / (b - b)));
            assertThrows(ConcurrentModificationException.class, () -> vec.sort((a, b) -> {
                vec.push(0);
                return a - b;
            }));
            assertEquals(List.of(3, 1, 2), list(vec).subList(0, 3));
        }
    }

    @Test
    void walking_a_vec_that_changes_is_refused() {
        try (Vec<Integer> vec = vec(Type.INT, 1, 2, 3, 4)) {
            for (Runnable change : List.<Runnable>of(() -> vec.push(5), vec::pop,
                    () -> vec.insert(0, 0), () -> vec.remove(0), () -> vec.swapRemove(0),
                    () -> vec.truncate(1), () -> vec.extend(List.of(6)), vec::close)) {
                Iterator<Integer> walk = vec.iterator();
                walk.next();
                change.run();
                assertThrows(ConcurrentModificationException.class, walk::next);
            }
        }
    }

    @Test
    void walking_goes_on_where_the_block_has_moved_to() {
        try (Vec<Integer> vec = vec(Type.INT, 1, 2)) {
            Iterator<Integer> walk = vec.iterator();
            assertEquals(1, walk.next());
            vec.reserve(100);
            assertEquals(2, walk.next());
        }
    }

    @Test
    void walking_ends_after_the_last_element() {
        try (Vec<Integer> vec = vec(Type.INT, 1)) {
            Iterator<Integer> walk = vec.iterator();
            assertEquals(1, walk.next());
            assertFalse(walk.hasNext());
            assertThrows(NoSuchElementException.class, walk::next);
        }
    }

    // Drops

    @Test
    void closing_drops_every_element_once_from_first_to_last() {
        Vec<Integer> vec = vec(drop.type, 1, 2, 3);
        vec.close();
        vec.close();
        assertEquals(List.of(1, 2, 3), drop.dropped);
    }

    @Test
    void every_way_out_of_a_vec_drops_once() {
        try (Vec<Integer> vec = vec(drop.type, 0, 1, 2, 3, 4, 5, 6)) {
            vec.pop();
            vec.remove(0);
            vec.swapRemove(0);
            vec.set(0, 9);
            assertEquals(List.of(6, 0, 1, 5), drop.dropped);
            vec.truncate(2);
            assertEquals(List.of(6, 0, 1, 5, 3, 4), drop.dropped);
            vec.truncate(2);
            vec.clear();
            vec.clear();
        }
        assertEquals(List.of(6, 0, 1, 5, 3, 4, 9, 2), drop.dropped);
    }

    @Test
    void elements_that_need_no_drop_are_not_visited() {
        Type<Integer> free = new Type<>() {
            @Override public Layout layout() {
                return Type.INT.layout();
            }

            @Override public void write(MemorySegment at, Integer value) {
                Type.INT.write(at, value);
            }

            @Override public Integer read(MemorySegment at) {
                return Type.INT.read(at);
            }

            @Override public boolean needsDrop() {
                return false;
            }

            @Override public void drop(MemorySegment at) {
                throw new AssertionError("visited " + read(at));
            }
        };
        Vec<Integer> vec = vec(free, 1, 2, 3);
        vec.truncate(1);
        assertEquals(1, vec.len());
        vec.close();
    }

    @Test
    void a_walk_sees_that_an_element_went_and_another_came() {
        try (Vec<Integer> vec = vec(Type.INT, 1, 2, 3)) {
            Iterator<Integer> walk = vec.iterator();
            vec.push(vec.pop());
            assertThrows(ConcurrentModificationException.class, walk::next);
        }
    }

    @Test
    void growing_and_shrinking_drop_nothing() {
        try (Vec<Integer> vec = vec(drop.type, 1, 2, 3, 4)) {
            vec.reserve(100);
            vec.shrinkToFit();
            vec.sort(Comparator.reverseOrder());
            assertEquals(List.of(), drop.dropped);
        }
    }

    @Test
    void a_destructor_that_throws_does_not_save_the_others() {
        drop.throwing.addAll(List.of(2, 3));
        Vec<Integer> vec = vec(drop.type, 1, 2, 3, 4);
        Throwable thrown = assertThrows(Drop.Burst.class, vec::close);
        assertEquals("destructor of 2", thrown.getMessage());
        assertEquals("destructor of 3", thrown.getSuppressed()[0].getMessage());
        assertEquals(List.of(1, 2, 3, 4), drop.dropped);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void what_a_failed_truncate_dropped_is_not_dropped_again() {
        drop.throwing.add(2);
        try (Vec<Integer> vec = vec(drop.type, 1, 2, 3)) {
            assertThrows(Drop.Burst.class, () -> vec.truncate(1));
            assertEquals(List.of(1), list(vec));
        }
        assertEquals(List.of(2, 3, 1), drop.dropped);
    }

    @Test
    void an_element_whose_destructor_throws_is_gone_all_the_same() {
        drop.throwing.addAll(List.of(1, 2, 5, 6));
        try (Vec<Integer> vec = vec(drop.type, 1, 2, 3, 4, 5, 6)) {
            assertThrows(Drop.Burst.class, vec::pop);
            assertThrows(Drop.Burst.class, () -> vec.remove(0));
            assertThrows(Drop.Burst.class, () -> vec.swapRemove(0));
            assertEquals(List.of(5, 3, 4), list(vec));
            assertThrows(Drop.Burst.class, () -> vec.set(0, 7));
            assertEquals(List.of(7, 3, 4), list(vec));
        }
        assertEquals(List.of(6, 1, 2, 5, 7, 3, 4), drop.dropped);
    }

    @Test
    void the_same_exception_from_two_destructors_is_thrown_once() {
        Drop.Burst same = new Drop.Burst(0);
        Type<Integer> type = Type.INT.onDrop(at -> {
            throw same;
        });
        Vec<Integer> vec = vec(type, 1, 2);
        assertEquals(same, assertThrows(Drop.Burst.class, vec::close));
    }

    @Test
    void a_vec_of_vecs_closes_them() {
        Vec<Vec<Integer>> rows = Vec.in(heap, Type.owned());
        rows.push(vec(drop.type, 1, 2));
        rows.push(vec(drop.type, 3));
        Vec<Integer> first = rows.remove(0);
        rows.close();
        assertEquals(List.of(3), drop.dropped);
        first.close();
        assertEquals(List.of(3, 1, 2), drop.dropped);
    }

    // Failure

    @Test
    void a_vec_that_cannot_grow_is_as_it_was() {
        try (Vec<Integer> vec = Vec.in(FailingAlloc.onlyNth(2, heap), Type.INT)) {
            vec.extend(List.of(1, 2, 3, 4));
            String said = assertThrows(OutOfMemoryError.class, () -> vec.push(5)).getMessage();
            assertTrue(said.contains("byteSize=32"), said);
            assertEquals(4, vec.capacity());
            vec.push(5);
            assertEquals(List.of(1, 2, 3, 4, 5), list(vec));
        }
    }

    @Test
    void an_element_that_cannot_be_written_leaves_no_gap() {
        Type<String> text = Type.string(FailingAlloc.onlyNth(3, heap).asAllocator());
        try (Vec<String> vec = vec(text, "a", "b")) {
            assertThrows(OutOfMemoryError.class, () -> vec.insert(0, "c"));
            assertEquals(List.of("a", "b"), list(vec));
        }
    }

    @Test
    void a_vec_made_of_values_frees_them_if_one_cannot_be_written() {
        Type<String> text = Type.string(FailingAlloc.onlyNth(3, heap).asAllocator());
        assertThrows(OutOfMemoryError.class, () -> Vec.of(text, "a", "b", "c"));
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_closed_vec_says_so() {
        Vec<Integer> vec = vec(Type.INT, 1);
        vec.close();
        for (Runnable use : List.<Runnable>of(() -> vec.push(1), vec::pop, () -> vec.get(0),
                () -> vec.insert(0, 1), vec::clear, () -> vec.reserve(0), vec::shrinkToFit,
                vec::slice, vec::iterator, () -> vec.extend(List.of()))) {
            String said = assertThrows(IllegalStateException.class, use::run).getMessage();
            assertTrue(said.contains("this Vec is closed"), said);
        }
        assertEquals("a closed Vec", vec.toString());
    }
}
