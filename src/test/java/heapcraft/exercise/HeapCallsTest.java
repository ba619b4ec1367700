package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HeapCallsTest {

    /// A heap on another one that gets its `realloc` and `allocZeroed` by default.
    private static class Passing implements GlobalAlloc {
        final GlobalAlloc below;

        Passing(GlobalAlloc below) {
            this.below = below;
        }

        @Override public MemorySegment alloc(Layout layout) {
            return below.alloc(layout);
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            below.dealloc(block, layout);
        }
    }

    private static Story story(Function<GlobalAlloc, GlobalAlloc> build) {
        return assertThrows(Story.class, () -> new HeapCalls("var heap = mine();", build).hold());
    }

    @Test
    void a_right_heap_passes_with_ten_seeds() {
        for (int seed = 1; seed <= 10; seed++) {
            System.setProperty(Sequences.SEED, Integer.toString(1000 * seed));
            try {
                new HeapCalls("", Passing::new).hold();
            } finally {
                System.clearProperty(Sequences.SEED);
            }
        }
    }

    @Test
    void zeros_that_are_none_are_named_with_what_they_are() {
        Story story = story(below -> new Passing(below) {
            @Override public MemorySegment allocZeroed(Layout layout) {
                return alloc(layout);
            }
        });
        assertTrue(story.call().endsWith("""
                import heapcraft.exercise.WitnessHeap;
                var heap = mine();   // 64 KiB
                MemorySegment b0 = heap.allocZeroed(new Layout(1, 1));"""), story.call());
        assertEquals("byte 0 of block 0 is A5, not 00  (A5: never written)", story.got());
    }

    @Test
    void a_wrong_layout_is_found_in_the_call_that_passes_it() {
        Story story = story(below -> new Passing(below) {
            @Override public void dealloc(MemorySegment block, Layout layout) {
                below.dealloc(block, new Layout(layout.byteSize() + 1, layout.byteAlignment()));
            }
        });
        assertEquals("dealloc(#1, 2, 1) though it has 1, 1", story.got());
        assertTrue(story.call().endsWith("heap.dealloc(b0, new Layout(1, 1));"), story.call());
    }

    @Test
    void a_leak_is_found_in_the_call_that_leaks() {
        Story story = story(below -> new Passing(below) {
            @Override public void dealloc(MemorySegment block, Layout layout) { }
        });
        assertEquals("alive: #1, after alloc(1, 1) = #1", story.got());
        assertTrue(story.trace().toString().matches("heapcraft-trace 1\nalloc 1 1 1 @[0-9a-f]+\n"),
                () -> "what the heap below saw: " + story.trace());
        assertEquals("alive: 0 blocks", story.wanted());
    }

    @Test
    void an_old_block_that_a_failed_realloc_has_harmed_is_found() {
        Story story = story(below -> new Passing(below) {
            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                MemorySegment moved = super.realloc(block, layout, size);
                if (GlobalAlloc.isNull(moved)) {
                    below.dealloc(block, layout);
                }
                return moved;
            }
        });
        assertEquals("byte 0 of block 0 is DD, not 01  (DD: given back before)", story.got());
    }

    @Test
    void an_exception_is_told_with_its_cause() {
        Story story = story(below -> new Passing(below) {
            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                return block.asSlice(layout.byteSize(), size);
            }
        });
        assertTrue(story.got().startsWith("threw java.lang.IndexOutOfBounds"), story.got());
        assertInstanceOf(IndexOutOfBoundsException.class, story.getCause());
    }

    @Test
    void a_gap_stays_a_gap() {
        assertThrows(Todo.class, () -> new HeapCalls("", below -> new Passing(below) {
            @Override public MemorySegment allocZeroed(Layout layout) {
                throw Todo.todo("give zeros");
            }
        }).hold());
        Todo.takeFirstMet();
    }
}
