package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Reset;
import heapcraft.trace.LiveBlocks;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Private parts used: both heaps, to compare them with what is shown.
class BumpVersusMallocTest {

    private final BumpVersusMalloc both = new BumpVersusMalloc();

    @Test
    void the_picture_of_4096_bytes_goes_16_then_32_then_reset() {
        assertEquals("0 of 4096 bytes", fact(both, "bump: pointer"));
        assertTrue(press(both, "step").say().contains("+= 16, the pointer moves from 0 to 16"));
        assertTrue(press(both, "step").say().contains("+= 32, the pointer moves from 16 to 48"));
        assertTrue(press(both, "step").say().contains("bump = start"));
        assertEquals("0 of 4096 bytes", fact(both, "bump: pointer"));
    }

    @Test
    void each_button_says_the_step_it_takes_next() {
        for (String next : List.of("alloc(16)", "alloc(32)", "reset", "alloc(16)")) {
            assertEquals("Step: " + next, both.scene().controls().getFirst().label());
            press(both, "step");
        }
    }

    @Test
    void the_close_up_shows_the_same_blocks_where_they_begin() {
        press(both, "step", "step");
        assertEquals(List.of("0 16", "1 32", " 80"), blocks(both.scene().strips().get(2).picture())
                .map(block -> block.label() + " " + block.byteSize()).toList());
        press(both, "requests", "allocRandom");
        assertEquals(128, both.scene().strips().get(2).picture().pieces().getFirst().byteSize());
    }

    @Test
    void the_buttons_for_16_and_32_bytes_ask_both_for_as_much() {
        press(both, "alloc16", "alloc32", "alloc16");
        for (RecordedHeap side : List.of(both.malloc(), both.bump())) {
            assertEquals(List.of(16L, 32L, 16L), side.trace().events().stream()
                    .map(event -> ((Alloc) event).layout().byteSize()).toList());
        }
    }

    @Test
    void a_freed_place_is_used_again_on_the_left_only() {
        press(both, "alloc32", "alloc32");
        long place = both.malloc().block(0).address();
        set(both, "malloc", "0x" + Long.toHexString(place));
        press(both, "alloc32");
        assertEquals(place, both.malloc().block(2).address());
        assertEquals("96 of 4096 bytes", fact(both, "bump: pointer"));
        assertEquals("32 bytes", fact(both, "bump: given back, still taken"));
    }

    @Test
    void a_click_on_either_side_frees_the_block_on_both() {
        press(both, "alloc32", "alloc32");
        set(both, "bump", "0x" + Long.toHexString(both.bump().block(1).address()));
        assertEquals(List.of(0L), both.malloc().liveNumbers());
        assertEquals(List.of(0L), both.bump().liveNumbers());
        assertEquals("There is no block in use.",
                set(both, "bump", "0x" + Long.toHexString(both.bump().start() + 4000)).alert());
    }

    @Test
    void freeing_random_frees_the_same_block_on_both() {
        press(both, "alloc16", "alloc16", "alloc16", "freeRandom");
        assertEquals(2, both.malloc().liveNumbers().size());
        assertEquals(both.malloc().trace().planned(), both.bump().trace().planned());
    }

    @Test
    void ending_a_request_is_a_call_a_block_on_the_left_and_one_call_on_the_right() {
        press(both, "alloc16", "alloc32", "alloc16");
        Scene scene = press(both, "end");
        assertEquals("malloc freed 3 blocks, one call each. Bump: bump = start, one call for all of"
                + " them.", scene.say());
        assertEquals("6", fact(both, "malloc: calls"));
        assertEquals("4", fact(both, "bump: calls"));
    }

    @Test
    void growing_moves_bytes_in_the_arena_and_none_where_a_hole_follows() {
        press(both, "alloc32", "grow");
        assertEquals("0", fact(both, "malloc: bytes moved"));
        assertEquals("32", fact(both, "bump: bytes moved"));
        assertEquals(64, both.malloc().layout(0).byteSize());
        assertEquals("96 of 4096 bytes", fact(both, "bump: pointer"));
    }

    @Test
    void ten_requests_are_ten_resets_and_80_frees() {
        press(both, "requests");
        assertEquals("160", fact(both, "malloc: calls"));
        assertEquals("90", fact(both, "bump: calls"));
        assertEquals(10, both.bump().trace().events().stream().filter(Reset.class::isInstance)
                .count());
    }

    @Test
    void the_system_on_the_left_gets_the_same_requests_and_keeps_none_of_them() {
        press(both, "alloc16", "alloc32", "freeRandom", "alloc16");
        List<String> asked = planned(both.malloc());
        set(both, "left", "malloc of this machine");
        assertEquals(asked, planned(both.malloc()));
        assertEquals("SystemAlloc", both.malloc().heap().toString().replaceFirst("\\W.*", ""));
        RecordedHeap system = both.malloc();
        set(both, "left", "free list");
        assertEquals(List.of(), system.liveNumbers());
        assertEquals(asked, planned(both.malloc()));
    }

    private static List<String> planned(RecordedHeap heap) {
        return heap.trace().planned().toString().lines().toList();
    }

    @Test
    void starting_again_empties_both_and_every_counter() {
        press(both, "alloc16", "requests", "alloc32", "step", "reset");
        assertEquals("0", fact(both, "malloc: calls"));
        assertEquals("0", fact(both, "bump: calls"));
        assertEquals(List.of(), both.malloc().trace().events());
        assertEquals("Step: alloc(16)", both.scene().controls().getFirst().label());
    }

    @Test
    void steps_along_the_list_are_those_of_the_real_heap() {
        press(both, "alloc16", "alloc32", "alloc16");
        set(both, "malloc", "0x" + Long.toHexString(both.malloc().block(1).address()));
        both.malloc().heap().check();
        press(both, "alloc16");
        var alone = new FreeListAlloc(Policy.memory(4096).asSlice(8, 4096), Fit.FIRST);
        RecordedHeap again = RecordedHeap.of(alone);
        long empty = alone.steps();
        both.malloc().trace().planned().events().forEach(again::ask);
        assertEquals(alone.steps() - empty + "", fact(both, "malloc: steps along the list"));
    }

    @Test
    void times_are_called_measured() {
        assertEquals(2, both.scene().facts().stream()
                .filter(fact -> fact.name().endsWith("time measured here, no benchmark")).count());
    }

    @Test
    void whatever_is_clicked_both_pictures_and_counters_are_true() {
        Click.hold(8, BumpVersusMalloc::new, (clicked, action) -> {
            int left = clicked.malloc().refused();
            int right = clicked.bump().refused();
            clicked.on(action);
            clicked.malloc().heap().check();
            clicked.bump().heap().check();
            Scene scene = clicked.scene();
            requireLive(scene.strips().get(0).picture(), clicked.malloc());
            requireLive(scene.strips().get(1).picture(), clicked.bump());
            assertEquals(clicked.malloc().trace().size() + "", fact(clicked, "malloc: calls"));
            assertEquals(clicked.bump().trace().size() + "", fact(clicked, "bump: calls"));
            assertEquals(pointer(clicked) + " of 4096 bytes", fact(clicked, "bump: pointer"));
            if (List.of("step", "alloc16", "alloc32", "allocRandom", "grow")
                    .contains(action.control())) {
                assertEquals(clicked.malloc().refused() > left || clicked.bump().refused() > right,
                        !scene.alert().isEmpty(), scene.alert());
            }
        });
    }

    private static void requireLive(HeapPicture picture, RecordedHeap heap) {
        LiveBlocks live = new LiveBlocks();
        heap.trace().events().forEach(live::apply);
        assertEquals(live.bytes(), blocks(picture).filter(block -> block.state() == State.LIVE)
                .mapToLong(Block::byteSize).sum());
        assertEquals(live.layouts().size(), blocks(picture)
                .filter(block -> block.state() == State.LIVE).count());
    }

    private static Stream<Block> blocks(HeapPicture picture) {
        return picture.pieces().stream().flatMap(piece -> piece.blocks().stream());
    }

    /// Where the pointer must be: behind the last block that was placed since the last reset.
    private static long pointer(BumpVersusMalloc clicked) {
        long end = clicked.bump().start();
        LiveBlocks live = new LiveBlocks();
        for (HeapEvent event : clicked.bump().trace().events()) {
            live.apply(event);
            switch (event) {
                case Alloc alloc when alloc.address() != HeapEvent.REFUSED ->
                        end = alloc.address() + alloc.layout().byteSize();
                case HeapEvent.Realloc realloc when realloc.address() != HeapEvent.REFUSED ->
                        end = realloc.address() + realloc.newSize();
                case Reset _ -> end = clicked.bump().start();
                default -> { }
            }
        }
        return end - clicked.bump().start();
    }

    @Test
    void a_block_that_cannot_grow_is_said_to_be_as_it_was() {
        press(both, "alloc32");
        while (both.bump().refused() == 0) {
            assertEquals("", both.scene().alert());
            press(both, "grow");
        }
        assertEquals("There was no room on one side: there the block is as it was.",
                both.scene().alert());
        assertEquals(32, both.malloc().layout(0).byteSize() - both.bump().layout(0).byteSize());
    }

    @Test
    void a_full_arena_says_that_nothing_comes_back_alone() {
        press(both, "alloc32");
        while (both.bump().refused() == 0) {
            assertFalse(both.scene().alert().contains("full"));
            press(both, "alloc32");
        }
        assertTrue(both.scene().alert().startsWith("The arena is full: 0 of its 4096 bytes are"
                + " left, and 32 were wanted."), both.scene().alert());
    }
}
