package heapcraft.own;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// C++'s `new` and `delete`, each taken apart into its steps.
///
/// `new T(…)` is `operator new`, then the constructor, then the pointer. `delete p` is the
/// destructor, then `operator delete`. Both halves are welded together: that is what Rust took
/// apart.
///
/// ```java
/// var cpp = new CppNew(new SystemAlloc());
/// Layout anInt = new Layout(4, 4);
/// MemorySegment p = cpp.create(anInt, at -> Type.INT.write(at, 42));   // int* p = new int(42);
/// cpp.delete(p, anInt, at -> { });                                     // delete p;
/// ```
///
/// An object lives from `create` to `delete`. As safe between threads as the heap below it.
///
/// Arrays, `new T[n]`, are a [CppArray]; a class with an `operator new` of its own is a [CppClass].
///
/// Follows the C++ standard, [expr.new](https://eel.is/c++draft/expr.new) and
/// [expr.delete](https://eel.is/c++draft/expr.delete).
///
/// @param heap where `operator new` takes its memory from
public record CppNew(GlobalAlloc heap) {

    /// `new T(…)`. A constructor that throws gets its memory freed, and its exception goes on.
    ///
    /// @param layout      size and alignment of the object
    /// @param constructor makes an object out of raw memory
    /// @return a pointer to the finished object
    /// @throws BadAlloc if there is no memory; the constructor has not run then
    public MemorySegment create(Layout layout, Consumer<MemorySegment> constructor) {
        MemorySegment memory = operatorNew(layout);
        try {
            constructor.accept(memory);
        } catch (Throwable e) {
            operatorDelete(memory, layout);
            throw e;
        }
        return memory;
    }

    /// `delete p`. The memory is freed even if the destructor throws; `NULL` is left alone.
    ///
    /// @param p          what `create` returned, or `NULL`
    /// @param layout     size and alignment of the object
    /// @param destructor ends the object's life
    public void delete(MemorySegment p, Layout layout, Consumer<MemorySegment> destructor) {
        if (isNull(p)) {
            return;
        }
        try {
            destructor.accept(p);
        } finally {
            operatorDelete(p, layout);
        }
    }

    /// `new T(…)` for a class that may have its own `operator new`: C++ looks for one in the class
    /// first, and outside after that.
    ///
    /// @param type        the object's class
    /// @param constructor makes an object out of raw memory
    /// @return a pointer to the finished object
    /// @throws BadAlloc if there is no memory; the constructor has not run then
    public MemorySegment create(CppClass type, Consumer<MemorySegment> constructor) {
        return scopeOf(type).create(type.layout(), constructor);
    }

    /// `delete p` for a class that may have its own `operator delete`.
    ///
    /// @param p    what `create` returned, or `NULL`
    /// @param type the object's class
    public void delete(MemorySegment p, CppClass type) {
        scopeOf(type).delete(p, type.layout(), type::destroy);
    }

    private CppNew scopeOf(CppClass type) {
        return type.heap().map(CppNew::new).orElse(this);
    }

    /// `operator new`: raw memory, no object in it yet.
    ///
    /// @param layout size and alignment of the object to come
    /// @return the memory
    /// @throws BadAlloc if there is no memory
    public MemorySegment operatorNew(Layout layout) {
        MemorySegment memory = heap.alloc(layout);
        if (isNull(memory)) {
            throw new BadAlloc(layout);
        }
        return memory;
    }

    /// `operator delete`: frees memory in which no object lives any more.
    ///
    /// @param memory what `operator new` returned
    /// @param layout the layout it was asked for with
    public void operatorDelete(MemorySegment memory, Layout layout) {
        heap.dealloc(memory, layout);
    }

    /// `std::bad_alloc`: what `new` throws where Rust's `alloc` returns null.
    public static final class BadAlloc extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// No memory for one object.
        ///
        /// @param layout what could not be had
        public BadAlloc(Layout layout) {
            this("std::bad_alloc: no memory for " + layout);
        }

        BadAlloc(String message) {
            super(message);
        }
    }
}
