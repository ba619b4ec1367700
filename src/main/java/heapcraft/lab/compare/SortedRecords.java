package heapcraft.lab.compare;

import java.util.Arrays;
import java.util.Random;

/// A program that runs once: makes records, sorts them, adds them up, and leaves the freeing to its
/// end.
final class SortedRecords extends Program {

    private static final int RECORDS = 20_000;

    private final Blocks blocks;

    SortedRecords(Blocks blocks) {
        this.blocks = blocks;
    }

    @Override
    long run() {
        Random random = new Random(42);
        long[] records = new long[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = blocks.alloc(16 + random.nextInt(64));
            Words.put(records[i], random.nextInt(1_000_000));
        }
        long[] order = Arrays.stream(records).boxed()
                .sorted((a, b) -> Long.compare(Words.get(a), Words.get(b)))
                .mapToLong(Long::longValue).toArray();
        long sum = 0;
        for (int i = 0; i < RECORDS; i++) {
            sum += i * Words.get(order[i]);
        }
        return sum;
    }
}
