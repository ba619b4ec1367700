package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Realloc;
import org.junit.jupiter.api.Test;

/// Private part used: the heap, to compare it with what is said of it.
class ReallocWalkTest {

    private final ReallocWalk walk = new ReallocWalk();

    private long address() {
        return walk.heap().block(0).address();
    }

    @Test
    void a_block_with_a_hole_behind_it_grows_in_place() {
        long before = address();
        Scene scene = press(walk, "grow");
        assertEquals(before, address());
        assertEquals(48, walk.heap().layout(0).byteSize());
        assertEquals("24 → 48 bytes: in place. The hole right behind it had 992 bytes.",
                scene.say());
    }

    @Test
    void a_block_with_a_neighbour_moves_and_is_copied() {
        press(walk, "wall");
        long before = address();
        Scene scene = press(walk, "grow");
        assertNotEquals(before, address());
        assertEquals("24 → 48 bytes: moved, and 24 bytes copied. A block in use, or the heap's end,"
                + " stands right behind it.", scene.say());
        assertEquals("24 bytes", fact(walk, "copied"));
    }

    @Test
    void freeing_the_neighbour_lets_it_grow_in_place_again() {
        press(walk, "wall");
        set(walk, "heap", "0x" + Long.toHexString(walk.heap().block(1).address()));
        long before = address();
        press(walk, "grow");
        assertEquals(before, address());
    }

    @Test
    void block_0_cannot_be_clicked_away() {
        String alert = set(walk, "heap", "0x" + Long.toHexString(address())).alert();
        assertTrue(alert.contains("other than block 0"), alert);
        assertEquals(1, walk.heap().liveNumbers().size());
    }

    @Test
    void a_buddy_stays_while_its_power_of_two_does() {
        set(walk, "design", "buddy");
        long before = address();
        assertEquals("24 → 48 bytes: moved, and 24 bytes copied. Its block has 32 bytes; 48 need"
                + " one of 64.", press(walk, "grow").say());
        assertNotEquals(before, address());
        press(walk, "shrink");
        set(walk, "design", "buddy");
        assertEquals("24 → 12 bytes: moved, and 12 bytes copied. Its block has 32 bytes; 12 need"
                + " one of 16.", press(walk, "shrink").say());
        set(walk, "design", "buddy");
    }

    @Test
    void an_arena_leaves_every_old_block_behind() {
        set(walk, "design", "bump arena");
        press(walk, "grow", "grow");
        assertEquals("2 times", fact(walk, "moved"));
        assertEquals("96 bytes at offset 72", fact(walk, "block 0"));
    }

    @Test
    void a_refused_change_leaves_the_block_as_it_was() {
        press(walk, "wall");
        Scene scene = press(walk, "grow", "grow", "grow", "grow", "grow", "grow");
        assertTrue(scene.say().contains("refused. The old block is as it was."), scene.say());
        assertTrue(scene.alert().startsWith("No place for"), scene.alert());
        assertEquals(fact(walk, "block 0"), walk.heap().layout(0).byteSize() + " bytes at offset "
                + (address() - walk.heap().start()));
    }

    @Test
    void whatever_is_clicked_in_place_means_the_same_address() {
        Click.hold(40, ReallocWalk::new, (clicked, action) -> {
            long before = clicked.heap().block(0).address();
            clicked.on(action);
            clicked.heap().heap().check();
            if (action.control().equals("grow") || action.control().equals("shrink")) {
                Realloc last = (Realloc) clicked.heap().last();
                String say = clicked.scene().say();
                assertEquals(last.address() == HeapEvent.REFUSED, say.contains("refused"), say);
                assertEquals(last.address() == before, say.contains("in place"), say);
                assertEquals(last.address() == HeapEvent.REFUSED,
                        !clicked.scene().alert().isEmpty());
            }
        });
    }
}
