package ch02;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.Layout;
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
        throw todo("say where each field lies: at the next offset that suits it");
    }

    /// Size and alignment of the whole struct. The size is a multiple of the alignment; without
    /// fields it is 0.
    public Layout layout() {
        throw todo("make the whole large enough, aligned, and fit to stand in a row");
    }

    /// How many bytes of the struct belong to no field, between the fields and behind the last.
    public long padding() {
        throw todo("count the bytes that nobody owns");
    }

    /// Whose byte it is: the name of a field, or `"padding"`.
    ///
    /// @param offset of the byte, from the start of the struct
    /// @throws IndexOutOfBoundsException if the struct has no such byte
    public String ownerOf(long offset) {
        throw todo("name the field that a byte belongs to");
    }

    /// The same fields in an order with the least padding. Fields that are aligned alike stay in
    /// the order they had. This struct does not change.
    public StructLayout reordered() {
        throw todo("find an order that wastes least");
    }

    /// This struct as a field of another one.
    public Field asField(String name) {
        throw todo("make a field of a whole struct");
    }
}
