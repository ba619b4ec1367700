package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.FailingAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.CheckedAlloc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypeTest {

    record Point(int x, int y) { }

    record Order(byte side, long price, short lots) { }

    record Leg(Point from, Point to, double cost) { }

    record Person(String name, int age, String town) { }

    record Nothing() { }

    private final CheckedAlloc heap = new CheckedAlloc(new SystemAlloc());
    private final Arena arena = Arena.ofConfined();

    private MemorySegment at;

    @BeforeEach
    void dirtyMemoryAtAnOddAddress() {
        at = arena.allocate(129, 64).fill((byte) 0x5A).asSlice(1);
    }

    @AfterEach
    void nothingLeaks() {
        arena.close();
        heap.close();
    }

    static Stream<Arguments> primitives() {
        return Stream.of(
                Arguments.of(Type.BOOLEAN, true, 1), Arguments.of(Type.BYTE, Byte.MIN_VALUE, 1),
                Arguments.of(Type.SHORT, Short.MIN_VALUE, 2), Arguments.of(Type.CHAR, '힙', 2),
                Arguments.of(Type.INT, Integer.MIN_VALUE, 4),
                Arguments.of(Type.LONG, Long.MIN_VALUE, 8),
                Arguments.of(Type.FLOAT, Float.MIN_VALUE, 4),
                Arguments.of(Type.DOUBLE, Math.PI, 8));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    <T> void a_primitive_reads_what_was_written(Type<T> type, T value, long byteSize) {
        type.write(at, value);
        assertEquals(value, type.read(at));
        assertEquals(value, type.read(at, 0));
        assertEquals(new Layout(byteSize, byteSize), type.layout());
    }

    @ParameterizedTest
    @MethodSource("primitives")
    <T> void a_primitive_touches_its_own_bytes_only(Type<T> type, T value, long byteSize) {
        type.write(at, 8, value);
        assertEquals(value, type.read(at.asSlice(8)));
        assertEquals(0x5A, at.get(ValueLayout.JAVA_BYTE, 7));
        assertEquals(0x5A, at.get(ValueLayout.JAVA_BYTE, 8 + byteSize));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    <T> void a_primitive_that_is_replaced_is_the_new_one(Type<T> type, T value) {
        type.replace(at, value);
        assertEquals(value, type.read(at));
    }

    @Test
    void a_type_of_ones_own_reads_what_it_wrote() {
        Type<Point> packed = Type.of(new Layout(2, 1),
                (to, p) -> to.copyFrom(MemorySegment.ofArray(new byte[] {(byte) p.x, (byte) p.y})),
                from -> new Point(from.get(ValueLayout.JAVA_BYTE, 0),
                        from.get(ValueLayout.JAVA_BYTE, 1)));
        packed.write(at, 3, new Point(7, -7));
        assertEquals(new Point(7, -7), packed.read(at, 3));
    }

    @Test
    void a_struct_lies_in_memory_as_in_c() {
        Type<Order> order = Type.struct(Order.class);
        order.write(at, new Order((byte) 1, 2, (short) 3));
        assertEquals(new Layout(24, 8), order.layout());
        assertEquals(1, at.get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(2, at.get(ValueLayout.JAVA_LONG_UNALIGNED, 8));
        assertEquals(3, at.get(ValueLayout.JAVA_SHORT_UNALIGNED, 16));
        assertEquals(new Order((byte) 1, 2, (short) 3), order.read(at));
    }

    @Test
    void a_struct_may_hold_structs() {
        Type<Leg> leg = Type.struct(Leg.class);
        Leg there = new Leg(new Point(1, 2), new Point(3, 4), 5.5);
        leg.write(at, there);
        assertEquals(new Layout(24, 8), leg.layout());
        assertEquals(there, leg.read(at));
    }

    @Test
    void a_struct_without_fields_needs_no_memory() {
        Type<Nothing> nothing = Type.struct(Nothing.class);
        nothing.write(MemorySegment.ofAddress(1), new Nothing());
        assertEquals(new Layout(0, 1), nothing.layout());
        assertEquals(new Nothing(), nothing.read(MemorySegment.ofAddress(1)));
    }

    @Test
    void only_what_owns_something_needs_a_drop() {
        record Named(int key, String name) { }
        for (Type<?> plain : List.of(Type.INT, Type.struct(Leg.class), Type.struct(Nothing.class),
                Type.of(new Layout(1, 1), (to, value) -> { }, from -> 0))) {
            assertFalse(plain.needsDrop(), plain.toString());
        }
        for (Type<?> owning : List.of(Type.STRING, Type.owned(), Type.struct(Named.class),
                Type.INT.onDrop(at -> { }))) {
            assertTrue(owning.needsDrop(), owning.toString());
        }
    }

    @Test
    void a_struct_drops_its_fields_in_the_order_of_declaration() {
        Drop drop = new Drop();
        Type<Point> point = Type.struct(Point.class, drop.type, drop.type);
        point.write(at, new Point(1, 2));
        point.drop(at);
        assertEquals(List.of(1, 2), drop.dropped);
    }

    @Test
    void a_struct_drops_its_other_fields_when_one_destructor_throws() {
        Drop drop = new Drop();
        drop.throwing.addAll(List.of(1, 2));
        Type<Point> point = Type.struct(Point.class, drop.type, drop.type);
        point.write(at, new Point(1, 2));
        Throwable thrown = assertThrows(Drop.Burst.class, () -> point.drop(at));
        assertEquals("destructor of 1", thrown.getMessage());
        assertEquals("destructor of 2", thrown.getSuppressed()[0].getMessage());
        assertEquals(List.of(1, 2), drop.dropped);
    }

    @Test
    void a_struct_that_cannot_be_written_whole_holds_on_to_nothing() {
        var oneString = FailingAlloc.onlyNth(2, heap);
        Type<String> text = Type.string(oneString.asAllocator());
        Type<Person> person = Type.struct(Person.class, text, Type.INT, text);
        assertThrows(OutOfMemoryError.class,
                () -> person.write(at, new Person("Ada", 36, "London")));
        assertEquals(2, oneString.calls());
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_struct_with_owners_hands_them_over_when_taken() {
        record Owner(Box<Integer> box) { }
        Type<Owner> owner = Type.struct(Owner.class, Type.owned());
        owner.write(at, new Owner(Box.of(Type.INT, 42, heap)));
        try (Box<Integer> box = owner.take(at).box) {
            assertEquals(42, box.get());
        }
    }

    @Test
    void a_struct_wants_a_type_for_each_component_or_for_none() {
        assertThrows(IllegalArgumentException.class, () -> Type.struct(Point.class, Type.INT));
        record Odd(Object anything) { }
        String said = assertThrows(IllegalArgumentException.class, () -> Type.struct(Odd.class))
                .getMessage();
        assertTrue(said.contains("anything"), said);
        assertTrue(said.contains("pass one Type for each component"), said);
    }

    @Test
    void a_component_of_the_wrong_class_is_refused_when_it_is_written() {
        Type<Point> wrong = Type.struct(Point.class, Type.INT, Type.DOUBLE);
        assertThrows(ClassCastException.class, () -> wrong.write(at, new Point(1, 2)));
    }

    @Test
    void a_string_owns_a_block_of_its_own() {
        Type<String> text = Type.string(heap.asAllocator());
        text.write(at, "힙 heap");
        assertEquals(new Layout(16, 8), text.layout());
        assertEquals(new Layout(8, 1), heap.live().getFirst().layout());
        assertEquals("힙 heap", text.read(at));
        text.drop(at);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_string_taken_out_is_a_copy_and_its_block_is_freed() {
        Type<String> text = Type.string(heap.asAllocator());
        text.write(at, "heap");
        assertEquals("heap", text.take(at));
        assertEquals(List.of(), heap.live());
    }

    @Test
    void an_empty_string_needs_no_block() {
        Type<String> text = Type.string(heap.asAllocator());
        text.write(at, "");
        assertEquals(List.of(), heap.live());
        assertEquals("", text.read(at));
        text.drop(at);
    }

    @Test
    void an_empty_string_asks_no_heap() {
        StrictAllocator strict = new StrictAllocator();
        Type<String> text = Type.string(strict);
        text.write(at, "");
        text.drop(at);
        assertEquals(0, strict.calls());
    }

    @Test
    void a_string_survives_a_move() {
        Type<String> text = Type.string(heap.asAllocator());
        text.write(at, "heap");
        MemorySegment there = at.asSlice(64, 16).copyFrom(at.asSlice(0, 16));
        at.asSlice(0, 16).fill((byte) 0);
        assertEquals("heap", text.read(there));
        text.drop(there);
    }

    @Test
    void no_number_in_memory_reaches_somebody_elses_bytes() {
        Type<String> text = Type.string(heap.asAllocator());
        MemorySegment secret = heap.alloc(new Layout(8, 1));
        at.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, secret.address());
        at.set(ValueLayout.JAVA_LONG_UNALIGNED, 8, 8);
        assertThrows(IllegalStateException.class, () -> text.read(at));
        assertThrows(IllegalStateException.class, () -> text.drop(at));
        heap.dealloc(secret, new Layout(8, 1));
    }

    @Test
    void a_string_dropped_twice_is_refused() {
        Type<String> text = Type.string(heap.asAllocator());
        text.write(at, "heap");
        text.drop(at);
        assertThrows(IllegalStateException.class, () -> text.drop(at));
    }

    @Test
    void half_a_surrogate_pair_is_no_string() {
        Type<String> text = Type.string(heap.asAllocator());
        assertThrows(IllegalArgumentException.class, () -> text.write(at, "\uD83D"));
    }

    @Test
    void a_string_that_finds_no_memory_says_so() {
        Type<String> text = Type.string(FailingAlloc.onlyNth(1, heap).asAllocator());
        assertThrows(OutOfMemoryError.class, () -> text.write(at, "heap"));
    }

    @Test
    void an_owner_in_memory_is_the_same_owner() {
        Type<Box<Integer>> owned = Type.owned();
        Box<Integer> box = Box.of(Type.INT, 42, heap);
        owned.write(at, box);
        assertSame(box, owned.read(at));
        owned.drop(at);
        assertThrows(IllegalStateException.class, box::get);
        assertThrows(IllegalStateException.class, () -> owned.read(at));
    }

    @Test
    void an_owner_that_fails_to_close_says_why() {
        Type<AutoCloseable> owned = Type.owned();
        owned.write(at, () -> {
            throw new Exception("disk full");
        });
        assertEquals("an owner failed to close: disk full",
                assertThrows(IllegalStateException.class, () -> owned.drop(at)).getMessage());
    }

    @Test
    void a_destructor_runs_before_what_it_stands_in_front_of() {
        List<Object> order = new ArrayList<>();
        Type<Integer> type = Type.INT.onDrop(from -> order.add("inner"))
                .onDrop(from -> order.add("outer"));
        type.write(at, 1);
        type.drop(at);
        type.write(at, 2);
        assertEquals(2, type.take(at));
        assertEquals(List.of("outer", "inner", "outer", "inner"), order);
    }

    @Test
    void a_destructor_that_throws_does_not_keep_the_text_from_being_freed() {
        Type<String> text = Type.string(heap.asAllocator()).onDrop(from -> {
            throw new Drop.Burst(0);
        });
        text.write(at, "dropped");
        assertThrows(Drop.Burst.class, () -> text.drop(at));
        text.write(at, "taken");
        assertThrows(Drop.Burst.class, () -> text.take(at));
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_replaced_value_is_dropped_once_where_it_stood() {
        Drop drop = new Drop();
        List<Long> places = new ArrayList<>();
        Type<Integer> type = drop.type.onDrop(from -> places.add(from.address()));
        type.write(at, 1);
        type.replace(at, 2);
        assertEquals(2, type.read(at));
        assertEquals(List.of(1), drop.dropped);
        assertEquals(List.of(at.address()), places);
    }

    @Test
    void a_value_stays_if_the_next_one_cannot_be_written() {
        var refusing = FailingAlloc.onlyNth(2, heap);
        Type<String> text = Type.string(refusing.asAllocator());
        text.write(at, "old");
        assertThrows(OutOfMemoryError.class, () -> text.replace(at, "new"));
        assertEquals("old", text.take(at));
    }

    @Test
    void a_struct_stays_whole_if_the_next_one_cannot_be_written() {
        Type<String> text = Type.string(FailingAlloc.onlyNth(4, heap).asAllocator());
        Type<Person> person = Type.struct(Person.class, text, Type.INT, text);
        Person ada = new Person("Ada", 36, "London");
        person.write(at, ada);
        assertThrows(OutOfMemoryError.class,
                () -> person.replace(at, new Person("Grace", 85, "New York")));
        assertEquals(ada, person.take(at));
        assertEquals(List.of(), heap.live());
    }

    @Test
    void the_next_value_stays_if_the_old_ones_destructor_throws() {
        Drop drop = new Drop();
        drop.throwing.add(1);
        drop.type.write(at, 1);
        assertThrows(Drop.Burst.class, () -> drop.type.replace(at, 2));
        assertEquals(2, drop.type.read(at));
        assertEquals(List.of(1), drop.dropped);
    }
}
