package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.charset.StandardCharsets;

/// An arena's ways to put strings and rows of equal elements into memory, in bumpalo's words.
///
/// ```java
/// try (var arena = new Bump(new SystemAlloc())) {
///     MemorySegment name = arena.allocStr("hello");                       // 5 bytes
///     MemorySegment zeros = arena.allocSliceFillCopy(16, (byte) 0);       // 16 bytes
///     MemorySegment copy = arena.allocSliceCopy(name, 1);                 // 5 bytes more
/// }                                                                       // all dead
/// ```
///
/// The slices live as long as the arena's other blocks. Where there is no memory, each of these
/// methods throws `OutOfMemoryError`. As safe between threads as the arena.
public interface SliceAllocator extends SegmentAllocator {

    /// {@return a string's UTF-8 bytes, without the zero byte that C would add}
    ///
    /// @param value the string
    default MemorySegment allocStr(String value) {
        return allocSliceCopy(MemorySegment.ofArray(value.getBytes(StandardCharsets.UTF_8)), 1);
    }

    /// {@return a copy of a segment's bytes}
    ///
    /// @param source        what to copy
    /// @param byteAlignment the alignment of the copy, in bytes
    default MemorySegment allocSliceCopy(MemorySegment source, long byteAlignment) {
        return allocate(source.byteSize(), byteAlignment).copyFrom(source);
    }

    /// {@return equal bytes in a row}
    ///
    /// @param length how many, at least 0
    /// @param value  what each of them is
    default MemorySegment allocSliceFillCopy(long length, byte value) {
        return allocate(length, 1).fill(value);
    }

    /// {@return copies of one element in a row, each padded to its alignment}
    ///
    /// @param length        how many, at least 0
    /// @param element       the bytes of one
    /// @param byteAlignment the alignment of each, in bytes
    /// @throws IllegalArgumentException if `length` is negative or the slice's size is too large
    default MemorySegment allocSliceFillCopy(long length, MemorySegment element,
                                             long byteAlignment) {
        Layout one = new Layout(element.byteSize(), byteAlignment);
        long stride = one.padToAlign().byteSize();
        MemorySegment slice = allocate(Layout.array(one, length).byteSize(), byteAlignment);
        for (long i = 0; i < length; i++) {
            MemorySegment.copy(element, 0, slice, i * stride, element.byteSize());
        }
        return slice;
    }
}
