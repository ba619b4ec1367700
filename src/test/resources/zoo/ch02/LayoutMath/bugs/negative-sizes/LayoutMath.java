// Can a size be negative?
// killed by: a_shape_has_a_size_and_an_alignment, refuses_a_whole_only_when_it_does_not_fit
package ch02;

public final class LayoutMath {

    private LayoutMath() { }

    public record Shape(long byteSize, long byteAlignment) {
        public Shape {
            if (!isShape(byteSize, byteAlignment)) {
                throw new IllegalArgumentException(
                        "no block has " + byteSize + " bytes aligned to " + byteAlignment);
            }
        }
    }

    public static boolean isAlignment(long number) {
        return number > 0 && Long.bitCount(number) == 1;
    }

    public static boolean isShape(long byteSize, long byteAlignment) {
        return isAlignment(byteAlignment)
                && byteSize <= Long.MAX_VALUE - (byteAlignment - 1);
    }

    public static long padding(long position, long byteAlignment) {
        return -position & (byteAlignment - 1);
    }

    public static Shape extend(Shape first, Shape next) {
        long offset = first.byteSize + padding(first.byteSize, next.byteAlignment);
        return new Shape(offset + next.byteSize,
                Math.max(first.byteAlignment, next.byteAlignment));
    }

    public static Shape array(Shape element, long count) {
        long stride = element.byteSize + padding(element.byteSize, element.byteAlignment);
        if (count < 0 || Math.multiplyHigh(stride, count) != 0) {
            throw new IllegalArgumentException(
                    count + " elements of " + stride + " bytes do not fit");
        }
        return new Shape(stride * count, element.byteAlignment);
    }

    public static Shape struct(Shape... fields) {
        Shape whole = new Shape(0, 1);
        for (Shape field : fields) {
            whole = extend(whole, field);
        }
        return array(whole, 1);
    }
}
