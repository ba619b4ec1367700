package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `CStruct` against the JDK: `structLayout` takes no padding that is wrong, and computes the
/// offsets by itself.
class CStructTest {

    private static final List<MemoryLayout> C_TYPES = List.of(JAVA_BYTE, JAVA_SHORT, JAVA_INT,
            JAVA_LONG, JAVA_DOUBLE, ADDRESS, MemoryLayout.sequenceLayout(3, JAVA_BYTE),
            MemoryLayout.structLayout(JAVA_INT, JAVA_SHORT, MemoryLayout.paddingLayout(2)));

    record Order(byte side, long price, short lots) { }

    record Mixed(boolean flag, char letter, float rate, double total, MemorySegment next,
                 Order order) { }

    record Named(String name) { }

    @Test
    void random_structs_have_the_offsets_that_the_jdk_finds() {
        for (int seed = 0; seed < 2000; seed++) {
            MemoryLayout[] types = randomTypes(new Random(seed));
            CStruct struct = CStruct.of(types);
            StructLayout jdk = struct.toMemoryLayout();
            for (int i = 0; i < types.length; i++) {
                assertEquals(jdk.byteOffset(PathElement.groupElement("f" + i)),
                        struct.fields().get(i).offset(), "seed " + seed + ", field " + i);
            }
            assertEquals(Layout.of(jdk), struct.layout(), "seed " + seed);
        }
    }

    @Test
    void the_size_is_a_multiple_of_the_alignment_and_no_padding_is_a_whole_alignment() {
        for (int seed = 0; seed < 2000; seed++) {
            CStruct struct = CStruct.of(randomTypes(new Random(seed)));
            assertEquals(0, struct.layout().byteSize() % struct.layout().byteAlignment());
            long end = 0;
            for (CStruct.Field field : struct.fields()) {
                assertTrue(field.offset() >= end, "seed " + seed);
                assertTrue(field.offset() - end < field.layout().byteAlignment(), "seed " + seed);
                assertEquals(0, field.offset() % field.layout().byteAlignment(), "seed " + seed);
                end = field.offset() + field.layout().byteSize();
            }
            assertTrue(struct.layout().byteSize() - end < struct.layout().byteAlignment());
        }
    }

    @Test
    void a_record_becomes_the_struct_that_c_would_make() {
        CStruct order = CStruct.of(Order.class);
        assertEquals(new Layout(24, 8), order.layout());
        assertEquals(List.of(0L, 8L, 16L),
                order.fields().stream().map(CStruct.Field::offset).toList());
        assertEquals(13, order.padding());
    }

    @Test
    void a_record_within_a_record_becomes_a_struct_within_the_struct() {
        CStruct mixed = CStruct.of(Mixed.class);
        StructLayout jdk = mixed.toMemoryLayout();
        assertEquals(24, jdk.byteOffset(PathElement.groupElement("order")));
        assertEquals(32, jdk.byteOffset(PathElement.groupElement("order"),
                PathElement.groupElement("price")));
        assertEquals(JAVA_CHAR.withName("letter"), jdk.select(PathElement.groupElement("letter")));
        assertEquals(new Layout(48, 8), mixed.layout());
    }

    @Test
    void refuses_a_component_without_a_c_type_by_name() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> CStruct.of(Named.class));
        assertTrue(refusal.getMessage().contains("name"), refusal.getMessage());
    }

    @Test
    void reordering_saves_the_padding_of_the_order() {
        CStruct order = CStruct.of(Order.class).reordered();
        assertEquals(new Layout(16, 8), order.layout());
        assertEquals(List.of("price", "lots", "side"),
                order.fields().stream().map(field -> field.type().name().orElseThrow()).toList());
    }

    @Test
    void no_order_is_smaller_than_the_reordered_one() {
        for (int seed = 0; seed < 50; seed++) {
            List<MemoryLayout> types = new ArrayList<>(List.of(randomTypes(new Random(seed))));
            long reordered = CStruct.of(types.toArray(MemoryLayout[]::new)).reordered()
                    .layout().byteSize();
            for (int shuffle = 0; shuffle < 100; shuffle++) {
                Collections.shuffle(types, new Random(shuffle));
                long other = CStruct.of(types.toArray(MemoryLayout[]::new)).layout().byteSize();
                assertTrue(reordered <= other, "seed " + seed + ": " + types);
            }
        }
    }

    @Test
    void layouts_need_no_names() {
        CStruct struct = CStruct.of(new Layout(1, 1), new Layout(4, 4), new Layout(1, 1));
        assertEquals(new Layout(12, 4), struct.layout());
        assertEquals(8, struct.fields().get(2).offset());
    }

    @Test
    void a_struct_without_fields_has_no_bytes() {
        assertEquals(new Layout(0, 1), CStruct.of(new Layout[0]).layout());
    }

    @Test
    void refuses_a_struct_that_is_too_large() {
        assertThrows(IllegalArgumentException.class,
                () -> CStruct.of(new Layout(Long.MAX_VALUE, 1), new Layout(1, 1)));
    }

    private static MemoryLayout[] randomTypes(Random random) {
        return IntStream.range(0, 1 + random.nextInt(7))
                .mapToObj(i -> C_TYPES.get(random.nextInt(C_TYPES.size())).withName("f" + i))
                .toArray(MemoryLayout[]::new);
    }
}
