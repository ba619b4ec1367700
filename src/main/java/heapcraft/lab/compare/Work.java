package heapcraft.lab.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/// What the allocators have to do. The work is fixed and the same for all: as many calls, in the
/// same order, with the same sizes. Of several threads each does its part.
enum Work {

    /// The commonest case: nodes of one size.
    SMALL("small", "1000 blocks of 64 bytes, freed in the order they came") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            int[] sizes = new int[1000];
            Arrays.fill(sizes, 64);
            return each(crew, (blocks, _) -> new Batches(blocks, sizes,
                    Sizes.inOrder(sizes.length), part(240, crew)));
        }
    },

    /// Objects of all sorts.
    MIXED("mixed", "1000 blocks of 16 to 512 bytes, freed in random order") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            return each(crew, (blocks, random) -> new Batches(blocks,
                    Sizes.upTo(random, 16, 512, 1000), Sizes.shuffled(random, 1000),
                    part(160, crew)));
        }
    },

    /// Producers and consumers.
    HANDOVER("handover", "blocks of 16 to 512 bytes, freed by the next thread in a ring") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            return Handover.ring(crew, Sizes.upTo(new Random(SEED), 16, 512, 100),
                    part(1600, crew));
        }
    },

    /// Vectors that somebody pushes to.
    GROWING("growing", "8 arrays side by side, doubled by realloc from 64 bytes to 1 MiB") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            return each(crew, (blocks, _) -> new Growing(blocks, real ? 1 << 20 : 1 << 12,
                    part(8, crew)));
        }
    },

    /// Images, buffers, matrices.
    LARGE("large", "16 blocks of 256 KiB to 4 MiB, a word written on every page") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            int least = real ? 1 << 18 : 1 << 12;
            return each(crew, (blocks, random) -> new Batches(blocks,
                    Sizes.upTo(random, least, 16 * least, 16), Sizes.shuffled(random, 16),
                    part(8, crew)));
        }
    },

    /// A server.
    CHURN("churn", "requests of 20 blocks up to 4 KiB, and a cache of 48 MB that they renew") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            return each(crew, (blocks, random) -> new Churn(blocks, random,
                    part(real ? 100_000 : 500, crew), part(8000, crew)));
        }
    },

    /// A day of a server: an experiment of its own.
    STEADY("steady", "live bytes stay at 32 MB, in blocks of 16 to 2048 bytes all day") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            return each(crew, (blocks, random) -> new Creep(blocks, random,
                    part(real ? 32_000_000 : 300_000, crew), 16, 2048, 1));
        }
    },

    /// The same day, while what the server keeps becomes larger and larger.
    CREEP("creep", "live bytes stay at 32 MB, in blocks that grow by 15 percent an hour") {
        @Override List<Task> tasks(List<Blocks> crew, boolean real) {
            return each(crew, (blocks, random) -> new Creep(blocks, random,
                    part(real ? 32_000_000 : 300_000, crew), 24, 96, 1.15));
        }
    };

    private static final long SEED = 42;

    private final String label;
    private final String words;

    Work(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /// What the tables and the command line call it.
    String label() {
        return label;
    }

    /// What it is, in half a sentence.
    String words() {
        return words;
    }

    /// A task for each thread.
    ///
    /// @param crew each thread's way to the heap
    /// @param real whether it counts; what only warms the compiler up runs the same code on less
    ///             memory, so that little of it stays resident
    abstract List<Task> tasks(List<Blocks> crew, boolean real);

    private static List<Task> each(List<Blocks> crew, BiFunction<Blocks, Random, Task> task) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < crew.size(); i++) {
            tasks.add(task.apply(crew.get(i), new Random(SEED + i)));
        }
        return tasks;
    }

    private static int part(int whole, List<Blocks> crew) {
        return Math.max(1, whole / crew.size());
    }
}
