package ch09;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.NoSuchElementException;

/// A growing array of `long`s that lives on the allocator it was given, and on no other.
///
/// The idea: the array owns one block. While there is room, a push is a write. When the block is
/// full, the allocator is asked to grow it to twice the size; so a thousand pushes ask nine times.
///
/// ```text
///   length 3, capacity 4      ┌────┬────┬────┬────┐
///                             │ 11 │ 22 │ 33 │ ?? │    never read
///                             └────┴────┴────┴────┘
///   push 44, push 55          grow(block, 32 bytes, 64 bytes)
///   length 5, capacity 8      ┌────┬────┬────┬────┬────┬────┬────┬────┐
///                             │ 11 │ 22 │ 33 │ 44 │ 55 │ ?? │ ?? │ ?? │
///                             └────┴────┴────┴────┴────┴────┴────┴────┘
/// ```
///
/// An allocator that has no memory answers `MemorySegment.NULL`, which `GlobalAlloc.isNull` tells
/// from a block. Then the answer here is `false`, and the array is as it was.
///
/// Be graded: `./lab grade ArenaVec`, `mvn test -Dexercise=ArenaVec`, or `check("ArenaVec")` in the
/// notebook. The library's `Vec`, `Str` and `Table` are not allowed here: you build what they
/// stand on.
public final class ArenaVec implements AutoCloseable {

    /// One element.
    public static final Layout ELEMENT = new Layout(8, 8);
    /// The most elements that a layout can have room for.
    public static final long MOST = Layout.maxSize(8) / 8;

    private final Allocator heap;
    /// As the allocator has handed it out. As long as the capacity is 0 there is no block: then
    /// this is `dangling()`, a segment of 0 bytes that stands in for one.
    private MemorySegment block = ELEMENT.dangling();
    /// How many elements have room in `block`.
    private long capacity;
    /// How many elements there are: those from 0 to `length - 1`. Behind them lies dirt.
    private long length;

    /// @param heap where the block comes from and goes back to
    public ArenaVec(Allocator heap) {
        this.heap = heap;
    }

    /// How many elements there are. This one is finished.
    public long length() {
        return length;
    }

    /// How many elements have room. This one is finished.
    public long capacity() {
        return capacity;
    }

    /// The elements as they lie in memory. This one is finished.
    public MemorySegment slice() {
        return block.asSlice(0, ELEMENT.byteSize() * length);
    }

    /// The policy: how many elements a larger block should have room for. That is twice as many
    /// as now, and at least 4, and at least as many as are needed.
    ///
    /// @param capacity how many have room now
    /// @param needed   how many need room
    public static long grown(long capacity, long needed) {
        throw todo("say how much room a larger block should have");
    }

    /// Makes room for this many elements more than there are, unless there is room. Asks the
    /// allocator at most once, for as many elements as `grown` says: for a first block, or to grow
    /// the one there is. A block may be larger than asked for; then all of it is used.
    ///
    /// @param additional how many more, at least 0; any `long` may come
    /// @return whether there is room now; `false` too for more than `MOST` elements in all
    public boolean reserve(long additional) {
        throw todo("make room, or say that there is none and leave everything as it was");
    }

    /// Appends an element.
    ///
    /// @return `false` if there is no memory for it
    public boolean push(long value) {
        throw todo("append the element, if there is room for it");
    }

    /// The element at an index.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    public long get(long index) {
        throw todo("read an element, and nothing that is none");
    }

    /// Takes the last element away. The room stays.
    ///
    /// @return what it was
    /// @throws NoSuchElementException if there is none
    public long pop() {
        throw todo("take the last element away");
    }

    /// Gives the block back, if there is one. Afterwards the array is empty, as a new one is; so
    /// closing it again does nothing.
    @Override
    public void close() {
        throw todo("give the block back once");
    }
}
