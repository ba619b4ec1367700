package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.Replay;
import heapcraft.trace.Script;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class MallocHeapTest {

    private static final Layout TEN = new Layout(10, 16);

    private final Brk memory = new Brk(1024);

    /// Takes memory and gives none back; headers of 8 bytes that nobody reads.
    private class Bump implements Malloc {
        @Override public long malloc(long size) {
            long at = memory.grow(size + 23 & -16);
            return at == 0 ? 0 : at + 8;
        }

        @Override public void free(long address) { }

        @Override public long realloc(long address, long size) {
            long moved = malloc(size);
            if (moved != 0) {
                memory.copy(address, moved, Math.min(size, memory.end() - moved));
            }
            return moved;
        }
    }

    @Test
    void a_right_allocator_replays_without_a_broken_law() {
        var script = new Script();
        long block = script.alloc(10, 16);
        script.alloc(24, 8);
        script.realloc(block, 30);
        script.free(block);
        assertEquals(4, Replay.on(new MallocHeap(memory, new Bump())).run(script.trace()).size());
    }

    @Test
    void payloads_are_touched_past_the_counters() {
        MemorySegment block = new MallocHeap(memory, new Bump()).alloc(TEN);
        block.fill((byte) 7);
        assertEquals(0, memory.steps());
        assertEquals(0, block.address() % 16, "as aligned for the machine as for the memory");
        assertEquals(0x0707_0707_0707_0707L, memory.getLong(memory.start() + 8));
    }

    @Test
    void address_0_is_no_memory() {
        assertTrue(GlobalAlloc.isNull(new MallocHeap(memory, new Bump())
                .alloc(new Layout(2000, 16))));
    }

    @Test
    void an_answer_outside_of_the_memory_is_named() {
        var wild = new Bump() {
            @Override public long malloc(long size) {
                return memory.end() + 8;
            }
        };
        assertEquals("malloc(10) = 0x1010, with 10 bytes: there is memory from 0x1008 to 0x1008 only",
                assertThrows(IndexOutOfBoundsException.class,
                        () -> new MallocHeap(memory, wild).alloc(TEN)).getMessage());
    }

    @Test
    void blocks_that_overlap_are_found_by_a_replay() {
        var same = new Bump() {
            @Override public long malloc(long size) {
                return memory.size() == 0 ? super.malloc(size) : memory.start() + 8;
            }
        };
        var script = new Script();
        script.alloc(8, 8);
        script.alloc(8, 8);
        assertThrows(BrokenContract.class,
                () -> Replay.on(new MallocHeap(memory, same)).run(script.trace()));
    }

    @Test
    void a_text_can_speak_of_the_memorys_own_addresses() {
        var heap = new MallocHeap(memory, new Bump());
        String machine = "0x" + Long.toHexString(heap.alloc(TEN).address());
        assertEquals("0x1010 and not 0x20, 010",
                heap.translated(machine + " and not 0x20, 010"));
    }

    @Test
    void realloc_is_the_allocators_own() {
        var heap = new MallocHeap(memory, new Bump());
        MemorySegment block = heap.alloc(TEN);
        block.set(ValueLayout.JAVA_BYTE, 9, (byte) 5);
        assertEquals(5, heap.realloc(block, TEN, 24).get(ValueLayout.JAVA_BYTE, 9));
        assertEquals(24, memory.moved());
    }

    @Test
    void malloc_promises_no_alignment_above_16() {
        assertThrows(IllegalArgumentException.class,
                () -> new MallocHeap(memory, new Bump()).alloc(new Layout(8, 32)));
    }
}
