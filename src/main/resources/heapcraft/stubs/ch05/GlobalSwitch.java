package ch05;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import java.util.Map;
import java.util.function.Supplier;

/// The switch behind `#[global_allocator]`: which heap does a whole program use?
///
/// The idea: a program may choose its heap once, before anybody has used one. From the first use on
/// blocks are alive that no other heap could take back, so from then on the choice is final.
///
/// Who chooses, in this order: a line of code that calls [#install]; else the property, which names
/// one of the known heaps; else nobody, and it is the usual one.
///
/// Be graded: `./lab grade GlobalSwitch`, `mvn test -Dexercise=GlobalSwitch`, or
/// `check("GlobalSwitch")` in the notebook. The library's `Global` is not allowed here: you build it.
public final class GlobalSwitch {

    private final Supplier<String> property;
    private final Map<String, Supplier<GlobalAlloc>> known;
    private final Supplier<GlobalAlloc> usual;

    private GlobalAlloc installed;
    /// The heap since its first use, and `null` before.
    private GlobalAlloc heap;
    /// Made at the first use: its stack trace shows who that was.
    private Throwable firstUse;

    /// Chooses nothing yet, and makes no heap.
    ///
    /// @param property answers the name of a heap, or `null` if nobody has set it
    /// @param known    makes heaps, by their names
    /// @param usual    makes the heap that is used if nobody chooses
    public GlobalSwitch(Supplier<String> property, Map<String, Supplier<GlobalAlloc>> known,
                        Supplier<GlobalAlloc> usual) {
        this.property = property;
        this.known = known;
        this.usual = usual;
    }

    /// Chooses the heap, by a line of code.
    ///
    /// @throws IllegalStateException if the heap was used before, with a cause whose stack trace
    ///         shows who did; or if one was installed before. The choice stays as it was
    /// @throws NullPointerException  if there is no heap to install
    public void install(GlobalAlloc heap) {
        throw todo("take the heap, unless it is too late or too much");
    }

    /// The heap. The first call settles which one it is, and all later calls get the same.
    ///
    /// @throws IllegalArgumentException if the property names no known heap: the message has all
    ///         the names there are, and nothing is settled
    public GlobalAlloc heap() {
        throw todo("settle which heap it is, and remember it");
    }
}
