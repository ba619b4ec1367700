package heapcraft.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Bump;
import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {

    /// A heap that works; the tests break one thing each.
    private static class Heap implements GlobalAlloc {
        final GlobalAlloc system = new SystemAlloc();

        @Override public MemorySegment alloc(Layout layout) {
            return system.alloc(layout);
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            system.dealloc(block, layout);
        }

        @Override public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
            return system.realloc(block, layout, newSize);
        }
    }

    private static final Trace TWO_BLOCKS = Trace.parse("""
            heapcraft-trace 1
            alloc 0 64 8
            alloc 1 64 8
            realloc 0 200
            realloc 0 20
            free 1
            free 0
            """);

    private static void assertCaught(GlobalAlloc heap, Trace trace, String event, String why) {
        String said = assertThrows(IllegalStateException.class, () -> Replay.on(heap).run(trace))
                .getMessage();
        assertTrue(said.startsWith(event + ": ") && said.contains(why), said);
    }

    @ParameterizedTest
    @EnumSource
    void a_right_heap_passes_and_gets_every_block_back(Workload workload) {
        try (var heap = new CheckedAlloc(new SystemAlloc())) {
            Trace planned = workload.trace(5, 400);
            Trace placed = Replay.on(heap).afterEach(event -> heap.check()).run(planned);
            assertEquals(planned, placed.planned());
            assertFalse(placed.toString().contains("refused"));
        }
    }

    @Test
    void blocks_that_outlive_the_trace_are_freed() {
        try (var heap = new CheckedAlloc(new SystemAlloc())) {
            Replay.on(heap).run(Trace.parse("heapcraft-trace 1\nalloc 0 64 8\n"));
        }
    }

    @Test
    void a_reset_is_the_arenas_own_or_frees_one_by_one() {
        Trace frames = Workload.FRAMES.trace(1, 500);
        long wanted = frames.events().stream().filter(Reset.class::isInstance).count();
        List<Long> resets = new ArrayList<>();
        try (var arena = new Bump(new SystemAlloc())) {
            Replay.on(arena).withReset(() -> {
                resets.add(arena.allocatedBytes());
                arena.reset();
            }).run(frames);
        }
        assertEquals(wanted, resets.size());
        try (var heap = new CheckedAlloc(new SystemAlloc())) {
            Replay.on(heap).run(frames);
        }
    }

    @Test
    void a_full_heap_refuses_and_the_trace_says_so() {
        try (var full = new BumpAllocator(100, new SystemAlloc())) {
            Trace placed = Replay.on(full).run(TWO_BLOCKS);
            assertEquals(List.of("alloc 1 64 8 refused", "realloc 0 200 refused"),
                    placed.toString().lines().filter(line -> line.endsWith("refused")).toList());
            assertEquals(new Free(0), placed.events().getLast());
            assertEquals(5, placed.size());
        }
    }

    @Test
    void listeners_hear_of_each_event_with_its_address() {
        List<HeapEvent> heard = new ArrayList<>();
        List<HeapEvent> heardToo = new ArrayList<>();
        Trace placed = Replay.on(new SystemAlloc()).afterEach(heard::add).afterEach(heardToo::add)
                .run(TWO_BLOCKS);
        assertEquals(placed.events(), heard);
        assertEquals(placed.events(), heardToo);
        assertTrue(((Alloc) heard.getFirst()).address() > 0);
    }

    @Test
    void a_block_that_is_not_aligned_is_caught() {
        assertCaught(new Heap() {
            @Override public MemorySegment alloc(Layout layout) {
                return system.alloc(new Layout(layout.byteSize() + 1, 16)).asSlice(1);
            }

            @Override public void dealloc(MemorySegment block, Layout layout) { }
        }, Trace.parse("heapcraft-trace 1\nalloc 0 64 8\n"), "event 0, alloc 0 64 8",
                "is not aligned to 8");
    }

    @Test
    void a_block_of_another_size_is_caught() {
        assertCaught(new Heap() {
            @Override public MemorySegment alloc(Layout layout) {
                return system.alloc(new Layout(128, 8));
            }
        }, TWO_BLOCKS, "event 0, alloc 0 64 8", "has 128 bytes, not 64");
    }

    @Test
    void a_block_over_a_live_one_is_caught() {
        for (int shift : new int[] {0, 8, -8, 56, -56}) {
            assertCaught(new Heap() {
                private final MemorySegment all = system.alloc(new Layout(300, 16));
                private int blocks;

                @Override public MemorySegment alloc(Layout layout) {
                    return all.asSlice(96 + blocks++ * shift, layout.byteSize());
                }
            }, TWO_BLOCKS, "event 1, alloc 1 64 8", "overlaps block 0 at 0x");
        }
    }

    @Test
    void a_block_right_beside_a_live_one_is_fine() {
        try (var packed = new BumpAllocator(1000, new SystemAlloc())) {
            Replay.on(packed).run(TWO_BLOCKS);
            assertEquals(64 + 64 + 200 + 20, packed.used());
        }
    }

    @Test
    void a_block_right_below_a_live_one_is_fine_too() {
        Replay.on(new Heap() {
            private final MemorySegment all = system.alloc(new Layout(1024, 16));
            private long top = 1024;

            @Override public MemorySegment alloc(Layout layout) {
                top -= layout.byteSize();
                return all.asSlice(top, layout.byteSize());
            }

            @Override public void dealloc(MemorySegment block, Layout layout) { }
        }).run(Trace.parse("heapcraft-trace 1\nalloc 0 64 8\nalloc 1 64 8\nalloc 2 8 8\n"));
    }

    @Test
    void a_block_that_grows_where_it_stands_is_fine() {
        try (var arena = new Bump(new SystemAlloc())) {
            Trace placed = Replay.on(arena).run(
                    Trace.parse("heapcraft-trace 1\nalloc 0 64 8\nrealloc 0 128\n"));
            assertEquals(((Alloc) placed.events().getFirst()).address(),
                    ((Realloc) placed.events().getLast()).address());
        }
    }

    @Test
    void a_live_block_that_changes_is_caught_when_it_ends() {
        assertCaught(new Heap() {
            private MemorySegment first;

            @Override public MemorySegment alloc(Layout layout) {
                if (first != null) {
                    first.set(ValueLayout.JAVA_BYTE, 63, (byte) 0);
                    return system.alloc(layout);
                }
                return first = system.alloc(layout);
            }
        }, TWO_BLOCKS, "event 2, realloc 0 200", "byte 63 of block 0 is 00, not");
    }

    @Test
    void a_live_block_that_changes_is_caught_when_it_is_freed() {
        assertCaught(new Heap() {
            private MemorySegment second;

            @Override public MemorySegment alloc(Layout layout) {
                return second = system.alloc(layout);
            }

            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                second.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
                return super.realloc(block, layout, size);
            }
        }, TWO_BLOCKS, "event 4, free 1", "byte 0 of block 1 is 00, not");
    }

    @Test
    void a_realloc_that_forgets_the_contents_is_caught() {
        assertCaught(new Heap() {
            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                return system.allocZeroed(new Layout(size, layout.byteAlignment()));
            }
        }, TWO_BLOCKS, "event 2, realloc 0 200", "byte 0 of block 0 is 00, not");
    }

    @Test
    void a_realloc_that_copies_another_block_is_caught() {
        assertCaught(new Heap() {
            private MemorySegment last;

            @Override public MemorySegment alloc(Layout layout) {
                return last = system.alloc(layout);
            }

            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                return system.alloc(new Layout(size, layout.byteAlignment()))
                        .copyFrom(last.asSlice(0, Math.min(layout.byteSize(), size)));
            }
        }, TWO_BLOCKS, "event 2, realloc 0 200", "byte 0 of block 0 is");
    }

    @Test
    void a_realloc_that_copies_from_one_byte_too_far_is_caught() {
        assertCaught(new Heap() {
            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                MemorySegment moved = system.alloc(new Layout(size, layout.byteAlignment()));
                moved.copyFrom(block).copyFrom(block.asSlice(1));
                return moved;
            }
        }, TWO_BLOCKS, "event 2, realloc 0 200", "byte 0 of block 0 is");
    }

    @Test
    void a_failed_realloc_that_touches_the_block_is_caught() {
        assertCaught(new Heap() {
            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                block.set(ValueLayout.JAVA_BYTE, 7, (byte) 0);
                return MemorySegment.NULL;
            }
        }, TWO_BLOCKS, "event 2, realloc 0 200", "byte 7 of block 0 is 00, not");
    }

    @Test
    void a_zeroed_block_that_is_not_is_caught() {
        assertCaught(new Heap() {
            @Override public MemorySegment allocZeroed(Layout layout) {
                return system.alloc(layout).fill((byte) 5);
            }
        }, Trace.parse("heapcraft-trace 1\nalloc 0 64 8 zeroed\n"),
                "event 0, alloc 0 64 8 zeroed", "byte 0 of block 0 is 05, not 00");
    }

    @Test
    void java_null_is_not_null_segment() {
        assertCaught(new Heap() {
            @Override public MemorySegment alloc(Layout layout) {
                return null;
            }
        }, TWO_BLOCKS, "event 0, alloc 0 64 8", "no memory is MemorySegment.NULL");
    }

    @Test
    void an_arena_that_loses_bytes_before_its_reset_is_caught() {
        Heap heap = new Heap();
        List<MemorySegment> blocks = new ArrayList<>();
        Replay spoiled = Replay.on(new Heap() {
            @Override public MemorySegment alloc(Layout layout) {
                blocks.forEach(block -> block.fill((byte) 0));
                blocks.add(heap.alloc(layout));
                return blocks.getLast();
            }
        }).withReset(() -> { });
        assertThrows(IllegalStateException.class, () -> spoiled.run(Workload.FRAMES.trace(1, 200)));
    }
}
