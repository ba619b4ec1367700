package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.own.CppNew.BadAlloc;
import heapcraft.trace.CheckedAlloc;
import heapcraft.trace.HeapMisuse;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CppArrayTest {

    private final CheckedAlloc heap = new CheckedAlloc(new SystemAlloc());
    private final CppNew cpp = new CppNew(heap);
    private final Drop drop = new Drop();
    private final CppClass number = CppClass.of("Number", Type.INT.layout())
            .withDestructor(drop.type::drop);

    @AfterEach
    void nothingLeaks() {
        heap.close();
    }

    private CppArray numbers(long count) {
        return CppArray.create(cpp, number, count, (at, i) -> Type.INT.write(at, (int) i));
    }

    @Test
    void the_cookie_lies_right_before_the_first_object() {
        CppArray array = numbers(3);
        assertEquals(8 + 3 * 4, array.block().byteSize());
        assertEquals(array.block().address() + 8, array.first().address());
        assertEquals(3, array.block().get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
        assertEquals(2, Type.INT.read(array.object(2)));
        array.delete();
    }

    @Test
    void a_wide_class_gets_a_wide_cookie() {
        CppClass wide = CppClass.of("Wide", new Layout(32, 32)).withDestructor(at -> { });
        CppArray array = CppArray.create(cpp, wide, 2, (at, i) -> { });
        assertEquals(0, array.first().address() % 32);
        assertEquals(array.block().address() + 32, array.first().address());
        assertEquals(2, array.block().get(ValueLayout.JAVA_LONG_UNALIGNED, 24));
        array.delete();
    }

    @Test
    void a_trivial_destructor_saves_the_cookie() {
        CppArray array = CppArray.create(cpp, CppClass.of("int", Type.INT.layout()), 3,
                (at, i) -> { });
        assertEquals(12, array.block().byteSize());
        assertEquals(array.block().address(), array.first().address());
        assertThrows(IllegalStateException.class, array::count);
        array.delete();
    }

    @Test
    void objects_lie_at_their_padded_size() {
        CppClass odd = CppClass.of("Odd", new Layout(6, 4));
        CppArray array = CppArray.create(cpp, odd, 3, (at, i) -> at.fill((byte) i));
        assertEquals(3 * 8, array.block().byteSize());
        assertEquals(array.first().address() + 2 * 8, array.object(2).address());
        assertEquals(6, array.object(2).byteSize());
        array.delete();
    }

    @Test
    void objects_are_destroyed_from_last_to_first() {
        numbers(3).delete();
        assertEquals(List.of(2, 1, 0), drop.dropped);
    }

    @Test
    void delete_believes_the_cookie() {
        CppArray array = numbers(3);
        array.block().set(ValueLayout.JAVA_LONG_UNALIGNED, 0, 2);
        array.delete();
        assertEquals(List.of(1, 0), drop.dropped);
    }

    @Test
    void a_constructor_that_throws_undoes_the_finished_ones() {
        assertThrows(Drop.Burst.class, () -> CppArray.create(cpp, number, 5, (at, i) -> {
            if (i == 3) {
                throw new Drop.Burst(3);
            }
            Type.INT.write(at, (int) i);
        }));
        assertEquals(List.of(2, 1, 0), drop.dropped);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_destructor_that_throws_does_not_keep_the_block() {
        drop.throwing.add(1);
        CppArray array = numbers(3);
        assertThrows(Drop.Burst.class, array::delete);
        assertEquals(List.of(2, 1, 0), drop.dropped);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void an_array_of_no_objects_is_a_block_all_the_same() {
        CppArray none = CppArray.create(cpp, CppClass.of("int", Type.INT.layout()), 0,
                (at, i) -> { });
        assertEquals(1, heap.live().size());
        none.delete();
    }

    @Test
    void a_length_that_cannot_be_is_bad() {
        // 4 bytes times the last one is 2^64 + 4: 4 again, if nobody looks.
        for (long length : new long[] {-1, Long.MAX_VALUE, Long.MAX_VALUE / 4, (1L << 62) + 1}) {
            String said = assertThrows(BadAlloc.class, () -> numbers(length)).getMessage();
            assertTrue(said.startsWith("std::bad_array_new_length: Number[" + length + "]"), said);
        }
    }

    @Test
    void delete_without_brackets_frees_the_wrong_address() {
        CppArray array = numbers(3);
        HeapMisuse misuse = assertThrows(HeapMisuse.class, () -> cpp.delete(array.first(), number));
        assertEquals(HeapMisuse.Kind.FOREIGN_FREE, misuse.kind());
        assertTrue(misuse.getMessage().contains("is 8 bytes inside the block"),
                misuse.getMessage());
        array.delete();
    }
}
