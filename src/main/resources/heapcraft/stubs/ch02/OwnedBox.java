package ch02;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.own.Type;
import java.lang.foreign.MemorySegment;

/// One value on the heap and its single owner: Rust's `Box`.
///
/// The idea: a block has exactly one owner, and the owner gives it back exactly once. Making a box
/// is layout, alloc, write, own; closing it is drop, dealloc. Give the block away, and it is no
/// longer yours to free.
///
/// A [Type] knows all about its values: `type.layout()`, `type.write(block, value)`,
/// `type.read(block)`, and `type.drop(block)`, which ends the value's life and leaves its block.
///
/// Be graded: `./lab grade OwnedBox`, `mvn test -Dexercise=OwnedBox`, or `check("OwnedBox")` in the
/// notebook. The library's `Box` is not allowed here: you build it.
///
/// @param <T> the Java class of the value
public final class OwnedBox<T> implements AutoCloseable {

    private final Type<T> type;
    private final GlobalAlloc heap;
    /// The block this box owns, or `null` once it owns none.
    private MemorySegment block;

    private OwnedBox(Type<T> type, GlobalAlloc heap, MemorySegment block) {
        this.type = type;
        this.heap = heap;
        this.block = block;
    }

    /// Puts a value on the heap. If writing it fails, its block goes back to the heap.
    ///
    /// @throws OutOfMemoryError if the heap has no block
    public static <T> OwnedBox<T> of(Type<T> type, T value, GlobalAlloc heap) {
        throw todo("make a box that owns a new block with the value in it");
    }

    /// The value, read from its block.
    ///
    /// @throws IllegalStateException if this box owns nothing
    public T get() {
        throw todo("read the value, or refuse if this box owns none");
    }

    /// Ends the old value's life, then puts a new one in its place.
    ///
    /// @throws IllegalStateException if this box owns nothing
    public void set(T value) {
        throw todo("replace the value without losing what the old one still had to do");
    }

    /// Gives the block away, with the value alive in it. This box owns nothing from here on.
    ///
    /// @throws IllegalStateException if this box owns nothing
    public MemorySegment intoRaw() {
        throw todo("hand the block over, and remember that it is gone");
    }

    /// Ends the value's life and gives its block back, even if the value's destructor throws. A box
    /// that owns nothing has nothing to do.
    @Override
    public void close() {
        throw todo("drop the value and give its block back, exactly once");
    }
}
