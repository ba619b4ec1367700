package ch01;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// C++'s `new T[n]` and `delete[] p`: many elements in one block, and a note of how many.
///
/// The idea: `delete[]` gets an address and no count, yet must run every destructor. So `new T[n]`
/// writes `n` in front of the first element, into the *cookie*.
///
/// ```text
///   block
///   ▼
///   ┌───────────┬────────────┬───────────┬───────────┐
///   │ (nothing) │ n, 8 bytes │ element 0 │ element 1 │
///   └───────────┴────────────┴───────────┴───────────┘
///   ╰────── the cookie ──────╯
/// ```
///
/// The cookie has 8 bytes, or as many as an element's alignment if that is more; `n` is always its
/// last 8 bytes. A C++ program is given the address of element 0 and steps back from there; here
/// all methods take the whole block. `n` is a `ValueLayout.JAVA_LONG`.
///
/// Be graded: `./lab grade NewArray`, `mvn test -Dexercise=NewArray`, or `check("NewArray")` in the
/// notebook. The library's `CppArray` is not allowed here: you build it.
public final class NewArray {

    private final GlobalAlloc heap;

    /// @param heap where the memory comes from
    public NewArray(GlobalAlloc heap) {
        this.heap = heap;
    }

    /// `std::bad_array_new_length`: thrown by `new T[n]` for an `n` that no block can hold.
    public static final class BadArrayNewLength extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// @param count how many elements were asked for
        public BadArrayNewLength(long count) {
            super("std::bad_array_new_length: " + count + " elements");
        }
    }

    /// `std::bad_alloc`: thrown by `new T[n]` when there is no memory.
    public static final class BadAlloc extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// @param layout what could not be had
        public BadAlloc(Layout layout) {
            super("std::bad_alloc: no memory for " + layout);
        }
    }

    /// The width of the cookie in bytes. This one is finished, and so are the next two.
    public static long cookieBytes(Layout element) {
        // Two wishes: room for the count, and element 0 at a multiple of its alignment.
        return Math.max(8, element.byteAlignment());
    }

    /// The layout of the block for cookie and elements.
    ///
    /// @throws BadArrayNewLength if `count` is negative, or no layout is that large
    public static Layout blockLayout(Layout element, long count) {
        try {
            Layout cookie = new Layout(cookieBytes(element), cookieBytes(element));
            // array refuses what overflows, and extend what the cookie makes too large.
            return cookie.extend(Layout.array(element, count)).layout();
        } catch (IllegalArgumentException tooLarge) {
            throw new BadArrayNewLength(count);
        }
    }

    /// The memory of one element.
    ///
    /// @param index from 0
    public static MemorySegment element(MemorySegment block, Layout element, long index) {
        long stride = element.padToAlign().byteSize();
        return block.asSlice(cookieBytes(element) + index * stride, element.byteSize());
    }

    /// How many elements there are: what the cookie says.
    public static long count(MemorySegment block, Layout element) {
        throw todo("read the number that the cookie holds");
    }

    /// `new T[count]`. If the constructor of one element throws, the finished elements are
    /// destroyed, last one first, the block is given back, and the exception goes on.
    ///
    /// @param constructor makes an element out of raw memory, and is told its index; may throw
    /// @param destructor  ends an element's life; throws nothing here
    /// @return the block, with the cookie written and all elements made, first one first
    /// @throws BadArrayNewLength if no block can hold so many; the heap is not asked then
    /// @throws BadAlloc if there is no memory; no constructor runs then
    public MemorySegment create(Layout element, long count,
                                ObjLongConsumer<MemorySegment> constructor,
                                Consumer<MemorySegment> destructor) {
        throw todo("get a block, note the count, make all elements; if one fails, leave nothing");
    }

    /// `delete[] p`: destroys all elements, last one first, then gives the block back, even if a
    /// destructor throws: its exception reaches the caller. Whether the elements that were still to
    /// come are destroyed then is up to you.
    ///
    /// @param destructor ends an element's life; may throw
    public void delete(MemorySegment block, Layout element, Consumer<MemorySegment> destructor) {
        throw todo("end every element's life, then give the block back, whatever happens");
    }
}
