package ch02;

import static heapcraft.exercise.Todo.todo;

/// Size and alignment, worked out by hand: the arithmetic below every allocator, array and struct.
///
/// The idea: an object may begin only at a multiple of its alignment, so there are gaps, and every
/// sum can leave the range of a `long`. Here nothing wraps around: what does not fit is refused.
///
/// Be graded: `./lab grade LayoutMath`, `mvn test -Dexercise=LayoutMath`, or
/// `check("LayoutMath")` in the notebook. The library's `Layout` is not allowed here: you build it.
public final class LayoutMath {

    private LayoutMath() { }

    /// Size and alignment of a block, in bytes. This gate is finished: it refuses whatever your
    /// [#isShape(long, long)] refuses, so a sum that turned negative does not get through.
    public record Shape(long byteSize, long byteAlignment) {
        /// @throws IllegalArgumentException if `isShape` says no
        public Shape {
            if (!isShape(byteSize, byteAlignment)) {
                throw new IllegalArgumentException(
                        "no block has " + byteSize + " bytes aligned to " + byteAlignment);
            }
        }
    }

    /// Whether a number can be an alignment: a power of two from 1 to 2^62.
    public static boolean isAlignment(long number) {
        throw todo("say whether the number is a power of two from 1 to 2^62");
    }

    /// Whether a block can have this size and alignment. The size starts at 0, and rounded up to a
    /// multiple of the alignment it must still be at most `Long.MAX_VALUE`.
    public static boolean isShape(long byteSize, long byteAlignment) {
        throw todo("say whether the size, rounded up to the alignment, still fits in a long");
    }

    /// How many bytes to skip from `position` to the next multiple of `byteAlignment`; 0 where
    /// `position` is one already.
    ///
    /// @param position      an offset or address, at least 0
    /// @param byteAlignment an alignment
    public static long padding(long position, long byteAlignment) {
        throw todo("count the bytes from the position to the next multiple of the alignment");
    }

    /// `first`, then the gap that `next` needs, then `next`; no gap behind it.
    ///
    /// @throws IllegalArgumentException if the whole does not fit
    public static Shape extend(Shape first, Shape next) {
        throw todo("give the shape of the first part, the gap and the next part together");
    }

    /// `count` elements in a row. Every one of them, the last one too, is padded to the element's
    /// alignment.
    ///
    /// @throws IllegalArgumentException if the count is negative or the whole does not fit
    public static Shape array(Shape element, long count) {
        throw todo("give the shape of that many padded elements, or refuse if they do not fit");
    }

    /// A C struct: its fields in order, each at its own alignment, padded at the end so that an
    /// array of such structs needs no further gaps. Without fields it has 0 bytes, aligned to 1.
    ///
    /// @throws IllegalArgumentException if the whole does not fit
    public static Shape struct(Shape... fields) {
        throw todo("give the shape of a C struct with these fields in this order");
    }
}
