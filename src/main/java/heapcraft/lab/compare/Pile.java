package heapcraft.lab.compare;

import java.util.Arrays;

/// Live blocks in no order, any of which may be taken out.
final class Pile {

    private final Blocks blocks;
    private long[] addresses = new long[1 << 12];
    private int[] sizes = new int[1 << 12];
    private int count;

    Pile(Blocks blocks) {
        this.blocks = blocks;
    }

    int count() {
        return count;
    }

    /// Allocates one more.
    ///
    /// @throws NoMemory if the heap has none
    void add(int byteSize) {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        addresses[count] = blocks.alloc(byteSize);
        sizes[count++] = byteSize;
    }

    /// Frees one; another takes its number.
    void drop(int index) {
        blocks.free(addresses[index], sizes[index]);
        count--;
        addresses[index] = addresses[count];
        sizes[index] = sizes[count];
    }

    void clear() {
        while (count > 0) {
            drop(count - 1);
        }
    }
}
