package heapcraft.lab.compare;

import java.util.Random;
import java.util.SplittableRandom;

/// A server: each request leaves nothing behind but a new entry in a cache, in the place of an old
/// one. The entries live for long, and lie where requests have come and gone. In the evening most
/// of them end, and those that stay lie everywhere.
final class Churn implements Task {

    /// How many blocks a request needs for itself.
    private static final int PER_REQUEST = 20;
    /// Of so many entries one is left in the end.
    private static final int KEPT_OF = 4;

    private final Blocks blocks;
    private final SplittableRandom random;
    private final int[] entrySizes;
    private final int[] requestSizes;
    private final int[] order;
    private final int requests;
    /// The entries' addresses; 0 where there is none.
    private final long[] entries;
    private final int[] sizes;
    private final long[] request = new long[PER_REQUEST];

    /// @param entries  how many there are in the cache
    /// @param requests how many are a slice
    Churn(Blocks blocks, Random random, int entries, int requests) {
        this.blocks = blocks;
        this.random = new SplittableRandom(random.nextLong());
        this.requests = requests;
        entrySizes = Sizes.upTo(random, 32, 2048, 4096);
        requestSizes = Sizes.upTo(random, 16, 4096, 4096);
        order = Sizes.shuffled(random, PER_REQUEST);
        this.entries = new long[entries];
        sizes = new int[entries];
    }

    @Override
    public void begin() {
        for (int i = 0; i < entries.length; i++) {
            put(i);
        }
    }

    private void put(int entry) {
        sizes[entry] = any(entrySizes);
        entries[entry] = blocks.alloc(sizes[entry]);
    }

    private int any(int[] of) {
        return of[random.nextInt(of.length)];
    }

    @Override
    public void slice() {
        for (int i = 0; i < requests; i++) {
            int first = random.nextInt(requestSizes.length - PER_REQUEST);
            for (int j = 0; j < PER_REQUEST; j++) {
                request[j] = blocks.alloc(requestSizes[first + j]);
            }
            int entry = random.nextInt(entries.length);
            drop(entry);
            put(entry);
            for (int j : order) {
                blocks.free(request[j], requestSizes[first + j]);
            }
        }
    }

    private void drop(int entry) {
        blocks.free(entries[entry], sizes[entry]);
        entries[entry] = 0;
    }

    @Override
    public void end() {
        for (int i = 0; i < entries.length; i++) {
            if (random.nextInt(KEPT_OF) != 0) {
                drop(i);
            }
        }
    }

    @Override
    public void clear() {
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] != 0) {
                drop(i);
            }
        }
    }

    @Override
    public long blocksPerSlice() {
        return (long) requests * (PER_REQUEST + 1);
    }

    @Override
    public long liveBytes() {
        return blocks.liveBytes();
    }
}
