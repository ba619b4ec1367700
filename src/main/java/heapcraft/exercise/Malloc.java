package heapcraft.exercise;

/// The three calls of C's heap, on addresses instead of pointers.
///
/// ```java
/// void use(Malloc heap) {
///     long block = heap.malloc(100);        // 0 if there is no memory
///     block = heap.realloc(block, 200);     // perhaps elsewhere, with the same first 100 bytes
///     heap.free(block);                     // nobody may touch it afterwards
/// }
/// ```
///
/// Sizes are bytes, at least 1; a negative number is a size from 2^63 on, which nobody has.
/// Addresses of blocks are multiples of 16.
public interface Malloc {

    /// A new block with unknown contents.
    ///
    /// @param size its size in bytes, at least 1
    /// @return its address, a multiple of 16, or 0 if there is no memory
    long malloc(long size);

    /// Gives a block back.
    ///
    /// @param address what `malloc` or `realloc` returned; 0 does nothing
    void free(long address);

    /// Another size for a block, with its contents as far as they fit. The old address is dead
    /// afterwards, unless the answer is 0: then the block is as it was.
    ///
    /// @param address a live block's address; 0 asks for a new block
    /// @param size    the wanted size in bytes, at least 1
    /// @return the block's address from now on, or 0 if there is no memory
    long realloc(long address, long size);
}
