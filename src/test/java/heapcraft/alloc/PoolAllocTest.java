package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolAllocTest {

    private static final Layout NODE = new Layout(24, 8);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(240, 8);
    private final PoolAlloc pool = new PoolAlloc(memory, NODE);

    @AfterEach
    void close() {
        arena.close();
    }

    private int fill() {
        Set<Long> addresses = new HashSet<>();
        for (MemorySegment node = pool.alloc(NODE); !isNull(node); node = pool.alloc(NODE)) {
            assertTrue(addresses.add(node.address()), "handed out twice: " + node);
        }
        pool.check();
        return addresses.size();
    }

    @Test
    void has_as_many_blocks_as_fit() {
        assertEquals(10, fill());
        assertTrue(pool.isFull());
    }

    @Test
    void after_a_reset_every_block_is_there_once() {
        MemorySegment first = pool.alloc(NODE);
        pool.alloc(NODE);
        pool.dealloc(first, NODE);
        pool.reset();
        assertTrue(pool.isEmpty());
        assertEquals(10, fill());
        pool.reset();
        assertEquals(10, fill());
    }

    @Test
    void the_block_freed_last_is_handed_out_first() {
        MemorySegment first = pool.alloc(NODE);
        MemorySegment second = pool.alloc(NODE);
        pool.dealloc(second, NODE);
        pool.dealloc(first, NODE);
        assertEquals(first.address(), pool.alloc(NODE).address());
        assertEquals(second.address(), pool.alloc(NODE).address());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 9, 23})
    void blocks_have_room_for_the_list(long byteSize) {
        var odd = new PoolAlloc(memory, new Layout(byteSize, 1));
        Layout layout = new Layout(byteSize, 1);
        for (int round = 0; round < 3; round++) {
            MemorySegment a = odd.alloc(layout).fill((byte) -1);
            MemorySegment b = odd.alloc(layout).fill((byte) -1);
            odd.dealloc(a, layout);
            odd.check();
            odd.dealloc(b, layout);
            odd.check();
        }
    }

    @Test
    void a_larger_or_stricter_layout_gets_nothing() {
        assertTrue(isNull(pool.alloc(new Layout(25, 8))));
        assertTrue(isNull(pool.alloc(new Layout(8, 16))));
    }

    @Test
    void refuses_a_pointer_into_a_block() {
        MemorySegment node = pool.alloc(NODE);
        for (long inside = 1; inside < 20; inside++) {
            MemorySegment slice = node.asSlice(inside, 4);
            assertThrows(IllegalArgumentException.class,
                    () -> pool.dealloc(slice, new Layout(4, 1)), "offset " + inside);
        }
    }

    @Test
    void check_names_the_link_that_was_overwritten() {
        MemorySegment first = pool.alloc(NODE);
        MemorySegment second = pool.alloc(NODE);
        pool.dealloc(second, NODE);
        pool.dealloc(first, NODE);
        first.set(ValueLayout.JAVA_LONG, 0, 0xDEADBEEFL);
        var found = assertThrows(IllegalStateException.class, pool::check);
        assertTrue(found.getMessage().contains("at 0xdeadbeef: the list"), found.getMessage());
    }
}
