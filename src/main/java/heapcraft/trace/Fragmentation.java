package heapcraft.trace;

import heapcraft.alloc.Walkable;
import heapcraft.alloc.Walkable.Block;
import heapcraft.alloc.Walkable.Use;
import java.util.List;

/// Where a heap's bytes are at one moment, and how many of them are lost.
///
/// Every byte of the heap is one of three: *live* (in a block that was handed out), *free* (ready
/// to be handed out) or *overhead* (headers, padding, remains too small for any block).
///
/// ```java
/// var now = new Fragmentation(300, 400, 500, 200, 100);   // a heap of 1000 bytes
/// now.internal();       // 0.25: a quarter of the live bytes was never asked for
/// now.external();       // 0.6: no block above 200 bytes can be had, though 500 are free
/// now.utilisation();    // 0.3
/// ```
///
/// All shares run from 0 (nothing lost) to 1. Immutable; may be shared between threads.
///
/// @param requested   the bytes that the program asked for in its live blocks
/// @param live        the bytes of those blocks as the heap rounded them up
/// @param free        the bytes of all free blocks
/// @param largestFree the bytes of the largest free block
/// @param overhead    the bytes that are neither
public record Fragmentation(long requested, long live, long free, long largestFree, long overhead) {

    /// {@return a heap as it is now}
    ///
    /// @param heap      the heap
    /// @param requested the bytes that the program asked for, as [LiveBlocks#bytes()] counts them
    public static Fragmentation of(Walkable heap, long requested) {
        List<Block> blocks = heap.blocks();
        return new Fragmentation(requested, bytes(blocks, Use.LIVE), bytes(blocks, Use.FREE),
                blocks.stream().filter(block -> block.use() == Use.FREE)
                        .mapToLong(Block::byteSize).max().orElse(0),
                bytes(blocks, Use.HEADER) + bytes(blocks, Use.OVERHEAD));
    }

    private static long bytes(List<Block> blocks, Use use) {
        return blocks.stream().filter(block -> block.use() == use).mapToLong(Block::byteSize).sum();
    }

    /// {@return the size of the whole heap, in bytes}
    public long heap() {
        return live + free + overhead;
    }

    /// {@return internal fragmentation: the share of the live bytes that nobody asked for} Headers
    /// do not count here; they are not inside a block.
    public double internal() {
        return share(live - requested, live);
    }

    /// {@return external fragmentation: the share of the free bytes that lie outside the largest
    /// free block, and so cannot serve a request for all of them} Two free blocks side by side
    /// count as two as long as the heap has not joined them.
    public double external() {
        return share(free - largestFree, free);
    }

    /// {@return the share of the heap that the program asked for}
    public double utilisation() {
        return share(requested, heap());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
