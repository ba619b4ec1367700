package heapcraft.lab.compare;

import java.util.Arrays;

/// Blocks that all end together: one by one where the heap wants it so, at once in an arena. A
/// program that is moved to an arena need not remember them any more, so here it does not.
final class Temporaries {

    /// No block is smaller, so that each has a word to write.
    private static final int LEAST = 8;

    private final Blocks blocks;
    private long[] addresses = new long[1 << 10];
    private int[] sizes = new int[1 << 10];
    private int count;

    Temporaries(Blocks blocks) {
        this.blocks = blocks;
    }

    /// @throws NoMemory if the heap has none
    long alloc(int byteSize) {
        int size = Math.max(LEAST, byteSize);
        long address = blocks.alloc(size);
        if (!blocks.canReset()) {
            remember(address, size);
        }
        return address;
    }

    private void remember(long address, int size) {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        addresses[count] = address;
        sizes[count++] = size;
    }

    void end() {
        if (blocks.canReset()) {
            blocks.reset();
        }
        for (int i = 0; i < count; i++) {
            blocks.free(addresses[i], sizes[i]);
        }
        count = 0;
    }
}
