package heapcraft.lab.compare;

import java.util.Random;
import java.util.SplittableRandom;

/// Hours of a server whose live bytes stay what they are, while what it keeps slowly becomes
/// larger: each hour's blocks are a little too large for most of the holes that the hours before
/// have left. A slice is an hour.
final class Creep implements Task {

    /// How many hours there are; after the last, it is the first again.
    static final int HOURS = 24;

    /// The blocks of the first hour, in bytes.
    private static final double LEAST = 24;
    private static final double MOST = 96;
    /// By how much sizes grow in an hour.
    private static final double GROWTH = 1.15;
    /// Of so many blocks one stays for good: a user who never logs out.
    private static final int STAYS = 50;

    private final SplittableRandom random;
    private final Random sizes;
    private final long budget;
    private final Blocks blocks;
    private final Pile passing;
    private final Pile staying;
    private int hour;

    /// @param budget the live bytes of this thread; in an hour as many are replaced
    Creep(Blocks blocks, Random random, long budget) {
        this.blocks = blocks;
        this.random = new SplittableRandom(random.nextLong());
        sizes = random;
        this.budget = budget;
        passing = new Pile(blocks);
        staying = new Pile(blocks);
    }

    @Override
    public void slice() {
        double scale = Math.pow(GROWTH, hour++ % HOURS);
        int[] fresh = Sizes.upTo(sizes, (int) (LEAST * scale), (int) (MOST * scale), 4096);
        for (long allocated = 0; allocated < budget; ) {
            int byteSize = fresh[random.nextInt(fresh.length)];
            while (blocks.liveBytes() + byteSize > budget && passing.count() > 0) {
                passing.drop(random.nextInt(passing.count()));
            }
            (random.nextInt(STAYS) == 0 ? staying : passing).add(byteSize);
            allocated += byteSize;
        }
    }

    @Override
    public void clear() {
        passing.clear();
        staying.clear();
    }

    /// Nobody asks: an hour has as many blocks as fit its bytes.
    @Override
    public long blocksPerSlice() {
        return 0;
    }

    @Override
    public long liveBytes() {
        return blocks.liveBytes();
    }
}
