package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;

import heapcraft.alloc.SizeClasses;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeClassStaircaseTest {

    private final SizeClassStaircase stairs = new SizeClassStaircase();

    @Test
    void every_size_gets_the_class_that_the_books_say() {
        for (int size = 1; size <= 1024; size++) {
            long wanted = SizeClasses.byteSize(SizeClasses.indexOf(size));
            set(stairs, "size", size);
            assertEquals(wanted + " bytes, number " + SizeClasses.indexOf(size),
                    fact(stairs, "class"), "size " + size);
            assertEquals(Plural.of(wanted - size, "byte"), fact(stairs, "lost"));
        }
    }

    @Test
    void one_byte_over_a_step_is_the_next_step() {
        set(stairs, "size", 128);
        assertEquals("128 bytes get a block of 128: 0 bytes lost, 0 %.", stairs.scene().say());
        assertEquals("129 bytes get a block of 160: 31 bytes lost, 19 %.",
                press(stairs, "over").say());
        assertEquals("a block of 256, 50 % lost", fact(stairs, "with powers of two"));
    }

    @Test
    void one_more_and_one_less_stop_at_the_ends() {
        set(stairs, "size", 1);
        assertEquals("1 byte", fact(stairs, "wanted"));
        press(stairs, "less");
        press(stairs, "more");
        assertEquals("2 bytes", fact(stairs, "wanted"));
        set(stairs, "size", 1024);
        press(stairs, "more");
        assertEquals("1024 bytes", fact(stairs, "wanted"));
    }

    @Test
    void the_step_in_use_is_the_only_live_one() {
        List<Block> steps = stairs.scene().strips().get(1).picture().pieces().getFirst().blocks();
        assertEquals(List.of("112"), steps.stream().filter(step -> step.state() == State.LIVE)
                .map(Block::label).toList());
        assertEquals("16 32 48 64 80 96 112 128 160 192 224 256 320 384 448 512 640 768 896 1024",
                String.join(" ", steps.stream().map(Block::label).toList()));
        steps.forEach(step -> assertEquals(Long.parseLong(step.label()),
                step.address() + step.byteSize()));
    }

    @Test
    void the_block_is_what_was_wanted_and_what_is_lost() {
        List<Block> block = stairs.scene().strips().getFirst().picture().pieces().getFirst()
                .blocks();
        assertEquals(List.of(100L, 12L), block.stream().map(Block::byteSize).toList());
        assertEquals(State.PADDING, block.getLast().state());
    }
}
