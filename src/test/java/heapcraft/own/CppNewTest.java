package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.FailingAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.own.CppNew.BadAlloc;
import heapcraft.trace.CheckedAlloc;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CppNewTest {

    private static final Layout INT = Type.INT.layout();

    private final CheckedAlloc heap = new CheckedAlloc(new SystemAlloc());
    private final CheckedAlloc pool = new CheckedAlloc(new SystemAlloc());
    private final CppNew cpp = new CppNew(heap);
    private final List<String> steps = new ArrayList<>();

    @AfterEach
    void nothingLeaks() {
        heap.close();
        pool.close();
    }

    @Test
    void new_allocates_then_constructs_and_delete_goes_the_other_way() {
        MemorySegment p = cpp.create(INT, at -> {
            steps.add("construct in " + heap.live().size() + " block");
            Type.INT.write(at, 42);
        });
        assertEquals(42, Type.INT.read(p));
        cpp.delete(p, INT, at -> steps.add("destroy " + Type.INT.read(at) + " in "
                + heap.live().size() + " block"));
        assertEquals(List.of("construct in 1 block", "destroy 42 in 1 block"), steps);
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_constructor_that_throws_gives_its_memory_back() {
        RuntimeException fault = new RuntimeException("constructor");
        assertSame(fault, assertThrows(RuntimeException.class, () -> cpp.create(INT, at -> {
            throw fault;
        })));
        assertEquals(List.of(), heap.live());
    }

    @Test
    void a_destructor_that_throws_gives_its_memory_back() {
        MemorySegment p = cpp.create(INT, at -> { });
        assertThrows(Drop.Burst.class, () -> cpp.delete(p, INT, at -> {
            throw new Drop.Burst(0);
        }));
        assertEquals(List.of(), heap.live());
    }

    @Test
    void without_memory_no_constructor_runs() {
        CppNew poor = new CppNew(FailingAlloc.onlyNth(1, heap));
        String said = assertThrows(BadAlloc.class,
                () -> poor.create(INT, at -> steps.add("construct"))).getMessage();
        assertTrue(said.startsWith("std::bad_alloc: no memory for"), said);
        assertEquals(List.of(), steps);
    }

    @Test
    void deleting_null_does_nothing() {
        cpp.delete(MemorySegment.NULL, INT, at -> steps.add("destroy"));
        assertEquals(List.of(), steps);
    }

    @Test
    void a_class_without_operator_new_asks_the_global_one() {
        CppClass point = CppClass.of("Point", INT).withDestructor(at -> steps.add("destroy"));
        MemorySegment p = cpp.create(point, at -> steps.add("construct"));
        assertEquals(1, heap.live().size());
        cpp.delete(p, point);
        assertEquals(List.of("construct", "destroy"), steps);
    }

    @Test
    void a_class_with_operator_new_asks_its_own() {
        CppClass particle = CppClass.of("Particle", INT).withOperatorNew(pool);
        MemorySegment p = cpp.create(particle, at -> { });
        assertEquals(List.of(0, 1), List.of(heap.live().size(), pool.live().size()));
        cpp.delete(p, particle);
        assertEquals(List.of(), pool.live());
    }

    @Test
    void a_class_with_operator_new_gets_its_memory_back_when_its_constructor_throws() {
        CppClass particle = CppClass.of("Particle", INT).withOperatorNew(pool);
        assertThrows(Drop.Burst.class, () -> cpp.create(particle, at -> {
            throw new Drop.Burst(0);
        }));
        assertEquals(List.of(), pool.live());
    }

    @Test
    void an_array_of_such_a_class_still_asks_the_global_one() {
        CppClass particle = CppClass.of("Particle", INT).withOperatorNew(pool);
        CppArray particles = CppArray.create(cpp, particle, 3, (at, i) -> { });
        assertEquals(List.of(1, 0), List.of(heap.live().size(), pool.live().size()));
        particles.delete();
    }
}
