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
        return number > 0 && Long.highestOneBit(number) == number;
    }

    public static boolean isShape(long byteSize, long byteAlignment) {
        if (!isAlignment(byteAlignment) || byteSize < 0) {
            return false;
        }
        long multiples = byteSize / byteAlignment + (byteSize % byteAlignment == 0 ? 0 : 1);
        return multiples <= Long.MAX_VALUE / byteAlignment;
    }

    public static long padding(long position, long byteAlignment) {
        long past = position % byteAlignment;
        return past == 0 ? 0 : byteAlignment - past;
    }

    public static Shape extend(Shape first, Shape next) {
        try {
            long gap = padding(first.byteSize(), next.byteAlignment());
            long size = Math.addExact(Math.addExact(first.byteSize(), gap), next.byteSize());
            return new Shape(size, Math.max(first.byteAlignment(), next.byteAlignment()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large: " + first + " and " + next, e);
        }
    }

    public static Shape array(Shape element, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a negative count: " + count);
        }
        try {
            long size = Math.multiplyExact(padded(element), count);
            return new Shape(size, element.byteAlignment());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large: " + count + " times " + element, e);
        }
    }

    public static Shape struct(Shape... fields) {
        Shape all = new Shape(0, 1);
        for (Shape field : fields) {
            all = extend(all, field);
        }
        return new Shape(padded(all), all.byteAlignment());
    }

    private static long padded(Shape shape) {
        return shape.byteSize() + padding(shape.byteSize(), shape.byteAlignment());
    }
}
