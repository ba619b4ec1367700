package heapcraft.own;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Global;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// One value on the heap and its single owner.
///
/// Making a box takes four steps: layout, alloc, write, own. Closing it takes two: drop the value,
/// dealloc the block. Each step is a line below.
///
/// ```java
/// try (Box<Integer> answer = Box.of(Type.INT, 42)) {
///     answer.set(answer.get() + 1);
/// }                                   // the value is dropped and its block freed here
/// ```
///
/// The block lives until the box is closed or its value taken out, or for ever if it is leaked. A
/// value of size 0 needs no block. A box is not thread-safe.
///
/// Follows Rust's [Box](https://doc.rust-lang.org/alloc/boxed/struct.Box.html). Rust's compiler
/// refuses a box that was moved away; this one refuses at run time.
///
/// @param <T> the Java class of the value
public final class Box<T> implements AutoCloseable {

    private final Type<T> type;
    private final Allocator heap;
    /// The owned block, or `null` once it was given away or freed.
    private MemorySegment block;
    private String gone = "";

    private Box(Type<T> type, MemorySegment block, Allocator heap) {
        this.type = type;
        this.block = block;
        this.heap = heap;
    }

    /// Puts a value on the global heap: Rust's `Box::new`.
    ///
    /// @param <T>   the Java class of the value
    /// @param type  how the value is kept in memory
    /// @param value the value
    /// @return its owner
    /// @throws OutOfMemoryError if the heap has no block
    public static <T> Box<T> of(Type<T> type, T value) {
        return of(type, value, Global.allocator());
    }

    /// Puts a value on this heap.
    ///
    /// @param <T>   the Java class of the value
    /// @param type  how the value is kept in memory
    /// @param value the value
    /// @param heap  where the block comes from and goes back to
    /// @return its owner
    /// @throws OutOfMemoryError if the heap has no block
    public static <T> Box<T> of(Type<T> type, T value, GlobalAlloc heap) {
        return of(type, value, heap.asAllocator());
    }

    /// Puts a value on this heap: Rust's `Box::new_in`.
    ///
    /// @param <T>   the Java class of the value
    /// @param type  how the value is kept in memory
    /// @param value the value
    /// @param heap  where the block comes from and goes back to
    /// @return its owner
    /// @throws OutOfMemoryError if the heap has no block
    public static <T> Box<T> of(Type<T> type, T value, Allocator heap) {
        Layout layout = type.layout();
        MemorySegment block = heap.allocate(layout);
        if (isNull(block)) {
            throw new OutOfMemoryError(heap + " has no block for " + layout);
        }
        try {
            type.write(block, value);
        } catch (Throwable e) {
            heap.deallocate(block, layout);
            throw e;
        }
        return new Box<>(type, block, heap);
    }

    /// Takes ownership of a block of the global heap: the way back from [#intoRaw()].
    ///
    /// @param <T>   the Java class of the value
    /// @param type  how the value is kept in memory
    /// @param block a block of the global heap, allocated with the type's layout, with a value in
    ///              it
    /// @return its owner
    /// @throws IllegalArgumentException if the block's size or alignment is not the type's
    public static <T> Box<T> fromRaw(Type<T> type, MemorySegment block) {
        return fromRaw(type, block, Global.heap());
    }

    /// Takes ownership of a block of this heap.
    ///
    /// @param <T>   the Java class of the value
    /// @param type  how the value is kept in memory
    /// @param block a block of `heap`, allocated with the type's layout, with a value in it
    /// @param heap  where the block goes back to
    /// @return its owner
    /// @throws IllegalArgumentException if the block's size or alignment is not the type's
    public static <T> Box<T> fromRaw(Type<T> type, MemorySegment block, GlobalAlloc heap) {
        requireHolds(block, type.layout(), heap.goodSize(type.layout()));
        return new Box<>(type, block, heap.asAllocator());
    }

    /// Takes ownership of a block of this heap.
    ///
    /// @param <T>   the Java class of the value
    /// @param type  how the value is kept in memory
    /// @param block a block of `heap`, allocated with the type's layout, with a value in it
    /// @param heap  where the block goes back to
    /// @return its owner
    /// @throws IllegalArgumentException if the block is too small or not aligned for the type
    public static <T> Box<T> fromRaw(Type<T> type, MemorySegment block, Allocator heap) {
        requireHolds(block, type.layout(), Long.MAX_VALUE);
        return new Box<>(type, block, heap);
    }

    private static void requireHolds(MemorySegment block, Layout layout, long maxByteSize) {
        if (isNull(block) || block.address() % layout.byteAlignment() != 0
                || block.byteSize() < layout.byteSize() || block.byteSize() > maxByteSize) {
            throw new IllegalArgumentException("a block of " + block.byteSize() + " bytes at 0x"
                    + Long.toHexString(block.address()) + " cannot hold " + layout);
        }
    }

    /// {@return the value}
    ///
    /// @throws IllegalStateException if the box is closed or was given away
    public T get() {
        return type.read(owned());
    }

    /// Drops the old value and writes a new one in its place. If the new one cannot be written, the
    /// old one stays.
    ///
    /// @param value the new value
    /// @throws IllegalStateException if the box is closed or was given away
    public void set(T value) {
        type.replace(owned(), value);
    }

    /// Moves the value out and frees the block: Rust's `*box`. The box is empty from here on.
    ///
    /// @return the value; an owner comes out open
    /// @throws IllegalStateException if the box is closed or was given away
    public T take() {
        MemorySegment left = intoRaw();
        gone = "emptied by take()";
        try {
            return type.take(left);
        } finally {
            heap.deallocate(left, type.layout());
        }
    }

    /// Gives the block away without freeing it: whoever takes it must free it. The box is empty
    /// from here on.
    ///
    /// @return the block, with the value in it
    /// @throws IllegalStateException if the box is closed or was given away
    public MemorySegment intoRaw() {
        MemorySegment raw = owned();
        block = null;
        gone = "given away by intoRaw()";
        return raw;
    }

    /// Gives the block up for good: the value lives as long as the process.
    ///
    /// @return the block, with the value in it
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
            heap.deallocate(dying, type.layout());
        }
    }

    private MemorySegment owned() {
        if (block == null) {
            throw new IllegalStateException("this Box owns nothing: it was " + gone);
        }
        return block;
    }
}
