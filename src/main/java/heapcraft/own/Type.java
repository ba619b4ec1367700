package heapcraft.own;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
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
/// @implSpec `read` gives what `write` was given. `drop` runs once for each value that was
/// written, and after it the bytes mean nothing. `drop` does not free the block.
/// @param <T> the Java class of the values
public interface Type<T> {

    /// A C `int`: 4 bytes, aligned to 4.
    Type<Integer> INT = of(new Layout(4, 4),
            (at, value) -> at.set(JAVA_INT_UNALIGNED, 0, value),
            at -> at.get(JAVA_INT_UNALIGNED, 0));

    /// A 64-bit integer: 8 bytes, aligned to 8.
    Type<Long> LONG = of(new Layout(8, 8),
            (at, value) -> at.set(JAVA_LONG_UNALIGNED, 0, value),
            at -> at.get(JAVA_LONG_UNALIGNED, 0));

    /// A C `double`: 8 bytes, aligned to 8.
    Type<Double> DOUBLE = of(new Layout(8, 8),
            (at, value) -> at.set(JAVA_DOUBLE_UNALIGNED, 0, value),
            at -> at.get(JAVA_DOUBLE_UNALIGNED, 0));

    /// One byte.
    Type<Byte> BYTE = of(new Layout(1, 1),
            (at, value) -> at.set(JAVA_BYTE, 0, value),
            at -> at.get(JAVA_BYTE, 0));

    /// The size and alignment of one value.
    Layout layout();

    /// Puts a value into memory that holds none: C++'s placement new, Rust's `ptr::write`.
    void write(MemorySegment at, T value);

    /// The value that lies in memory.
    T read(MemorySegment at);

    /// Ends the value's life where it stands: C++'s destructor, Rust's `drop_in_place`. The memory
    /// stays allocated.
    default void drop(MemorySegment at) { }

    /// A type without a destructor.
    static <T> Type<T> of(Layout layout, BiConsumer<MemorySegment, T> write,
                          Function<MemorySegment, T> read) {
        return new Type<>() {
            @Override public Layout layout() {
                return layout;
            }

            @Override public void write(MemorySegment at, T value) {
                write.accept(at, value);
            }

            @Override public T read(MemorySegment at) {
                return read.apply(at);
            }
        };
    }

    /// This type with a destructor that runs before the value's memory is given up.
    default Type<T> onDrop(Consumer<MemorySegment> destructor) {
        Type<T> plain = this;
        return new Type<>() {
            @Override public Layout layout() {
                return plain.layout();
            }

            @Override public void write(MemorySegment at, T value) {
                plain.write(at, value);
            }

            @Override public T read(MemorySegment at) {
                return plain.read(at);
            }

            @Override public void drop(MemorySegment at) {
                destructor.accept(at);
                plain.drop(at);
            }
        };
    }
}
