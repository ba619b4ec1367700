package heapcraft.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads in a ring: each hands all its blocks over to the next one, and that one frees them.
///
/// Nobody sleeps while waiting, so that a thread that does sleep has met a lock of the allocator.
final class Handover implements Task {

    /// How many batches may lie in a queue: a thread that is ahead cannot fill the memory.
    private static final int ROOM = 32;

    /// Batches on their way from one thread to the next.
    private static final class Inbox {
        final Queue<long[]> batches = new ConcurrentLinkedQueue<>();
        final AtomicInteger count = new AtomicInteger();
    }

    private final Blocks blocks;
    private final int[] sizes;
    private final int perSlice;
    private final Inbox own;
    private final Inbox next;

    private Handover(Blocks blocks, int[] sizes, int perSlice, Inbox own, Inbox next) {
        this.blocks = blocks;
        this.sizes = sizes;
        this.perSlice = perSlice;
        this.own = own;
        this.next = next;
    }

    /// One task for each thread.
    ///
    /// @param sizes    of the blocks of one batch, in bytes
    /// @param perSlice how many batches each thread makes, and frees, in a slice
    static List<Task> ring(List<Blocks> threads, int[] sizes, int perSlice) {
        List<Inbox> inboxes = threads.stream().map(_ -> new Inbox()).toList();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            tasks.add(new Handover(threads.get(i), sizes, perSlice, inboxes.get(i),
                    inboxes.get((i + 1) % threads.size())));
        }
        return tasks;
    }

    @Override
    public void slice() {
        int made = 0;
        int freed = 0;
        while (made < perSlice || freed < perSlice) {
            if (made < perSlice && next.count.get() < ROOM) {
                next.batches.add(batch());
                next.count.incrementAndGet();
                made++;
            } else if (freeOne()) {
                freed++;
            } else {
                Thread.yield();
            }
        }
    }

    private long[] batch() {
        long[] batch = new long[sizes.length];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = blocks.alloc(sizes[i]);
        }
        return batch;
    }

    private boolean freeOne() {
        long[] batch = own.batches.poll();
        if (batch == null) {
            return false;
        }
        own.count.decrementAndGet();
        for (int i = 0; i < batch.length; i++) {
            blocks.free(batch[i], sizes[i]);
        }
        return true;
    }

    @Override
    public long blocksPerSlice() {
        return (long) perSlice * sizes.length;
    }

    /// What this thread has allocated, less what it has freed for its neighbour: only the sum over
    /// all threads means something.
    @Override
    public long liveBytes() {
        return blocks.liveBytes();
    }
}
