package heapcraft.lab.compare;

/// Arrays that double until they are full, side by side, so that each stands in the other's way.
final class Growing implements Task {

    private static final int ARRAYS = 8;
    private static final long SMALLEST = 64;

    private final Blocks blocks;
    private final long largest;
    private final int perSlice;
    private final long[] arrays = new long[ARRAYS];

    /// @param largest  the size of a full array in bytes, a power of two
    /// @param perSlice how often all arrays grow from nothing
    Growing(Blocks blocks, long largest, int perSlice) {
        this.blocks = blocks;
        this.largest = largest;
        this.perSlice = perSlice;
    }

    @Override
    public void slice() {
        for (int i = 0; i < perSlice; i++) {
            grow();
        }
    }

    private void grow() {
        for (int i = 0; i < ARRAYS; i++) {
            arrays[i] = blocks.alloc(SMALLEST);
        }
        for (long size = SMALLEST; size < largest; size *= 2) {
            for (int i = 0; i < ARRAYS; i++) {
                arrays[i] = blocks.realloc(arrays[i], size, 2 * size);
            }
        }
        if (blocks.canReset()) {
            blocks.reset();
            return;
        }
        for (long array : arrays) {
            blocks.free(array, largest);
        }
    }

    @Override
    public long blocksPerSlice() {
        long doublings = Long.numberOfTrailingZeros(largest / SMALLEST);
        return perSlice * ARRAYS * (1 + doublings);
    }

    @Override
    public long liveBytes() {
        return blocks.liveBytes();
    }
}
