package ch03;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// What a heap can do for you when all it knows is `alloc` and `dealloc`.
///
/// The idea: an allocator must answer two calls; the rest follows from them, as in Rust's
/// `GlobalAlloc`. That is not fast, but right for every heap. A call that fails changes nothing.
///
/// Be graded: `./lab grade DefaultMethods`, `mvn test -Dexercise=DefaultMethods`, or
/// `check("DefaultMethods")` in the notebook. Use `alloc` and `dealloc` below, not the library's
/// `allocZeroed` and `realloc`: you build them. `GlobalAlloc.isNull` is yours to use.
public interface DefaultMethods {

    /// A new block with unknown contents, or `MemorySegment.NULL` if there is no memory.
    ///
    /// @throws IllegalArgumentException if the layout's size is 0
    MemorySegment alloc(Layout layout);

    /// Gives a block back.
    ///
    /// @param layout the layout it was allocated with
    void dealloc(MemorySegment block, Layout layout);

    /// A new block whose bytes are all 0, or `MemorySegment.NULL` if there is no memory.
    default MemorySegment allocZeroed(Layout layout) {
        throw todo("give a new block whose every byte is 0, or NULL where there is no memory");
    }

    /// Moves a block to one of another size and the same alignment. The new block begins with the
    /// old one's bytes, as many as fit, and the old one is given back. Where there is no memory,
    /// the answer is `MemorySegment.NULL` and the old block stays as it is.
    ///
    /// @param layout  the layout that `block` was allocated with
    /// @param newSize in bytes
    /// @throws IllegalArgumentException if no block can have the new size; the old one stays too
    default MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        throw todo("move the contents to a block of the new size and give the old one back");
    }

    /// The same as [#realloc], but the bytes that a larger block has gained are 0.
    default MemorySegment reallocZeroed(MemorySegment block, Layout layout, long newSize) {
        throw todo("do what realloc does, with every byte that was added set to 0");
    }

    /// Your methods on top of a heap that has the other two only. This one is finished: try yours in
    /// a cell or in a `main`, as `DefaultMethods.on(new SystemAlloc())`.
    static DefaultMethods on(GlobalAlloc heap) {
        return new DefaultMethods() {
            @Override public MemorySegment alloc(Layout layout) {
                return heap.alloc(layout);
            }

            @Override public void dealloc(MemorySegment block, Layout layout) {
                heap.dealloc(block, layout);
            }
        };
    }
}
