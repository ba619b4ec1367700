package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The shortest race there is, many times: two threads allocate one byte each, at the same moment.
class HeapCountersIT {

    private static final int ROUNDS = 20_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdown();
    }

    @Test
    void of_two_threads_that_allocate_at_once_one_sees_both() throws Exception {
        raceAgainst(threads);
    }

    /// The thread that made the counters has summands of its own.
    @Test
    void the_thread_that_made_the_counters_races_like_any_other() throws Exception {
        raceAgainst(Runnable::run);
    }

    private void raceAgainst(Executor second) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            HeapCounters counters = new HeapCounters();
            AtomicInteger ready = new AtomicInteger();
            Future<?> first = threads.submit(() -> race(counters, ready));
            CompletableFuture.runAsync(() -> race(counters, ready), second).get();
            first.get();
            assertEquals(2, counters.stats().peakBytes(), "round " + round);
        }
    }

    private static void race(HeapCounters counters, AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
        counters.allocated(1);
    }
}
