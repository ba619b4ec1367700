package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StackAllocTest {

    private static final Layout WORD = new Layout(8, 8);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(1024, 16);
    private final StackAlloc stack = new StackAlloc(memory);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void the_newest_block_goes_first_and_leaves_nothing_behind() {
        MemorySegment a = stack.alloc(WORD);
        MemorySegment b = stack.alloc(new Layout(1, 1));
        MemorySegment c = stack.alloc(new Layout(64, 64));
        stack.dealloc(c, new Layout(64, 64));
        assertEquals(c.address(), stack.alloc(new Layout(64, 64)).address());
        stack.dealloc(c, new Layout(64, 64));
        stack.dealloc(b, new Layout(1, 1));
        stack.dealloc(a, WORD);
        assertEquals(a.address(), stack.alloc(WORD).address());
    }

    @Test
    void an_older_block_is_free_when_the_newer_ones_are() {
        MemorySegment a = stack.alloc(WORD);
        MemorySegment b = stack.alloc(WORD);
        stack.dealloc(a, WORD);
        assertTrue(stack.alloc(WORD).address() > b.address());
        stack.check();
        MemorySegment c = stack.alloc(WORD);
        stack.dealloc(c, WORD);
        assertEquals(c.address(), stack.alloc(WORD).address());
    }

    @Test
    void the_newest_block_grows_where_it_stands_and_others_move() {
        MemorySegment a = stack.alloc(WORD);
        MemorySegment b = stack.alloc(WORD);
        MemorySegment grown = stack.realloc(b, WORD, 100);
        assertEquals(b.address(), grown.address());
        assertTrue(stack.realloc(a, WORD, 100).address() > grown.address());
        stack.check();
    }

    @Test
    void check_names_the_header_that_was_overwritten() {
        stack.alloc(WORD);
        MemorySegment b = stack.alloc(WORD);
        stack.alloc(WORD);
        memory.set(ValueLayout.JAVA_LONG, b.address() - 8 - memory.address(), 0xDEADBEEFL);
        var found = assertThrows(IllegalStateException.class, stack::check);
        assertTrue(found.getMessage().startsWith("at 0x" + Long.toHexString(b.address())),
                found.getMessage());
    }
}
