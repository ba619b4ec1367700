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
/// methods throws `OutOfMemoryError`.
public interface SliceAllocator extends SegmentAllocator {

    /// A string's UTF-8 bytes, without the zero byte that C would add.
    default MemorySegment allocStr(String value) {
        return allocSliceCopy(MemorySegment.ofArray(value.getBytes(StandardCharsets.UTF_8)), 1);
    }

    /// A copy of a segment's bytes, aligned to `byteAlignment` bytes.
    default MemorySegment allocSliceCopy(MemorySegment source, long byteAlignment) {
        return allocate(source.byteSize(), byteAlignment).copyFrom(source);
    }

    /// `length` equal bytes.
    default MemorySegment allocSliceFillCopy(long length, byte value) {
        return allocate(length, 1).fill(value);
    }

    /// `length` copies of one element's bytes, each padded to `byteAlignment` bytes.
    ///
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
