package ch02;

import java.math.BigInteger;
import java.util.stream.LongStream;

public final class LayoutMath {

    private static final BigInteger LIMIT = BigInteger.valueOf(Long.MAX_VALUE);

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
        return LongStream.range(0, 63).map(bit -> 1L << bit).anyMatch(power -> power == number);
    }

    public static boolean isShape(long byteSize, long byteAlignment) {
        return isAlignment(byteAlignment) && byteSize >= 0
                && roundUp(big(byteSize), byteAlignment).compareTo(LIMIT) <= 0;
    }

    public static long padding(long position, long byteAlignment) {
        return roundUp(big(position), byteAlignment).subtract(big(position)).longValueExact();
    }

    public static Shape extend(Shape first, Shape next) {
        BigInteger offset = roundUp(big(first.byteSize()), next.byteAlignment());
        return shape(offset.add(big(next.byteSize())),
                Math.max(first.byteAlignment(), next.byteAlignment()));
    }

    public static Shape array(Shape element, long count) {
        BigInteger stride = roundUp(big(element.byteSize()), element.byteAlignment());
        if (count < 0) {
            throw new IllegalArgumentException("a negative count: " + count);
        }
        return shape(stride.multiply(big(count)), element.byteAlignment());
    }

    public static Shape struct(Shape... fields) {
        BigInteger end = BigInteger.ZERO;
        long alignment = 1;
        for (Shape field : fields) {
            end = roundUp(end, field.byteAlignment()).add(big(field.byteSize()));
            alignment = Math.max(alignment, field.byteAlignment());
        }
        return shape(roundUp(end, alignment), alignment);
    }

    private static Shape shape(BigInteger size, long alignment) {
        if (size.compareTo(LIMIT) > 0) {
            throw new IllegalArgumentException(size + " bytes are more than " + LIMIT);
        }
        return new Shape(size.longValueExact(), alignment);
    }

    private static BigInteger roundUp(BigInteger size, long alignment) {
        BigInteger step = big(alignment);
        return size.add(step).subtract(BigInteger.ONE).divide(step).multiply(step);
    }

    private static BigInteger big(long number) {
        return BigInteger.valueOf(number);
    }
}
