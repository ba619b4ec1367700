package heapcraft.lab.compare;

import heapcraft.alloc.GlobalAlloc;
import java.util.function.Supplier;

/// An allocator that is ready to work in this process, and what it can do beside that.
///
/// @param heap         hands out the blocks
/// @param reset        frees all blocks at once, or `null` where they are freed one by one
/// @param close        ends it, if its memory is its own
/// @param purge        gives unused memory back to the system; does nothing where there is no way
/// @param statistics   what the allocator says about itself now, in one or two sentences
/// @param about        its version, and where it comes from
/// @param libraryBytes the size of its library's file, or 0 where it has none of its own
record OpenHeap(GlobalAlloc heap, Runnable reset, Runnable close, Runnable purge,
                Supplier<String> statistics, String about, long libraryBytes) { }
