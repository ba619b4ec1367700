package heapcraft.own;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Global;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// What an owner must know of the values it keeps in a block: their layout, how to write one, how
/// to read it back, and what to do when it dies.
///
/// The allocator never sees a type, so somebody has to remember it: in Rust the compiler does, here
/// a `Type` does.
///
/// ```java
/// MemorySegment block = new SystemAlloc().alloc(Type.INT.layout());
/// Type.INT.write(block, 42);
/// int answer = Type.INT.read(block);   // 42
/// ```
///
/// A value lives in memory from `write` to `drop` (or `take`). In between its owner may *move* it,
/// as Rust does: copy its bytes to another place and forget the first, without a call.
///
/// A type may be shared between threads if the allocator it writes to may be.
///
/// @implSpec `read` gives what `write` was given, also after a move. `drop` or `take` ends each
/// value that was written, once; after it the bytes mean nothing. Neither frees the block. A
/// `write` that throws has written no value and holds on to nothing.
/// @param <T> the Java class of the values
public interface Type<T> {

    /// A truth value: 1 byte, 0 or 1.
    Type<Boolean> BOOLEAN = Primitive.BOOLEAN;

    /// One byte.
    Type<Byte> BYTE = Primitive.BYTE;

    /// A C `short`: 2 bytes, aligned to 2.
    Type<Short> SHORT = Primitive.SHORT;

    /// A UTF-16 unit, C's `char16_t`: 2 bytes, aligned to 2.
    Type<Character> CHAR = Primitive.CHAR;

    /// A C `int`: 4 bytes, aligned to 4.
    Type<Integer> INT = Primitive.INT;

    /// A 64-bit integer: 8 bytes, aligned to 8.
    Type<Long> LONG = Primitive.LONG;

    /// A C `float`: 4 bytes, aligned to 4.
    Type<Float> FLOAT = Primitive.FLOAT;

    /// A C `double`: 8 bytes, aligned to 8.
    Type<Double> DOUBLE = Primitive.DOUBLE;

    /// A string on the global heap; see [#string(Allocator)].
    Type<String> STRING = new StringType(Global::allocator);

    /// {@return the size and alignment of one value}
    Layout layout();

    /// Puts a value into memory that holds none: C++'s placement new, Rust's `ptr::write`.
    ///
    /// @param at    at least as many bytes as the layout says, aligned or not
    /// @param value what to write
    void write(MemorySegment at, T value);

    /// {@return the value that lies in memory}
    ///
    /// @param at where it was written, or moved to
    T read(MemorySegment at);

    /// Puts a value `offset` bytes into a block, where there is none.
    ///
    /// @param block  the memory
    /// @param offset from its start, in bytes
    /// @param value  what to write
    default void write(MemorySegment block, long offset, T value) {
        write(block.asSlice(offset, layout().byteSize()), value);
    }

    /// {@return the value that lies `offset` bytes into a block}
    ///
    /// @param block  the memory
    /// @param offset from its start, in bytes
    default T read(MemorySegment block, long offset) {
        return read(block.asSlice(offset, layout().byteSize()));
    }

    /// Ends the value's life where it stands: C++'s destructor, Rust's `drop_in_place`. The memory
    /// stays allocated.
    ///
    /// @param at where it was written, or moved to
    default void drop(MemorySegment at) { }

    /// {@return whether [#drop(MemorySegment)] does anything} Where it does not, a million values
    /// die in no time: their owner need not visit them. Rust's `mem::needs_drop`.
    ///
    /// @implSpec True. A type without a destructor should say so; to say true is never wrong.
    default boolean needsDrop() {
        return true;
    }

    /// Moves the value out of memory: what comes back is a Java copy, and the one in memory is
    /// dropped.
    ///
    /// @implSpec A type whose Java values are owners themselves hands the owner over instead.
    /// @param at where it was written, or moved to
    /// @return the value
    default T take(MemorySegment at) {
        T value = read(at);
        drop(at);
        return value;
    }

    /// Drops the value in memory and writes another one in its place. If the new one cannot be
    /// written, the old one stays; if the old one's destructor throws, the new one stays.
    ///
    /// @implSpec The new value is written first, because that can fail; then the bytes change
    ///           places for the destructor, because the old value must not be dropped elsewhere.
    /// @param at    where the old value lies
    /// @param value the new one
    default void replace(MemorySegment at, T value) {
        MemorySegment place = at.asSlice(0, layout().byteSize());
        byte[] old = place.toArray(JAVA_BYTE);
        try {
            write(place, value);
        } catch (Throwable e) {
            MemorySegment.copy(old, 0, place, JAVA_BYTE, 0, old.length);
            throw e;
        }
        byte[] fresh = place.toArray(JAVA_BYTE);
        MemorySegment.copy(old, 0, place, JAVA_BYTE, 0, old.length);
        try {
            drop(place);
        } finally {
            MemorySegment.copy(fresh, 0, place, JAVA_BYTE, 0, fresh.length);
        }
    }

    /// {@return a type without a destructor}
    ///
    /// @param <T>    the Java class of the values
    /// @param layout size and alignment of one value
    /// @param write  puts a value into memory
    /// @param read   finds it there again
    static <T> Type<T> of(Layout layout, BiConsumer<MemorySegment, T> write,
                          Function<MemorySegment, T> read) {
        return new PlainType<>(layout, write, read);
    }

    /// {@return a string that owns its bytes, Rust's `Box<str>`: the value in place is an address
    /// and a length in bytes (16 bytes together), the UTF-8 text lies in a block of its own}
    ///
    /// @param heap where the text goes; `drop` gives it back
    static Type<String> string(Allocator heap) {
        return new StringType(() -> heap);
    }

    /// {@return an owner inside an owner, such as a `Vec` of boxes: dropping the value closes it,
    /// taking it out hands it over open}
    ///
    /// ```java
    /// try (Vec<Box<Integer>> boxes = Vec.of(Type.owned())) {
    ///     boxes.push(Box.of(Type.INT, 42));
    /// }                                   // closes the box, then frees the Vec's block
    /// ```
    ///
    /// In memory it is a number that stands for the Java object; Rust would store the owner's own
    /// words there.
    ///
    /// @param <O> a class that owns memory: [Box], [Vec], [Str], [Table] or the like
    static <O extends AutoCloseable> Type<O> owned() {
        return new OwnedType<>();
    }

    /// {@return a record as a C struct: its components in order, each at its own alignment, padded
    /// at the end}
    ///
    /// ```java
    /// record Point(int x, int y) { }
    /// Type<Point> point = Type.struct(Point.class);   // 8 bytes, aligned to 4
    /// ```
    ///
    /// Dropping it drops its fields in the order of their declaration.
    ///
    /// @param <R>    the record
    /// @param shape  the record
    /// @param fields how each component is kept; none at all means the obvious type for each:
    ///               primitives, `String` on the global heap, records as nested structs
    /// @throws IllegalArgumentException if the number of fields is not the number of components,
    ///         or a component has no obvious type
    static <R extends Record> Type<R> struct(Class<R> shape, Type<?>... fields) {
        return fields.length == 0 ? StructType.of(shape) : StructType.of(shape, List.of(fields));
    }

    /// {@return this type with a destructor that runs when a value's life in memory ends, be it
    /// dropped or taken out, and before anything that this type does then}
    ///
    /// @param destructor is told where the value lies
    default Type<T> onDrop(Consumer<MemorySegment> destructor) {
        return new DroppingType<>(this, destructor);
    }
}
