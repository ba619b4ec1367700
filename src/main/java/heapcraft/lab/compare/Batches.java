package heapcraft.lab.compare;

/// Blocks that are allocated one after the other, and then all end.
final class Batches implements Task {

    private final Blocks blocks;
    private final int[] sizes;
    /// The order in which the blocks of a batch are freed.
    private final int[] order;
    private final int perSlice;
    private final long[] addresses;

    /// @param sizes    of the blocks of one batch, in bytes
    /// @param order    in which they are freed
    /// @param perSlice how many batches are a slice
    Batches(Blocks blocks, int[] sizes, int[] order, int perSlice) {
        this.blocks = blocks;
        this.sizes = sizes;
        this.order = order;
        this.perSlice = perSlice;
        addresses = new long[sizes.length];
    }

    @Override
    public void slice() {
        for (int i = 0; i < perSlice; i++) {
            batch();
        }
    }

    private void batch() {
        for (int i = 0; i < sizes.length; i++) {
            addresses[i] = blocks.alloc(sizes[i]);
        }
        if (blocks.canReset()) {
            blocks.reset();
            return;
        }
        for (int i : order) {
            blocks.free(addresses[i], sizes[i]);
        }
    }

    @Override
    public long blocksPerSlice() {
        return (long) perSlice * sizes.length;
    }

    @Override
    public long liveBytes() {
        return blocks.liveBytes();
    }
}
