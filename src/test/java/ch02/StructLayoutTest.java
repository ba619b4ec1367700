package ch02;

import ch02.StructLayout.Field;
import heapcraft.alloc.CStruct;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StructLayoutTest {

    private static final Field KIND = field("kind", 1, 1);
    private static final Field LENGTH = field("length", 4, 4);
    private static final Field PORT = field("port", 2, 2);
    private static final Field TIME = field("time", 8, 8);
    /// A `char[12]`: long, and aligned to 1 all the same.
    private static final Field NAME = field("name", 12, 1);

    @Test
    void places_each_field_at_the_next_offset_that_suits_it() {
        offsets("[0, 4, 8]", KIND, LENGTH, PORT);
        offsets("[0, 4, 6]", LENGTH, PORT, KIND);
        offsets("[0, 1, 16]", KIND, NAME, TIME);
    }

    @Test
    void a_struct_without_fields_has_no_bytes() {
        String next = "There is nothing to place and nothing to pad. What does your loop start with?";
        Claim.that("struct().offsets()", () -> struct().offsets()).gives(List.of(), next);
        Claim.that("struct().layout()", () -> struct().layout()).gives(new Layout(0, 1), next);
    }

    @Test
    void aligns_the_whole_like_its_strictest_field() {
        for (Field[] fields : new Field[][] {{KIND}, {TIME, KIND}, {KIND, TIME, PORT}, {NAME}}) {
            long strictest = Stream.of(fields).mapToLong(f -> f.layout().byteAlignment()).max()
                    .orElseThrow();
            Claim.that(spelled(fields) + ".layout().byteAlignment()",
                    () -> struct(fields).layout().byteAlignment()).gives(strictest,
                    "Every field must lie well wherever the struct starts. Which one asks for most?");
        }
    }

    @Test
    void pads_the_end_so_that_structs_can_stand_in_a_row() {
        size(12, KIND, LENGTH, PORT);
        size(8, LENGTH, PORT, KIND);
        size(16, TIME, KIND);
        size(13, NAME, KIND);
    }

    @Test
    void counts_the_bytes_that_nobody_owns() {
        padding(5, KIND, LENGTH, PORT);
        padding(0, LENGTH, PORT, PORT);
        padding(7, TIME, KIND);
        padding(3, KIND, LENGTH);
    }

    @Test
    void names_the_field_that_a_byte_belongs_to() {
        owner(KIND, 0, KIND, LENGTH, PORT);
        owner(LENGTH, 4, KIND, LENGTH, PORT);
        owner(LENGTH, 7, KIND, LENGTH, PORT);
        owner(PORT, 8, KIND, LENGTH, PORT);
        owner(NAME, 11, NAME, KIND);
        owner(KIND, 12, NAME, KIND);
    }

    @Test
    void calls_the_gaps_padding() {
        for (long offset : new long[] {1, 3, 10, 11}) {
            Claim.that(spelled(KIND, LENGTH, PORT) + ".ownerOf(" + offset + ")",
                    () -> struct(KIND, LENGTH, PORT).ownerOf(offset)).gives("padding",
                    "kind has byte 0, length 4 to 7, port 8 and 9. Whose is this one?");
        }
    }

    @Test
    void refuses_a_byte_outside_the_struct() {
        for (long offset : new long[] {-1, 12, Long.MAX_VALUE}) {
            Claim.that(spelled(KIND, LENGTH, PORT) + ".ownerOf(" + offset + ")",
                    () -> struct(KIND, LENGTH, PORT).ownerOf(offset))
                    .raises(IndexOutOfBoundsException.class,
                            "This struct has the bytes 0 to 11. Where do you look at that?");
        }
    }

    @Test
    void leaves_the_least_padding_when_it_may_choose() {
        least(KIND, LENGTH, PORT);
        least(KIND, TIME, PORT, LENGTH);
        least(NAME, TIME, KIND, LENGTH, PORT);
        least(NAME, TIME, LENGTH);
    }

    @Test
    void keeps_the_order_of_fields_that_are_aligned_alike() {
        Field first = field("first", 4, 4);
        Field second = field("second", 8, 4);
        Field third = field("third", 4, 4);
        Claim.that(spelled(first, KIND, second, third) + ".reordered(), the names without kind",
                () -> names(struct(first, KIND, second, third).reordered()).replaceAll(" ?kind ?", " ")
                        .strip())
                .gives("first second third",
                        "Moving these three saves nothing. What does your order compare?");
    }

    @Test
    void leaves_the_struct_itself_as_it_was() {
        StructLayout struct = struct(KIND, LENGTH, PORT);
        Claim.that(spelled(KIND, LENGTH, PORT) + ".reordered(), then the names of the original", () -> {
            struct.reordered();
            return names(struct);
        }).gives("kind length port",
                "Other structs may share this list. Which list do you sort?");
    }

    @Test
    void a_struct_within_a_struct_keeps_its_padding() {
        String next = "Inside another struct it must look as it does in an array: the same bytes,"
                + " the same alignment. What do you hand on?";
        Claim.that(spelled(LENGTH, KIND) + ".asField(\"inner\")",
                () -> struct(LENGTH, KIND).asField("inner"))
                .gives(field("inner", 8, 4), next);
        Claim.that("struct(kind(1, 1), that field, port(2, 2)).offsets()",
                () -> struct(KIND, struct(LENGTH, KIND).asField("inner"), PORT).offsets().toString())
                .gives("[0, 4, 12]", next);
    }

    @Test
    void agrees_with_the_compiler_about_any_fields() {
        Sequences.of(StructLayoutTest::anyFields, fields -> "import ch02.StructLayout.Field;\n"
                + "import heapcraft.alloc.Layout;\nvar struct = " + java(fields) + ";").hold(fields -> {
                    Field[] all = fields.toArray(Field[]::new);
                    CStruct wanted = CStruct.of(fields.stream().map(Field::layout)
                            .toArray(Layout[]::new));
                    Claim.that("struct.offsets()", () -> struct(all).offsets()).gives(
                            wanted.fields().stream().map(CStruct.Field::offset).toList(),
                            "Draw the bytes of these fields. Where does the last one begin?");
                    Claim.that("struct.layout()", () -> struct(all).layout()).gives(wanted.layout(),
                            "Draw two of these structs in a row. Where must the second one begin?");
                    Claim.that("struct.padding()", () -> struct(all).padding()).gives(
                            wanted.padding(), "Count the gaps in front of, between and behind.");
                });
    }

    private static List<Field> anyFields(long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, random.nextInt(8)).mapToObj(i -> {
            long alignment = 1L << random.nextInt(5);
            return field("f" + i, alignment * (1 + random.nextInt(3)), alignment);
        }).toList();
    }

    private static void offsets(String wanted, Field... fields) {
        Claim.that(spelled(fields) + ".offsets()", () -> struct(fields).offsets().toString())
                .gives(wanted, "Draw the fields as rows of bytes. Which offset does each one's own"
                        + " alignment allow?");
    }

    private static void size(long wanted, Field... fields) {
        Claim.that(spelled(fields) + ".layout().byteSize()",
                () -> struct(fields).layout().byteSize()).gives(wanted,
                "Put a second one right behind it. Do its fields still lie at their multiples?");
    }

    private static void padding(long wanted, Field... fields) {
        Claim.that(spelled(fields) + ".padding()", () -> struct(fields).padding()).gives(wanted,
                "The whole has so many bytes, the fields have so many. What about those at the end?");
    }

    private static void owner(Field wanted, long offset, Field... fields) {
        Claim.that(spelled(fields) + ".ownerOf(" + offset + ")",
                () -> struct(fields).ownerOf(offset)).gives(wanted.name(),
                "A field has the bytes from its offset on, as many as its size. Which is the last?");
    }

    private static void least(Field... fields) {
        long wanted = orders(List.of(fields)).mapToLong(StructLayoutTest::size).min().orElseThrow();
        Claim.that(spelled(fields) + ".reordered().layout().byteSize()",
                () -> struct(fields).reordered().layout().byteSize()).gives(wanted,
                "Behind which field can any other follow without a gap? Put that one first.");
    }

    private static long size(List<Field> fields) {
        return CStruct.of(fields.stream().map(Field::layout).toArray(Layout[]::new))
                .layout().byteSize();
    }

    private static Stream<List<Field>> orders(List<Field> fields) {
        return fields.isEmpty() ? Stream.of(List.of())
                : fields.stream().flatMap(first -> {
                    List<Field> rest = new ArrayList<>(fields);
                    rest.remove(first);
                    return orders(rest).map(order -> {
                        List<Field> whole = new ArrayList<>(order);
                        whole.addFirst(first);
                        return whole;
                    });
                });
    }

    private static Field field(String name, long byteSize, long byteAlignment) {
        return new Field(name, new Layout(byteSize, byteAlignment));
    }

    /// A list that can be sorted in place, so that doing so would show.
    private static StructLayout struct(Field... fields) {
        List<Field> list = new ArrayList<>();
        Collections.addAll(list, fields);
        return new StructLayout(list);
    }

    private static String names(StructLayout struct) {
        return struct.fields().stream().map(Field::name).collect(Collectors.joining(" "));
    }

    private static String spelled(Field... fields) {
        return Stream.of(fields).map(f -> f.name() + "(" + f.layout().byteSize() + ", "
                + f.layout().byteAlignment() + ")").collect(Collectors.joining(", ", "struct(", ")"));
    }

    private static String java(List<Field> fields) {
        return fields.stream().map(f -> "new Field(\"" + f.name() + "\", new Layout("
                + f.layout().byteSize() + ", " + f.layout().byteAlignment() + "))")
                .collect(Collectors.joining(",\n        ", "new StructLayout(List.of(", "))"));
    }
}
