package heapcraft.view;

import static heapcraft.view.HeapPicture.State.BUMP;
import static heapcraft.view.HeapPicture.State.FREE;
import static heapcraft.view.HeapPicture.State.HEADER;
import static heapcraft.view.HeapPicture.State.HOLE;
import static heapcraft.view.HeapPicture.State.LIVE;
import static heapcraft.view.HeapPicture.State.PADDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Bump;
import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.StackAlloc;
import heapcraft.alloc.SystemAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.trace.Recorder;
import heapcraft.trace.Trace;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapPictureTest {

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(512, 4096);
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        arena.close();
    }

    private static Layout of(long byteSize) {
        return new Layout(byteSize, 8);
    }

    /// The blocks, each as its size, state and label.
    private static List<String> told(HeapPicture picture) {
        return picture.blocks().map(block -> (block.byteSize() + " " + block.state() + " "
                + block.label()).strip()).toList();
    }

    private List<String> told(Walkable heap) {
        return told(HeapPicture.of(heap, recorder.trace()));
    }

    @Test
    void headers_and_padding_are_told_apart() {
        var heap = new FreeListAlloc(memory, Fit.FIRST);
        recorder.on(heap).alloc(of(20));
        assertEquals(List.of("8 HEADER", "20 LIVE 0", "4 PADDING", "464 FREE"), told(heap));
    }

    @Test
    void a_header_in_front_of_which_a_block_is_aligned_is_not_padding() {
        var heap = new StackAlloc(memory);
        recorder.on(heap).alloc(of(8));
        recorder.on(heap).alloc(new Layout(8, 64));
        assertEquals(List.of("16 HEADER", "8 LIVE 0", "24 PADDING", "16 HEADER", "8 LIVE 1",
                "440 FREE"), told(heap));
    }

    @Test
    void a_hole_was_used_and_what_is_free_was_not() {
        var heap = new FreeListAlloc(memory, Fit.FIRST);
        GlobalAlloc recorded = recorder.on(heap);
        MemorySegment first = recorded.alloc(of(40));
        recorded.alloc(of(40));
        MemorySegment last = recorded.alloc(of(40));
        recorded.dealloc(first, of(40));
        recorded.dealloc(last, of(40));
        assertEquals(List.of("48 HOLE", "8 HEADER", "40 LIVE 1", "400 FREE"), told(heap));
        assertEquals("free 0", HeapPicture.of(heap, recorder.trace()).pieces().getFirst().blocks()
                .getFirst().madeBy());
    }

    @Test
    void what_an_arena_cannot_take_back_alone_is_told_from_padding() {
        var heap = new BumpAllocator(memory);
        GlobalAlloc recorded = recorder.on(heap);
        MemorySegment first = recorded.alloc(of(20));
        recorded.alloc(of(8));
        recorded.dealloc(first, of(20));
        assertEquals(List.of("20 BUMP 0", "4 PADDING", "8 LIVE 1", "480 FREE"), told(heap));
        heap.reset();
        recorder.reset();
        assertEquals(List.of("512 FREE"), told(heap));
        recorded.alloc(new Layout(1, 1));
        recorded.alloc(new Layout(16, 16));
        assertEquals(List.of("1 LIVE 2", "15 PADDING", "16 LIVE 3", "480 FREE"), told(heap));
    }

    @Test
    void a_dead_block_under_a_live_one_is_held_by_its_stack() {
        var heap = new StackAlloc(memory);
        GlobalAlloc recorded = recorder.on(heap);
        MemorySegment first = recorded.alloc(of(24));
        recorded.alloc(of(8));
        recorded.dealloc(first, of(24));
        assertEquals(List.of("16 HEADER", "24 BUMP 0", "16 HEADER", "8 LIVE 1", "448 FREE"),
                told(heap));
    }

    @Test
    void each_chunk_of_an_arena_is_a_piece() {
        try (var heap = new Bump(new SystemAlloc())) {
            GlobalAlloc recorded = recorder.on((GlobalAlloc) heap);
            recorded.alloc(of(500));
            recorded.alloc(of(500));
            HeapPicture picture = HeapPicture.of(heap, recorder.trace());
            assertEquals(List.of(512L, 1024L),
                    picture.pieces().stream().map(Piece::byteSize).toList());
            assertEquals(List.of("500 LIVE 0", "12 PADDING", "500 LIVE 1", "524 FREE"),
                    told(picture));
        }
    }

    @Test
    void a_resized_block_says_what_resized_it() {
        var heap = new FreeListAlloc(memory, Fit.FIRST);
        GlobalAlloc recorded = recorder.on(heap);
        recorded.realloc(recorded.alloc(of(24)), of(24), 40);
        Block live = HeapPicture.of(heap, recorder.trace()).blocks()
                .filter(block -> block.state() == LIVE).findFirst().orElseThrow();
        assertEquals("realloc 0 40", live.madeBy());
        assertEquals(40, live.byteSize());
    }

    @Test
    void a_block_that_nobody_recorded_has_no_name() {
        var heap = new FreeListAlloc(memory, Fit.FIRST);
        heap.alloc(of(24));
        assertEquals(List.of("8 HEADER", "24 LIVE", "464 FREE"), told(heap));
    }

    @Test
    void a_heap_that_has_no_block_where_one_was_recorded_is_not_drawn() {
        var heap = new FreeListAlloc(memory, Fit.FIRST);
        heap.dealloc(recorder.on(heap).alloc(of(24)), of(24));
        String message = assertThrows(IllegalStateException.class, () -> told(heap)).getMessage();
        assertTrue(message.startsWith("block 0 at 0x") && message.contains("behind the recorder's"
                + " back"), message);
    }

    @Test
    void by_addresses_alone_blocks_far_apart_are_in_pieces() {
        Trace trace = Trace.parse("""
                heapcraft-trace 1
                alloc 0 64 8 @10000
                alloc 1 32 8 @10050
                alloc 2 16 8 @20000
                free 0
                """);
        HeapPicture picture = HeapPicture.of(trace);
        assertEquals(List.of(0x10000L, 0x20000L), picture.pieces().stream().map(Piece::start)
                .toList());
        assertEquals(List.of("64 HOLE", "16 PADDING", "32 LIVE 1", "16 LIVE 2"), told(picture));
    }

    @Test
    void blocks_that_overlap_are_drawn_once_each_byte() {
        HeapPicture picture = HeapPicture.of(Trace.parse("""
                heapcraft-trace 1
                alloc 0 64 8 @10000
                alloc 1 64 8 @10020
                alloc 2 8 8 @10008
                """));
        assertEquals(List.of("64 LIVE 0", "32 LIVE 1"), told(picture));
    }

    @Test
    void a_trace_that_was_never_run_is_refused_with_what_to_do() {
        Trace planned = Trace.parse("heapcraft-trace 1\nalloc 0 64 8\n");
        String message = assertThrows(IllegalArgumentException.class,
                () -> HeapPicture.of(planned)).getMessage();
        assertTrue(message.contains("'alloc 0 64 8' has no address"), message);
    }

    @Test
    void what_was_refused_is_not_in_the_picture() {
        assertEquals("No memory.", HeapPicture.of(Trace.parse(
                "heapcraft-trace 1\nalloc 0 64 8 refused\n")).summary());
    }

    @Test
    void a_piece_with_a_gap_or_an_empty_block_is_refused() {
        Block first = new Block(0, 8, LIVE, "", "");
        assertThrows(IllegalArgumentException.class,
                () -> new Piece(0, 24, List.of(first, new Block(16, 8, FREE, "", ""))));
        assertThrows(IllegalArgumentException.class, () -> new Piece(0, 16, List.of(first)));
        assertThrows(IllegalArgumentException.class,
                () -> new Piece(0, 8, List.of(first, new Block(8, 0, HEADER, "", ""))));
    }

    @Test
    void counts_are_those_of_the_blocks() {
        HeapPicture picture = new HeapPicture(List.of(new Piece(0, 100, List.of(
                new Block(0, 10, HEADER, "", ""), new Block(10, 20, LIVE, "a", ""),
                new Block(30, 5, PADDING, "", ""), new Block(35, 25, HOLE, "", ""),
                new Block(60, 10, BUMP, "b", ""), new Block(70, 30, FREE, "", "")))));
        assertEquals("100 bytes: 1 block in use with 20 bytes, 1 freed, 55 bytes free, the"
                + " largest stretch 30.", picture.summary());
        assertEquals(30, picture.largestFree());
    }
}
