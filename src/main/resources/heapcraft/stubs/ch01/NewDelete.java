package ch01;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// C++'s `new` and `delete`, written out step by step.
///
/// The idea: `new` is two jobs in one, memory first and then the object in it, and `delete` is the
/// same two backwards. Either job can fail, and then the other one must not be left half done.
/// A `Layout` says how large an object is and how it is aligned; here you only hand it on.
/// A block of the heap knows its length: what the notebook did with `reinterpret` is not needed.
///
/// Be graded: `./lab grade NewDelete`, `mvn test -Dexercise=NewDelete`, or `check("NewDelete")` in
/// the notebook. The library's `CppNew` is not allowed here: you build it.
public final class NewDelete {

    private final GlobalAlloc heap;

    /// @param heap where the memory comes from
    public NewDelete(GlobalAlloc heap) {
        this.heap = heap;
    }

    /// `std::bad_alloc`: thrown by `new` when there is no memory.
    public static final class BadAlloc extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// @param layout what could not be had
        public BadAlloc(Layout layout) {
            super("std::bad_alloc: no memory for " + layout);
        }
    }

    /// `operator new`: raw memory from the heap, with no object in it yet.
    ///
    /// @throws BadAlloc if the heap answers `NULL`
    public MemorySegment operatorNew(Layout layout) {
        throw todo("get raw memory from the heap, or throw BadAlloc where it has none");
    }

    /// `operator delete`: gives back memory in which no object lives any more.
    public void operatorDelete(MemorySegment memory, Layout layout) {
        heap.dealloc(memory, layout);
    }

    /// `new T(…)`. If the constructor throws, there is no object: its memory goes back to the heap,
    /// and the caller meets the constructor's own exception.
    ///
    /// @param constructor makes an object out of raw memory; may throw anything
    /// @return a pointer to the finished object
    /// @throws BadAlloc if there is no memory; the constructor does not run then
    public MemorySegment create(Layout layout, Consumer<MemorySegment> constructor) {
        throw todo("make an object in new memory, and lose no memory if that fails");
    }

    /// `delete p`. The memory goes back to the heap even if the destructor throws, and its
    /// exception reaches the caller. Deleting `NULL` does nothing.
    ///
    /// @param destructor ends the object's life; may throw anything
    public void delete(MemorySegment p, Layout layout, Consumer<MemorySegment> destructor) {
        throw todo("end the object's life, then give its memory back, whatever happens");
    }
}
