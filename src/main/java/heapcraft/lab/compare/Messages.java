package heapcraft.lab.compare;

import java.util.Random;

/// One of many threads that pass messages on: it takes a block for each, fills it, and reads and
/// frees the one that came in some time ago.
final class Messages extends Program {

    private static final int WAITING = 64;
    private static final int MESSAGES = 2000;

    private final Blocks blocks;
    private final int[] sizes;
    private final long[] waiting = new long[WAITING];
    private final int[] lengths = new int[WAITING];

    Messages(Blocks blocks, int thread) {
        this.blocks = blocks;
        sizes = Sizes.upTo(new Random(thread), 16, 512, MESSAGES);
    }

    @Override
    long run() {
        long sum = 0;
        for (int i = 0; i < MESSAGES; i++) {
            sum += take(i % WAITING);
            waiting[i % WAITING] = blocks.alloc(sizes[i]);
            lengths[i % WAITING] = sizes[i];
            for (int at = 0; at + Long.BYTES <= sizes[i]; at += Long.BYTES) {
                Words.put(waiting[i % WAITING] + at, i + at);
            }
        }
        for (int i = 0; i < WAITING; i++) {
            sum += take(i);
        }
        return sum;
    }

    private long take(int place) {
        long sum = 0;
        if (waiting[place] != 0) {
            for (int at = 0; at + Long.BYTES <= lengths[place]; at += Long.BYTES) {
                sum = 31 * sum + Words.get(waiting[place] + at);
            }
            blocks.free(waiting[place], lengths[place]);
            waiting[place] = 0;
        }
        return sum;
    }
}
