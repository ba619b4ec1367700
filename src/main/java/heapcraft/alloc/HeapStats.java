package heapcraft.alloc;

/// What a [TrackingAllocator] has counted.
///
/// @param liveBytes      handed out and not given back
/// @param peakBytes      the most that was ever live at once
/// @param allocatedBytes handed out in all; of a resized block, what it grew by
/// @param allocations    successful `alloc` and `allocZeroed` calls
/// @param deallocations  `dealloc` calls
/// @param reallocations  successful `realloc` calls
/// @param failures       calls that got no memory
public record HeapStats(long liveBytes, long peakBytes, long allocatedBytes, long allocations,
                        long deallocations, long reallocations, long failures) {

    /// {@return the bytes given back in all; of a resized block, what it shrank by}
    public long freedBytes() {
        return allocatedBytes - liveBytes;
    }

    /// {@return how many blocks are live}
    public long liveBlocks() {
        return allocations - deallocations;
    }

    @Override
    public String toString() {
        return "allocated %d bytes, freed %d, live %d in %d blocks, peak %d".formatted(
                allocatedBytes, freedBytes(), liveBytes, liveBlocks(), peakBytes);
    }
}
