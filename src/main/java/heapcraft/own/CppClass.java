package heapcraft.own;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Consumer;

/// A C++ class as `new` and `delete` see it.
///
/// ```java
/// GlobalAlloc pool = new SystemAlloc();
/// CppClass particle = CppClass.of("Particle", new Layout(24, 8))
///         .withDestructor(at -> at.fill((byte) 0))
///         .withOperatorNew(pool);
/// ```
///
/// Immutable; may be shared between threads.
///
/// Follows the C++ standard, [class.dtor](https://eel.is/c++draft/class.dtor) and
/// [class.free](https://eel.is/c++draft/class.free).
///
/// @param name       the class's name
/// @param layout     size and alignment of an object
/// @param destructor ends an object's life; empty if it is trivial
/// @param heap       where the class's own `operator new` and `operator delete` take memory from
///                   and give it back to; empty if it has none, and the global ones serve
public record CppClass(String name, Layout layout, Optional<Consumer<MemorySegment>> destructor,
                       Optional<GlobalAlloc> heap) {

    /// {@return a class with a trivial destructor and no `operator new` of its own}
    ///
    /// @param name   the class's name
    /// @param layout size and alignment of an object
    public static CppClass of(String name, Layout layout) {
        return new CppClass(name, layout, Optional.empty(), Optional.empty());
    }

    /// {@return this class with a destructor}
    ///
    /// @param destructor ends an object's life
    public CppClass withDestructor(Consumer<MemorySegment> destructor) {
        return new CppClass(name, layout, Optional.of(destructor), heap);
    }

    /// {@return this class with its own `operator new` and `operator delete`} They serve single
    /// objects only: an array asks `operator new[]`, which the class would have to replace as well.
    ///
    /// @param heap where objects come from and go back to
    public CppClass withOperatorNew(GlobalAlloc heap) {
        return new CppClass(name, layout, destructor, Optional.of(heap));
    }

    /// Runs the destructor, if there is anything to run.
    void destroy(MemorySegment object) {
        destructor.ifPresent(end -> end.accept(object));
    }
}
