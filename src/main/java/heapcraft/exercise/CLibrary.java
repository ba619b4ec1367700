package heapcraft.exercise;

import java.lang.foreign.MemorySegment;

/// The five functions of a C library that hand out memory, as C and POSIX declare them.
///
/// ```java
/// CLibrary c = new WitnessLibrary();
/// MemorySegment block = c.malloc(100);
/// c.free(block);
/// ```
///
/// Blocks live until `free` or `realloc`. Real C answers bare addresses; here a block knows its
/// length, so that no method has to make memory out of a number.
///
/// Follows C's [malloc](https://en.cppreference.com/w/c/memory/malloc) and its neighbours, and
/// POSIX's [posix_memalign](https://man7.org/linux/man-pages/man3/posix_memalign.3.html).
public interface CLibrary {

    /// `malloc`: a block with unknown contents. Blocks of 16 bytes or more are aligned to 16; a
    /// smaller one may be aligned to no more than its size.
    ///
    /// @param byteSize at least 1
    /// @return `MemorySegment.NULL` if there is no memory
    MemorySegment malloc(long byteSize);

    /// `calloc`: a block like `malloc`'s whose bytes are all 0.
    ///
    /// @param count    how many elements, at least 1
    /// @param byteSize the size of one, at least 1
    /// @return `MemorySegment.NULL` if there is no memory
    MemorySegment calloc(long count, long byteSize);

    /// `realloc`: the block with another size. It may move, and is then aligned like a new block of
    /// `malloc`, whatever it was before.
    ///
    /// @param block    a live block of this library
    /// @param byteSize the new size in bytes, at least 1
    /// @return `MemorySegment.NULL` if there is no memory: then the block is as it was
    MemorySegment realloc(MemorySegment block, long byteSize);

    /// `posix_memalign`: a block with an alignment of one's own choice, answered through a pointer.
    ///
    /// @param out           gets the block in element 0; what lies there means nothing if the call
    ///                      fails
    /// @param byteAlignment a power of two, at least 8, the size of a pointer
    /// @param byteSize      at least 1
    /// @return 0, or the number of an error: 12 if there is no memory, 22 for a wrong alignment
    int posixMemalign(MemorySegment[] out, long byteAlignment, long byteSize);

    /// `free`: gives a block back, whichever of these functions it came from.
    ///
    /// @param block a live block of this library
    void free(MemorySegment block);
}
