package heapcraft.alloc;

/// The block sizes that a heap keeps in stock: 16, 32, 48, up to 128, and from there on four for
/// every doubling: 160, 192, 224, 256, 320, and so on.
///
/// A request takes the smallest class that holds it. From 128 bytes on it wastes less than a fifth
/// of its block; with powers of two it would waste up to half.
///
/// ```java
/// int index = SizeClasses.indexOf(100);   // 6
/// SizeClasses.byteSize(index);            // 112
/// ```
///
/// Follows [jemalloc's size classes](https://jemalloc.net/jemalloc.3.html#size_classes).
public final class SizeClasses {

    private static final long STEP = 16;
    /// Up to here classes are `STEP` apart.
    private static final long EVEN = 128;
    private static final int EVEN_COUNT = (int) (EVEN / STEP);
    private static final int EVEN_DOUBLING = Long.numberOfTrailingZeros(EVEN);

    private SizeClasses() { }

    /// {@return the number of the smallest class of at least so many bytes, counted from 0}
    ///
    /// @param byteSize from 1 to 2^62
    public static int indexOf(long byteSize) {
        if (byteSize <= EVEN) {
            return (int) ((byteSize - 1) / STEP);
        }
        // 2^doubling < byteSize <= 2^(doubling + 1), and that range has four equal steps.
        int doubling = 63 - Long.numberOfLeadingZeros(byteSize - 1);
        int step = (int) (byteSize - 1 >> doubling - 2) & 3;
        return EVEN_COUNT + 4 * (doubling - EVEN_DOUBLING) + step;
    }

    /// {@return the size of a class's blocks, in bytes}
    ///
    /// @param index from 0
    public static long byteSize(int index) {
        if (index < EVEN_COUNT) {
            return (index + 1) * STEP;
        }
        int doubling = EVEN_DOUBLING + (index - EVEN_COUNT) / 4;
        long steps = 4 + (index - EVEN_COUNT) % 4 + 1;
        return steps << doubling - 2;
    }
}
