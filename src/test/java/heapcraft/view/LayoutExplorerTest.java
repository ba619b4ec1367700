package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heapcraft.alloc.CStruct;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.State;
import heapcraft.view.Scene.Control;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutExplorerTest {

    private final LayoutExplorer explorer = new LayoutExplorer(CStruct.of(
            JAVA_BYTE.withName("side"), JAVA_LONG.withName("price"), JAVA_BYTE.withName("lots")));

    private static List<String> fields(Simulator explorer) {
        return ((Control.Order) explorer.scene().controls().getFirst()).items();
    }

    /// The blocks of one struct, such as `side 0+1`.
    private static List<String> blocks(Simulator explorer) {
        return explorer.scene().strips().getFirst().picture().pieces().getFirst().blocks().stream()
                .map(b -> (b.state() == State.PADDING ? "-" : b.label()) + " " + b.address() + "+"
                        + b.byteSize()).toList();
    }

    @Test
    void each_field_stands_at_its_offset_and_the_rest_is_padding() {
        assertEquals(List.of("side 0+1", "- 1+7", "price 8+8", "lots 16+1", "- 17+7"),
                blocks(explorer));
        assertEquals("24 bytes", fact(explorer, "size"));
        assertEquals("8", fact(explorer, "alignment"));
        assertEquals("14 bytes", fact(explorer, "padding"));
        assertEquals("6 bytes", fact(explorer, "least padding of any order"));
        assertEquals("24000 bytes", fact(explorer, "an array of 1000"));
        assertEquals("price must stand at a multiple of 8: 7 bytes of padding before it.",
                explorer.scene().say());
    }

    @Test
    void another_order_is_another_struct() {
        set(explorer, "fields", "side: byte\nlots: byte\nprice: long");
        assertEquals(List.of("side 0+1", "lots 1+1", "- 2+6", "price 8+8"), blocks(explorer));
        assertEquals("16 bytes", fact(explorer, "size"));
    }

    @Test
    void the_largest_alignment_first_leaves_only_the_end_to_pad() {
        Scene scene = press(explorer, "aligned");
        assertEquals(List.of("price: long", "side: byte", "lots: byte"), fields(explorer));
        assertEquals("Only the end is padded, by 6 bytes: the next struct in a row must be aligned,"
                + " too.", scene.say());
    }

    @Test
    void as_declared_is_the_way_back() {
        Scene before = explorer.scene();
        press(explorer, "aligned");
        assertEquals(before, press(explorer, "declared"));
    }

    @Test
    void fields_cannot_be_lost_or_made_up() {
        for (String wrong : List.of("side: byte\nprice: long",
                "side: byte\nprice: long\nprice: long", "side: byte\nprice: long\nlots: int")) {
            assertThrows(IllegalArgumentException.class, () -> set(explorer, "fields", wrong));
        }
        assertEquals(List.of("side: byte", "price: long", "lots: byte"), fields(explorer));
        assertThrows(IllegalArgumentException.class, () -> new LayoutExplorer(
                CStruct.of(JAVA_INT.withName("twice"), JAVA_INT.withName("twice"))));
    }

    @Test
    void whatever_the_order_the_struct_is_what_c_makes_of_it() {
        Click.hold(40, LayoutExplorer::new, (clicked, action) -> {
            clicked.on(action);
            long offset = 0;
            long alignment = 1;
            for (String field : fields(clicked)) {
                long size = switch (field.replaceFirst(".*: ", "")) {
                    case "byte", "boolean" -> 1;
                    case "short" -> 2;
                    case "int" -> 4;
                    default -> 8;
                };
                offset = (offset + size - 1) / size * size;
                assertEquals(offset, place(clicked, field).address(), field);
                offset += size;
                alignment = Math.max(alignment, size);
            }
            assertEquals((offset + alignment - 1) / alignment * alignment + " bytes",
                    fact(clicked, "size"));
        });
    }

    private static Block place(Simulator explorer, String field) {
        return explorer.scene().strips().getFirst().picture().pieces().getFirst().blocks().stream()
                .filter(block -> block.label().equals(field.replaceFirst(":.*", ""))).findFirst()
                .orElseThrow();
    }

    @Test
    void two_in_a_row_are_two_aligned_structs() {
        List<Block> two = explorer.scene().strips().get(1).picture().pieces().getFirst().blocks();
        assertEquals(List.of(8L, 32L), two.stream().filter(block -> block.label().equals("price"))
                .map(Block::address).toList());
    }

    @Test
    void the_code_makes_the_same_struct() throws Exception {
        press(explorer, "aligned");
        assertEquals("Layout[byteSize=16, byteAlignment=8] 6",
                PastedCode.result(explorer.scene().code()
                        + "return struct.layout() + \" \" + struct.padding();"));
    }
}
