package ch02;

import heapcraft.alloc.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A C struct: where each field lies, whose byte is whose, and what another order would save.
///
/// The idea: a struct is its fields in the order you wrote them, each at the next offset that suits
/// its alignment, and padding behind the last so that structs can stand in a row. C and C++ must
/// keep that order; Rust may choose another.
///
/// ```text
///   byte kind; int length; short port;      k...llllpp..    12 bytes, 5 of them padding
///   int length; short port; byte kind;      llllppk.         8 bytes, 1 of them padding
/// ```
///
/// As in C, every field's size is a multiple of its alignment.
///
/// Be graded: `./lab grade StructLayout`, `mvn test -Dexercise=StructLayout`, or
/// `check("StructLayout")` in the notebook. `Layout` and its methods are yours; the library's
/// `CStruct` and the JDK's `structLayout` are not: you build them.
///
/// @param fields in the order of their declaration
public record StructLayout(List<Field> fields) {

    /// A field: what it is called, and what it needs.
    ///
    /// @param name   any, and no other field has it
    /// @param layout its size and alignment
    public record Field(String name, Layout layout) { }

    /// The offset of each field in bytes, in the order of the fields.
    public List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        Layout before = new Layout(0, 1);
        for (Field field : fields) {
            // extend pads in front of a field as the field wishes, and adds nothing behind it.
            Layout.Extended next = before.extend(field.layout);
            offsets.add(next.offset());
            before = next.layout();
        }
        return offsets;
    }

    /// Size and alignment of the whole struct. The size is a multiple of the alignment; without
    /// fields it is 0.
    public Layout layout() {
        Layout whole = new Layout(0, 1);
        for (Field field : fields) {
            whole = whole.extend(field.layout).layout();
        }
        // Once, at the end: a gap behind every field would be there for nobody.
        return whole.padToAlign();
    }

    /// How many bytes of the struct belong to no field, between the fields and behind the last.
    public long padding() {
        long used = 0;
        for (Field field : fields) {
            used += field.layout.byteSize();
        }
        return layout().byteSize() - used;
    }

    /// Whose byte it is: the name of a field, or `"padding"`.
    ///
    /// @param offset of the byte, from the start of the struct
    /// @throws IndexOutOfBoundsException if the struct has no such byte
    public String ownerOf(long offset) {
        if (offset < 0 || offset >= layout().byteSize()) {
            throw new IndexOutOfBoundsException(offset + " is not in " + layout());
        }
        List<Long> offsets = offsets();
        for (int i = 0; i < fields.size(); i++) {
            long from = offsets.get(i);
            if (from <= offset && offset < from + fields.get(i).layout.byteSize()) {
                return fields.get(i).name;
            }
        }
        return "padding";
    }

    /// The same fields in an order with the least padding. Fields that are aligned alike stay in
    /// the order they had. This struct does not change.
    public StructLayout reordered() {
        List<Field> sorted = new ArrayList<>(fields);
        // Behind a field that is aligned to 8 every offset suits 4, behind one of 4 every one suits
        // 2: strictest first, and no gap is left but the one at the end. (Loosest first wastes no
        // more: its gaps lie between the fields instead.)
        sorted.sort(Comparator.comparing(
                field -> field.layout.byteAlignment(), Comparator.reverseOrder()));
        return new StructLayout(sorted);
    }

    /// This struct as a field of another one.
    public Field asField(String name) {
        // With its padding: inside another struct it is as long as in an array.
        return new Field(name, layout());
    }
}
