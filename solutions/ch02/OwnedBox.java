package ch02;

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
        Layout layout = type.layout();
        MemorySegment block = heap.alloc(layout);
        if (GlobalAlloc.isNull(block)) {
            throw new OutOfMemoryError("no block for " + layout);
        }
        try {
            type.write(block, value);
        } catch (Throwable e) {
            // There will be no box to close, so nobody else can free the block.
            heap.dealloc(block, layout);
            throw e;
        }
        return new OwnedBox<>(type, heap, block);
    }

    /// The value, read from its block.
    ///
    /// @throws IllegalStateException if this box owns nothing
    public T get() {
        return type.read(owned());
    }

    /// Ends the old value's life, then puts a new one in its place.
    ///
    /// @throws IllegalStateException if this box owns nothing
    public void set(T value) {
        type.drop(owned());
        type.write(block, value);
    }

    /// Gives the block away, with the value alive in it. This box owns nothing from here on.
    ///
    /// @throws IllegalStateException if this box owns nothing
    public MemorySegment intoRaw() {
        MemorySegment raw = owned();
        block = null;
        return raw;
    }

    /// Ends the value's life and gives its block back, even if the value's destructor throws. A box
    /// that owns nothing has nothing to do.
    @Override
    public void close() {
        if (block == null) {
            return;
        }
        // The box is empty before the destructor runs: whatever that does, nothing is freed twice.
        MemorySegment dying = intoRaw();
        try {
            type.drop(dying);
        } finally {
            heap.dealloc(dying, type.layout());
        }
    }

    private MemorySegment owned() {
        if (block == null) {
            throw new IllegalStateException("this box owns nothing: it was closed or given away");
        }
        return block;
    }
}
