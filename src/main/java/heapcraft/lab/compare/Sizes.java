package heapcraft.lab.compare;

import java.util.Random;

/// Block sizes as programs have them, and orders in which blocks end: made up before the clock
/// runs.
final class Sizes {

    private Sizes() { }

    /// Sizes of which each doubling is as likely as any other: most are small.
    static int[] upTo(Random random, int least, int most, int count) {
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = one(random, least, most);
        }
        return sizes;
    }

    static int one(Random random, double least, double most) {
        return (int) Math.round(least * Math.pow(most / least, random.nextDouble()));
    }

    static int[] inOrder(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        return order;
    }

    static int[] shuffled(Random random, int count) {
        int[] order = inOrder(count);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
