package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.view.Scene.Control;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Private part used: what the heap was asked.
class BoxLifeTest {

    private final BoxLife life = new BoxLife();

    private List<String> calls() {
        return life.trace().planned().toString().lines().skip(1).toList();
    }

    @Test
    void the_button_names_the_six_steps_in_order_and_then_rests() {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Control.Button step = (Control.Button) life.scene().controls().getFirst();
            labels.add(step.label());
            assertEquals(i < 6, step.enabled());
            press(life, "step");
        }
        assertEquals(List.of("1. layout", "2. alloc", "3. write", "4. own", "5. drop",
                "6. dealloc", "The life is over"), labels);
    }

    @Test
    void only_alloc_and_dealloc_ask_the_heap_for_a_number() {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            press(life, "step");
            sizes.add(calls().size());
        }
        assertEquals(List.of(0, 1, 1, 1, 1, 2), sizes);
        assertEquals(List.of("alloc 0 4 4", "free 0"), calls());
    }

    @Test
    void write_puts_the_value_into_the_block() {
        press(life, "step", "step", "step");
        assertEquals("2A 00 00 00", fact(life, "bytes there"));
    }

    @Test
    void drop_leaves_the_bytes_and_the_block_and_dealloc_does_not() {
        press(life, "step", "step", "step", "step", "step");
        assertEquals("2A 00 00 00", fact(life, "bytes there"));
        assertEquals(List.of("alloc 0 4 4"), calls());
        press(life, "step");
        assertFalse(fact(life, "bytes there").equals("2A 00 00 00"));
    }

    @Test
    void a_box_owns_the_block_from_own_to_drop() {
        List<String> owners = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            owners.add(fact(life, "owner"));
            press(life, "step");
        }
        owners.add(fact(life, "owner"));
        assertEquals(List.of("nobody", "nobody", "the raw pointer", "the raw pointer", "the box",
                "the raw pointer", "nobody"), owners);
    }

    @Test
    void a_string_has_a_second_block_that_drop_gives_back() {
        set(life, "value", "the string \"hello\"");
        press(life, "step", "step", "step");
        assertEquals(List.of("alloc 0 16 8", "alloc 1 5 1"), calls());
        press(life, "step", "step");
        assertEquals("free 1", calls().getLast());
        press(life, "step");
        assertEquals("free 0", calls().getLast());
    }

    @Test
    void again_begins_a_new_life_with_the_same_value() {
        Scene fresh = set(life, "value", "the string \"hello\"");
        press(life, "step", "step", "step");
        assertEquals(fresh.facts(), press(life, "restart").facts());
        assertEquals(List.of(), calls());
    }

    @Test
    void each_step_says_what_it_was() {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            said.add(press(life, "step").say());
        }
        assertTrue(said.get(0).contains("4 bytes, aligned to 4. No memory yet"), said.get(0));
        assertTrue(said.get(4).contains("for a number there is nothing to do"), said.get(4));
        assertEquals(6, said.stream().distinct().count());
    }
}
