package heapcraft.own;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.Layout;
import heapcraft.own.CppNew.BadAlloc;
import java.lang.foreign.MemorySegment;
import java.util.function.ObjLongConsumer;

/// C++'s `new T[n]` and `delete[] p`: many objects in one block, and in front of them a *cookie*
/// that remembers how many.
///
/// `delete[] p` gets a pointer and no count, and still must run every destructor. So `new T[n]`
/// writes `n` into the bytes before the first object. A class with a trivial destructor needs no
/// count and gets no cookie. That is why `delete p` on such a pointer frees the wrong address.
///
/// ```java
/// var cpp = new CppNew(new SystemAlloc());
/// CppClass point = CppClass.of("Point", new Layout(8, 4)).withDestructor(at -> { });
/// CppArray p = CppArray.create(cpp, point, 3, (at, i) -> at.fill((byte) i));   // new Point[3]
/// long cookie = p.first().address() - p.block().address();                     // 8 bytes
/// p.delete();                                                                  // delete[] p
/// ```
///
/// The objects live from `create` to `delete`. As safe between threads as the heap below.
///
/// Follows the C++ standard, [expr.new](https://eel.is/c++draft/expr.new), and for the cookie the
/// [Itanium C++ ABI, 2.7](https://itanium-cxx-abi.github.io/cxx-abi/abi.html#array-cookies), which
/// GCC and Clang keep.
///
/// @param cpp   gave the block and will take it back
/// @param type  the class of the objects
/// @param block cookie and objects; a C++ program only sees a pointer to the first object, and
///              reaches the cookie by going back from there
public record CppArray(CppNew cpp, CppClass type, MemorySegment block) {

    private static final long COUNT_BYTES = 8;

    /// `new T[n]`. If the constructor of one object throws, the finished ones are destroyed, last
    /// to first, the block is freed, and the exception goes on.
    ///
    /// @param cpp         where the block comes from and goes back to
    /// @param type        the class of the objects
    /// @param count       how many objects
    /// @param constructor makes an object out of raw memory; is told the object's index
    /// @return the finished array
    /// @throws BadAlloc if `count` is negative or so many are too large
    ///         (`std::bad_array_new_length`), or there is no memory
    public static CppArray create(CppNew cpp, CppClass type, long count,
                                  ObjLongConsumer<MemorySegment> constructor) {
        CppArray array = new CppArray(cpp, type, cpp.operatorNew(room(type, count)));
        if (cookieBytes(type) > 0) {
            array.block.set(JAVA_LONG_UNALIGNED, cookieBytes(type) - COUNT_BYTES, count);
        }
        long made = 0;
        try {
            for (; made < count; made++) {
                constructor.accept(array.object(made), made);
            }
        } catch (Throwable e) {
            array.destroyAndFree(made);
            throw e;
        }
        return array;
    }

    private static Layout room(CppClass type, long count) {
        try {
            Layout whole = new Layout(cookieBytes(type), alignment(type))
                    .extend(Layout.array(type.layout(), count)).layout();
            // C++ allows new T[0], but no allocator has blocks of size 0.
            return new Layout(Math.max(1, whole.byteSize()), whole.byteAlignment());
        } catch (IllegalArgumentException e) {
            throw new BadAlloc("std::bad_array_new_length: " + type.name() + "[" + count + "]: "
                    + e.getMessage());
        }
    }

    private static long alignment(CppClass type) {
        return Math.max(COUNT_BYTES, type.layout().byteAlignment());
    }

    /// The cookie's size: wide enough for the count, and for the first object to be aligned.
    private static long cookieBytes(CppClass type) {
        return type.destructor().isEmpty() ? 0 : alignment(type);
    }

    /// {@return what `new T[n]` returns: a pointer to the first object, and the bytes behind it}
    public MemorySegment first() {
        return block.asSlice(cookieBytes(type));
    }

    /// {@return how many objects there are, read from the cookie}
    ///
    /// @throws IllegalStateException if the class has a trivial destructor: nobody wrote it down
    public long count() {
        if (cookieBytes(type) == 0) {
            throw new IllegalStateException("an array of " + type.name() + " has no cookie:"
                    + " its destructor is trivial");
        }
        return block.get(JAVA_LONG_UNALIGNED, cookieBytes(type) - COUNT_BYTES);
    }

    /// {@return the object at `index`}
    ///
    /// @param index from 0; the array does not know where it ends
    /// @throws IndexOutOfBoundsException if it lies outside the block; C++ would not look
    public MemorySegment object(long index) {
        long stride = type.layout().padToAlign().byteSize();
        return first().asSlice(index * stride, type.layout().byteSize());
    }

    /// `delete[] p`: destroys the objects, last to first, then frees the block, even if a
    /// destructor throws.
    public void delete() {
        destroyAndFree(cookieBytes(type) == 0 ? 0 : count());
    }

    private void destroyAndFree(long made) {
        try {
            Drops.each(0, made, i -> type.destroy(object(made - 1 - i)));
        } finally {
            cpp.operatorDelete(block, new Layout(block.byteSize(), alignment(type)));
        }
    }
}
