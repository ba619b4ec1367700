package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A C struct: fields in order, each at an offset that suits its alignment, and enough padding at
/// the end that structs can stand in a row.
///
/// ```java
/// record Order(byte side, long price, short lots) { }
///
/// CStruct order = CStruct.of(Order.class);
/// order.layout();               // 24 bytes, aligned to 8
/// order.fields().get(1);        // price, at offset 8
/// order.reordered().layout();   // 16 bytes: price, lots, side
/// ```
///
/// Structs are immutable and may be shared between threads.
///
/// Follows Rust's [repr(C)](https://doc.rust-lang.org/reference/type-layout.html), as the example
/// of [Layout::extend](https://doc.rust-lang.org/core/alloc/struct.Layout.html) computes it.
///
/// @param fields the fields in order of their offsets
/// @param layout size and alignment of the whole, in bytes; the size is a multiple of the alignment
public record CStruct(List<Field> fields, Layout layout) {

    /// A field and its place.
    ///
    /// @param type   what the field holds; its name, if it has one, is the field's
    /// @param offset the field's distance from the struct's start, in bytes
    public record Field(MemoryLayout type, long offset) {

        /// {@return size and alignment of the field}
        public Layout layout() {
            return Layout.of(type);
        }
    }

    private static final Map<Class<?>, MemoryLayout> C_TYPES = Map.of(
            byte.class, JAVA_BYTE, boolean.class, JAVA_BOOLEAN,
            short.class, JAVA_SHORT, char.class, JAVA_CHAR,
            int.class, JAVA_INT, float.class, JAVA_FLOAT,
            long.class, JAVA_LONG, double.class, JAVA_DOUBLE,
            MemorySegment.class, ADDRESS);

    /// {@return the struct with these fields, laid out in this order}
    ///
    /// ```java
    /// CStruct.of(JAVA_BYTE.withName("side"), JAVA_LONG.withName("price"));
    /// ```
    ///
    /// @param types the fields without padding, which is found here; the JDK's `structLayout`
    ///              wants it spelled out
    /// @throws IllegalArgumentException if the struct is too large
    public static CStruct of(MemoryLayout... types) {
        List<Field> fields = new ArrayList<>();
        Layout whole = new Layout(0, 1);
        for (MemoryLayout type : types) {
            Layout.Extended next = whole.extend(Layout.of(type));
            fields.add(new Field(type, next.offset()));
            whole = next.layout();
        }
        return new CStruct(List.copyOf(fields), whole.padToAlign());
    }

    /// {@return the struct with fields of these layouts, in this order and without names}
    ///
    /// @param types the fields without padding
    /// @throws IllegalArgumentException if the struct is too large
    public static CStruct of(Layout... types) {
        return of(Stream.of(types).map(Layout::toMemoryLayout).toArray(MemoryLayout[]::new));
    }

    /// {@return the struct with a record's components as fields: primitives as in C, a
    /// `MemorySegment` as a pointer, a record as a struct within the struct}
    ///
    /// @param type the record
    /// @throws IllegalArgumentException if a component is of another type
    public static CStruct of(Class<? extends Record> type) {
        return of(Stream.of(type.getRecordComponents()).map(CStruct::cType)
                .toArray(MemoryLayout[]::new));
    }

    private static MemoryLayout cType(RecordComponent component) {
        Class<?> type = component.getType();
        MemoryLayout layout = type.isRecord()
                ? of(type.asSubclass(Record.class)).toMemoryLayout() : C_TYPES.get(type);
        if (layout == null) {
            throw new IllegalArgumentException(component + " has no C type; use a primitive, a"
                    + " MemorySegment or a record of these");
        }
        return layout.withName(component.getName());
    }

    /// {@return the number of bytes that belong to no field, between fields and behind the last}
    public long padding() {
        return layout.byteSize() - fields.stream().mapToLong(f -> f.layout().byteSize()).sum();
    }

    /// {@return the same fields, the most aligned first} No order has less padding, as long as each
    /// field's size is a multiple of its alignment, as it is for all C types.
    public CStruct reordered() {
        return of(fields.stream().map(Field::type)
                .sorted(Comparator.comparingLong(MemoryLayout::byteAlignment).reversed())
                .toArray(MemoryLayout[]::new));
    }

    /// {@return this struct in the JDK's words, with the padding spelled out}
    public StructLayout toMemoryLayout() {
        List<MemoryLayout> members = new ArrayList<>();
        long end = 0;
        for (Field field : fields) {
            pad(members, field.offset - end);
            members.add(field.type);
            end = field.offset + field.type.byteSize();
        }
        pad(members, layout.byteSize() - end);
        return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new));
    }

    private static void pad(List<MemoryLayout> members, long byteSize) {
        if (byteSize > 0) {
            members.add(MemoryLayout.paddingLayout(byteSize));
        }
    }
}
