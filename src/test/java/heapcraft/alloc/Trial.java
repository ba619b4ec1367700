package heapcraft.alloc;

import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// One allocator tried for one law: where its heaps come from, and how many there were.
final class Trial {

    /// How far memory may begin behind a multiple of 4096, in bytes.
    static final long[] CROOKS = {0, 1, 8, 24};

    final Row row;
    private long seed;
    private long cases;
    private Ground ground;

    Trial(Row row) {
        this.row = row;
    }

    long cases() {
        return cases;
    }

    long seed() {
        return seed;
    }

    Ground ground() {
        return ground;
    }

    /// One case: a fresh heap, and afterwards a look at its books and at its border.
    void on(long crook, Consumer<Model> code) {
        cases++;
        try (Ground fresh = new Ground(row.byteSize(), crook)) {
            ground = fresh;
            GlobalAlloc heap = row.over().apply(fresh.memory);
            code.accept(new Model(heap));
            heap.check();
            close(heap);
            fresh.checkBorder();
        }
    }

    /// As many cases as there are crooked addresses.
    void everywhere(Consumer<Model> code) {
        for (long crook : CROOKS) {
            on(crook, code);
        }
    }

    /// Cases with a program of their own each, drawn from the seed that a failure names.
    void seeds(int count, Program program) {
        for (seed = 1; seed <= count; seed++) {
            Random random = new Random(seed);
            on(CROOKS[(int) (seed % CROOKS.length)], model -> program.run(model, random));
        }
    }

    interface Program {
        void run(Model model, Random random);
    }

    /// One case on a parent, and afterwards a look at what the parent is still owed.
    void onParent(Parent parent, Consumer<Model> code) {
        cases++;
        try {
            GlobalAlloc heap = row.onParent().apply(parent);
            code.accept(new Model(heap));
            heap.check();
            close(heap);
        } catch (OutOfMemoryError noHeap) {
            Law.require(parent.hasFailed(), "there is memory, but the heap says " + noHeap);
        }
        parent.requireNothingLive();
    }

    private static void close(GlobalAlloc heap) {
        if (heap instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new AssertionError("close failed", e);
            }
        }
    }

    LongStream alignments() {
        return LongStream.iterate(1, a -> a <= row.maxLayout().byteAlignment(), a -> 2 * a);
    }

    LongStream sizes(long... sizes) {
        return LongStream.of(sizes).filter(size -> size <= row.maxLayout().byteSize());
    }

    /// Mostly small, mostly little aligned, as programs ask for it.
    Layout layout(Random random) {
        long most = Math.min(row.maxLayout().byteSize(), random.nextInt(8) == 0 ? 2000 : 120);
        int alignment = 1 << (random.nextInt(5) == 0 ? random.nextInt(9) : random.nextInt(5));
        return new Layout(1 + random.nextLong(most),
                Math.min(alignment, row.maxLayout().byteAlignment()));
    }

    /// Any live block.
    static Model.Live any(Model model, Random random) {
        return model.live().get(random.nextInt(model.live().size()));
    }
}
