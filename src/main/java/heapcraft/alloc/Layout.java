package heapcraft.alloc;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The size and the alignment of one block of memory: all an allocator needs to know of a type.
///
/// `byteSize` is in bytes. `byteAlignment` is in bytes too: the block's address must be a multiple
/// of it. Alignments are powers of two, from 1 on. The size, rounded up to the alignment, must fit
/// in a `long`; so the largest size shrinks a little as the alignment grows.
///
/// ```java
/// Layout point = new Layout(12, 4);          // three ints
/// Layout many = Layout.array(point, 100);    // 1200 bytes, aligned to 4
/// ```
///
/// No operation wraps around: what does not fit is an `IllegalArgumentException` that names the
/// value and the allowed range. Layouts are immutable and may be shared between threads.
///
/// Follows [core::alloc::Layout](https://doc.rust-lang.org/core/alloc/struct.Layout.html) as of
/// Rust 1.95, where sizes also end at 2^63 - 1.
///
/// @param byteSize      size in bytes, from 0 to [#maxSize(long)] of the alignment
/// @param byteAlignment alignment in bytes, a power of two
public record Layout(long byteSize, long byteAlignment) {

    /// @throws IllegalArgumentException if the alignment is no power of two, or the size is
    ///                                  negative or too large for it
    public Layout {
        requireAlignment(byteAlignment);
        if (byteSize < 0 || byteSize > maxSize(byteAlignment)) {
            throw new IllegalArgumentException("size " + byteSize + " is outside 0.."
                    + maxSize(byteAlignment) + ", the sizes for alignment " + byteAlignment);
        }
    }

    /// The size and alignment of a memory layout.
    ///
    /// @throws IllegalArgumentException never for the layouts that the JDK can build
    public static Layout of(MemoryLayout layout) {
        return new Layout(layout.byteSize(), layout.byteAlignment());
    }

    /// This layout in the JDK's words: as many bytes, aligned in the same way.
    public MemoryLayout toMemoryLayout() {
        return MemoryLayout.sequenceLayout(byteSize, ValueLayout.JAVA_BYTE)
                .withByteAlignment(byteAlignment);
    }

    /// The layout of an array: `length` elements, each one padded to its own alignment, the last
    /// one too.
    ///
    /// @throws IllegalArgumentException if `length` is negative or the array's size is too large
    public static Layout array(Layout element, long length) {
        return element.padToAlign().repeatPacked(length);
    }

    /// The largest size in bytes that still fits in a `long` once rounded up to the alignment.
    ///
    /// @throws IllegalArgumentException if the alignment is no power of two
    public static long maxSize(long byteAlignment) {
        requireAlignment(byteAlignment);
        return Long.MAX_VALUE - (byteAlignment - 1);
    }

    /// The bytes to add after this layout so that the next address is a multiple of
    /// `byteAlignment`.
    ///
    /// ```java
    /// new Layout(9, 1).paddingNeededFor(4);   // 3, since 9 + 3 is a multiple of 4
    /// new Layout(8, 1).paddingNeededFor(4);   // 0
    /// ```
    ///
    /// @throws IllegalArgumentException if the alignment is no power of two
    public long paddingNeededFor(long byteAlignment) {
        requireAlignment(byteAlignment);
        return -byteSize & (byteAlignment - 1);
    }

    /// This layout with its size rounded up to its own alignment, as an array element or a C
    /// struct needs it.
    public Layout padToAlign() {
        return new Layout(byteSize + paddingNeededFor(byteAlignment), byteAlignment);
    }

    /// This layout with at least the given alignment; the size stays as it is.
    ///
    /// @throws IllegalArgumentException if the alignment is no power of two, or the size is too
    ///                                  large for it
    public Layout alignTo(long byteAlignment) {
        requireAlignment(byteAlignment);
        return new Layout(byteSize, Math.max(this.byteAlignment, byteAlignment));
    }

    /// This layout followed by `next`, with the padding that `next` needs in between and none
    /// behind it. A C struct is its fields extended in order, then [#padToAlign()].
    ///
    /// ```java
    /// var both = new Layout(1, 1).extend(new Layout(4, 4));
    /// both.offset();   // 4: three bytes of padding before the int
    /// both.layout();   // 8 bytes, aligned to 4
    /// ```
    ///
    /// @throws IllegalArgumentException if the sum is too large
    public Extended extend(Layout next) {
        long offset = addExact(byteSize, paddingNeededFor(next.byteAlignment));
        long size = addExact(offset, next.byteSize);
        long alignment = Math.max(byteAlignment, next.byteAlignment);
        return new Extended(new Layout(size, alignment), offset);
    }

    /// This layout followed by `next` without any padding; the alignment stays this one's.
    ///
    /// @throws IllegalArgumentException if the sum is too large
    public Layout extendPacked(Layout next) {
        return new Layout(addExact(byteSize, next.byteSize), byteAlignment);
    }

    /// `count` copies of this layout in a row, with padding between them so that each is aligned,
    /// and none behind the last.
    ///
    /// ```java
    /// var three = new Layout(6, 4).repeat(3);
    /// three.stride();   // 8
    /// three.layout();   // 22 bytes: 8 + 8 + 6
    /// ```
    ///
    /// @throws IllegalArgumentException if `count` is negative or the total is too large
    public Repeated repeat(long count) {
        Layout padded = padToAlign();
        Layout whole = count <= 0 ? padded.repeatPacked(count)
                : padded.repeatPacked(count - 1).extendPacked(this);
        return new Repeated(whole, padded.byteSize);
    }

    /// `count` copies of this layout in a row without any padding. They are all aligned only if
    /// the size is a multiple of the alignment.
    ///
    /// @throws IllegalArgumentException if `count` is negative or the total is too large
    public Layout repeatPacked(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count " + count + " is negative; it starts at 0");
        }
        if (byteSize > 0 && count > maxSize(byteAlignment) / byteSize) {
            throw new IllegalArgumentException(count + " times " + byteSize + " bytes do not fit;"
                    + " the largest count is " + maxSize(byteAlignment) / byteSize);
        }
        return new Layout(byteSize * count, byteAlignment);
    }

    /// Where a block of size 0 may be said to lie: a segment of 0 bytes at an aligned address that
    /// is not 0. No memory belongs to it, and it is never freed.
    public MemorySegment dangling() {
        return MemorySegment.ofAddress(byteAlignment);
    }

    /// Two layouts as one, and where the second begins.
    ///
    /// @param layout the whole
    /// @param offset the second part's distance from the start, in bytes
    public record Extended(Layout layout, long offset) { }

    /// Several equal layouts as one, and how far apart they are.
    ///
    /// @param layout the whole
    /// @param stride the distance from one element's start to the next one's, in bytes
    public record Repeated(Layout layout, long stride) { }

    private static void requireAlignment(long byteAlignment) {
        // Long.MIN_VALUE has a single bit as well, but it is negative.
        if (byteAlignment <= 0 || Long.bitCount(byteAlignment) != 1) {
            throw new IllegalArgumentException(
                    "alignment " + byteAlignment + " is not a power of two from 1 to 2^62");
        }
    }

    private static long addExact(long a, long b) {
        long sum = a + b;
        if (sum < 0) {
            throw new IllegalArgumentException(
                    a + " + " + b + " bytes do not fit; the limit is " + Long.MAX_VALUE);
        }
        return sum;
    }
}
