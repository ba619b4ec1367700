package heapcraft.lab.compare;

import java.util.Random;
import java.util.SplittableRandom;

/// Hours of a server whose live bytes stay what they are. What it keeps is of the same sizes all
/// day, or becomes a little larger each hour: then the blocks are too large for most of the holes
/// that the hours before have left. A slice is an hour.
final class Creep implements Task {

    /// How many hours there are; after the last, it is the first again.
    static final int HOURS = 24;

    /// Of so many blocks one stays for good: a user who never logs out.
    private static final int STAYS = 50;

    private final SplittableRandom random;
    private final Random sizes;
    private final long budget;
    private final double least;
    private final double most;
    private final double growth;
    private final Blocks blocks;
    private final Pile passing;
    private final Pile staying;
    private int hour;

    /// @param budget the live bytes of this thread; in an hour as many are replaced
    /// @param least  the smallest block of the first hour, in bytes
    /// @param most   and the largest
    /// @param growth what an hour multiplies both by
    Creep(Blocks blocks, Random random, long budget, int least, int most, double growth) {
        this.blocks = blocks;
        this.random = new SplittableRandom(random.nextLong());
        sizes = random;
        this.budget = budget;
        this.least = least;
        this.most = most;
        this.growth = growth;
        passing = new Pile(blocks);
        staying = new Pile(blocks);
    }

    @Override
    public void slice() {
        double scale = Math.pow(growth, hour++ % HOURS);
        int[] fresh = Sizes.upTo(sizes, (int) (least * scale), (int) (most * scale), 4096);
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
