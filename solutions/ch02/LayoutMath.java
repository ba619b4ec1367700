package ch02;

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
        // One bit is set. Long.MIN_VALUE has a single bit too, but that bit is the sign.
        return number > 0 && Long.bitCount(number) == 1;
    }

    /// Whether a block can have this size and alignment. The size starts at 0, and rounded up to a
    /// multiple of the alignment it must still be at most `Long.MAX_VALUE`.
    public static boolean isShape(long byteSize, long byteAlignment) {
        // Rounding up adds at most alignment - 1. Taking that from the limit cannot overflow;
        // adding it to the size could.
        return isAlignment(byteAlignment)
                && byteSize >= 0
                && byteSize <= Long.MAX_VALUE - (byteAlignment - 1);
    }

    /// How many bytes to skip from `position` to the next multiple of `byteAlignment`; 0 where
    /// `position` is one already.
    ///
    /// @param position      an offset or address, at least 0
    /// @param byteAlignment an alignment
    public static long padding(long position, long byteAlignment) {
        // The low bits of -position are what is missing to the next multiple, and 0 at a multiple.
        return -position & (byteAlignment - 1);
    }

    /// `first`, then the gap that `next` needs, then `next`; no gap behind it.
    ///
    /// @throws IllegalArgumentException if the whole does not fit
    public static Shape extend(Shape first, Shape next) {
        long offset = first.byteSize + padding(first.byteSize, next.byteAlignment);
        // Both sums stay below 2^64, so one that does not fit is negative, and Shape refuses it.
        return new Shape(offset + next.byteSize,
                Math.max(first.byteAlignment, next.byteAlignment));
    }

    /// `count` elements in a row. Every one of them, the last one too, is padded to the element's
    /// alignment.
    ///
    /// @throws IllegalArgumentException if the count is negative or the whole does not fit
    public static Shape array(Shape element, long count) {
        long stride = element.byteSize + padding(element.byteSize, element.byteAlignment);
        // A product can wrap to a harmless looking positive number; its high half tells.
        if (count < 0 || Math.multiplyHigh(stride, count) != 0) {
            throw new IllegalArgumentException(
                    count + " elements of " + stride + " bytes do not fit");
        }
        return new Shape(stride * count, element.byteAlignment);
    }

    /// A C struct: its fields in order, each at its own alignment, padded at the end so that an
    /// array of such structs needs no further gaps. Without fields it has 0 bytes, aligned to 1.
    ///
    /// @throws IllegalArgumentException if the whole does not fit
    public static Shape struct(Shape... fields) {
        Shape whole = new Shape(0, 1);
        for (Shape field : fields) {
            whole = extend(whole, field);
        }
        // An array of one is padded at its end. Padding after every field would come too early: a
        // byte may follow an int's neighbour without a gap.
        return array(whole, 1);
    }
}
