package heapcraft.own;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// One value on the heap and its single owner.
///
/// Making a box takes four steps: layout, alloc, write, own. Closing it takes two: drop the value,
/// dealloc the block. Each step is a line below.
///
/// ```java
/// try (Box<Integer> answer = Box.of(Type.INT, 42, new SystemAlloc())) {
///     answer.set(answer.get() + 1);
/// }                                   // the value is dropped and its block freed here
/// ```
///
/// The block lives until the box is closed, or for ever if it is leaked. A box is not thread-safe.
///
/// Follows Rust's [Box](https://doc.rust-lang.org/alloc/boxed/struct.Box.html). Rust's compiler
/// refuses a box that was moved away; this one refuses at run time.
///
/// @param <T> the Java class of the value
public final class Box<T> implements AutoCloseable {

    private final Type<T> type;
    private final GlobalAlloc heap;
    /// The owned block, or `null` once it was given away or freed.
    private MemorySegment block;
    private String gone = "";

    private Box(Type<T> type, MemorySegment block, GlobalAlloc heap) {
        this.type = type;
        this.block = block;
        this.heap = heap;
    }

    /// Puts a value on the heap: Rust's `Box::new_in`.
    ///
    /// @throws OutOfMemoryError if the heap has no block
    public static <T> Box<T> of(Type<T> type, T value, GlobalAlloc heap) {
        Layout layout = type.layout();
        MemorySegment block = heap.alloc(layout);
        if (isNull(block)) {
            throw new OutOfMemoryError(heap + " has no block for " + layout);
        }
        try {
            type.write(block, value);
        } catch (Throwable e) {
            heap.dealloc(block, layout);
            throw e;
        }
        return new Box<>(type, block, heap);
    }

    /// Takes ownership of a block: the way back from [#intoRaw()].
    ///
    /// @param block a block of `heap`, allocated with the type's layout, that holds a value
    /// @throws IllegalArgumentException if the block's size or alignment is not the type's
    public static <T> Box<T> fromRaw(Type<T> type, MemorySegment block, GlobalAlloc heap) {
        Layout layout = type.layout();
        if (block.byteSize() != layout.byteSize()
                || block.address() % layout.byteAlignment() != 0) {
            throw new IllegalArgumentException("a block of " + block.byteSize() + " bytes at 0x"
                    + Long.toHexString(block.address()) + " cannot hold " + layout);
        }
        return new Box<>(type, block, heap);
    }

    /// The value.
    ///
    /// @throws IllegalStateException if the box is closed or was given away
    public T get() {
        return type.read(owned());
    }

    /// Drops the old value and writes a new one in its place.
    ///
    /// @throws IllegalStateException if the box is closed or was given away
    public void set(T value) {
        type.drop(owned());
        type.write(block, value);
    }

    /// Gives the block away without freeing it: whoever takes it must free it. The box is empty
    /// from here on.
    ///
    /// @throws IllegalStateException if the box is closed or was given away
    public MemorySegment intoRaw() {
        MemorySegment raw = owned();
        block = null;
        gone = "given away by intoRaw()";
        return raw;
    }

    /// Gives the block up for good: the value lives as long as the process.
    ///
    /// @throws IllegalStateException if the box is closed or was given away
    public MemorySegment leak() {
        MemorySegment raw = intoRaw();
        gone = "leaked";
        return raw;
    }

    /// Ends the value's life, then frees its block, even if the destructor throws. Closing a box
    /// that owns nothing does nothing.
    @Override
    public void close() {
        if (block == null) {
            return;
        }
        MemorySegment dying = intoRaw();
        gone = "closed";
        try {
            type.drop(dying);
        } finally {
            heap.dealloc(dying, type.layout());
        }
    }

    private MemorySegment owned() {
        if (block == null) {
            throw new IllegalStateException("this Box owns nothing: it was " + gone);
        }
        return block;
    }
}
