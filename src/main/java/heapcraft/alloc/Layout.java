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

    /// A layout, checked.
    ///
    /// @throws IllegalArgumentException if the alignment is no power of two, or the size is
    ///                                  negative or too large for it
    public Layout {
        requireAlignment(byteAlignment);
        // As unsigned numbers the negative ones are the largest.
        if (Long.compareUnsigned(byteSize, maxSize(byteAlignment)) > 0) {
            throw new IllegalArgumentException("size " + byteSize + " is outside 0.."
                    + maxSize(byteAlignment) + ", the sizes for alignment " + byteAlignment);
        }
    }

    /// {@return the size and alignment of a memory layout}
    ///
    /// @param layout any that the JDK can build
    public static Layout of(MemoryLayout layout) {
        return new Layout(layout.byteSize(), layout.byteAlignment());
    }

    /// {@return this layout in the JDK's words: as many bytes, aligned in the same way}
    public MemoryLayout toMemoryLayout() {
        return MemoryLayout.sequenceLayout(byteSize, ValueLayout.JAVA_BYTE)
                .withByteAlignment(byteAlignment);
    }

    /// {@return the layout of an array} Every element is padded to its own alignment, the last one
    /// too.
    ///
    /// @param element one element
    /// @param length  how many, at least 0
    /// @throws IllegalArgumentException if `length` is negative or the array's size is too large
    public static Layout array(Layout element, long length) {
        return element.padToAlign().repeatPacked(length);
    }

    /// {@return the largest size in bytes that still fits in a `long` once rounded up}
    ///
    /// @param byteAlignment the multiple it is rounded up to, in bytes
    /// @throws IllegalArgumentException if the alignment is no power of two
    public static long maxSize(long byteAlignment) {
        requireAlignment(byteAlignment);
        return Long.MAX_VALUE - (byteAlignment - 1);
    }

    /// {@return the bytes to add after this layout so that the next address is aligned}
    ///
    /// ```java
    /// new Layout(9, 1).paddingNeededFor(4);   // 3, since 9 + 3 is a multiple of 4
    /// new Layout(8, 1).paddingNeededFor(4);   // 0
    /// ```
    ///
    /// @param byteAlignment the next address's alignment, in bytes
    /// @throws IllegalArgumentException if the alignment is no power of two
    public long paddingNeededFor(long byteAlignment) {
        requireAlignment(byteAlignment);
        return -byteSize & (byteAlignment - 1);
    }

    /// {@return this layout with its size rounded up to its own alignment} An array element needs
    /// that, and so does a C struct.
    public Layout padToAlign() {
        return new Layout(byteSize + paddingNeededFor(byteAlignment), byteAlignment);
    }

    /// {@return this layout with at least the given alignment} The size stays as it is.
    ///
    /// @param byteAlignment in bytes
    /// @throws IllegalArgumentException if the alignment is no power of two, or the size is too
    ///                                  large for it
    public Layout alignTo(long byteAlignment) {
        requireAlignment(byteAlignment);
        return new Layout(byteSize, Math.max(this.byteAlignment, byteAlignment));
    }

    /// {@return this layout followed by another, with the padding that it needs in between and
    /// none behind it} A C struct is its fields extended in order, then [#padToAlign()].
    ///
    /// ```java
    /// var both = new Layout(1, 1).extend(new Layout(4, 4));
    /// both.offset();   // 4: three bytes of padding before the int
    /// both.layout();   // 8 bytes, aligned to 4
    /// ```
    ///
    /// @param next what follows
    /// @throws IllegalArgumentException if the sum is too large
    public Extended extend(Layout next) {
        long offset = addExact(byteSize, paddingNeededFor(next.byteAlignment));
        long size = addExact(offset, next.byteSize);
        long alignment = Math.max(byteAlignment, next.byteAlignment);
        return new Extended(new Layout(size, alignment), offset);
    }

    /// {@return this layout followed by another without any padding} The alignment stays this
    /// one's.
    ///
    /// @param next what follows
    /// @throws IllegalArgumentException if the sum is too large
    public Layout extendPacked(Layout next) {
        return new Layout(addExact(byteSize, next.byteSize), byteAlignment);
    }

    /// {@return copies of this layout in a row, with padding between them so that each is aligned,
    /// and none behind the last}
    ///
    /// ```java
    /// var three = new Layout(6, 4).repeat(3);
    /// three.stride();   // 8
    /// three.layout();   // 22 bytes: 8 + 8 + 6
    /// ```
    ///
    /// @param count how many, at least 0
    /// @throws IllegalArgumentException if `count` is negative or the total is too large
    public Repeated repeat(long count) {
        Layout padded = padToAlign();
        Layout whole = count <= 0 ? padded.repeatPacked(count)
                : padded.repeatPacked(count - 1).extendPacked(this);
        return new Repeated(whole, padded.byteSize);
    }

    /// {@return copies of this layout in a row without any padding} They are all aligned only if
    /// the size is a multiple of the alignment.
    ///
    /// @param count how many, at least 0
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

    /// {@return where a block of size 0 may be said to lie} It is a segment of 0 bytes at an
    /// aligned address that is not 0. No memory belongs to it, and it is never freed.
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
