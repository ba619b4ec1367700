package ch05;

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
        // All questions first, the change last: a refused call changes nothing.
        if (firstUse != null) {
            throw new IllegalStateException("the heap is " + this.heap + " since its first use",
                    firstUse);
        }
        if (installed != null) {
            throw new IllegalStateException(installed + " is installed already");
        }
        if (heap == null) {
            throw new NullPointerException("no heap to install");
        }
        installed = heap;
    }

    /// The heap. The first call settles which one it is, and all later calls get the same.
    ///
    /// @throws IllegalArgumentException if the property names no known heap: the message has all
    ///         the names there are, and nothing is settled
    public GlobalAlloc heap() {
        if (heap == null) {
            heap = chosen();
            // Only once there is a heap: a wrong name has settled nothing.
            firstUse = new Throwable("first use of the heap");
        }
        return heap;
    }

    private GlobalAlloc chosen() {
        if (installed != null) {
            return installed;
        }
        // Asked now, and not when the switch was made: until the first use all may still change.
        String name = property.get();
        if (name == null) {
            return usual.get();
        }
        Supplier<GlobalAlloc> maker = known.get(name);
        if (maker == null) {
            throw new IllegalArgumentException(name + " is no heap; there are " + known.keySet());
        }
        return maker.get();
    }
}
