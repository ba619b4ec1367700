package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeapCountersIT {

    private static final int THREADS = 4;
    private static final int ROUNDS = 3000;
    private static final int RAISES = 40;

    /// Many short races: what goes wrong goes wrong at the end, when nobody mends it any more.
    @Test
    void no_thread_overwrites_the_peak_with_a_smaller_one() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                HeapCounters counters = new HeapCounters();
                AtomicInteger ready = new AtomicInteger();
                CountDownLatch done = new CountDownLatch(THREADS);
                for (int i = 0; i < THREADS; i++) {
                    threads.submit(() -> {
                        race(counters, ready);
                        done.countDown();
                    });
                }
                done.await();
                assertEquals((long) THREADS * RAISES, counters.stats().peakBytes(),
                        "round " + round);
            }
        }
    }

    private static void race(HeapCounters counters, AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < THREADS) {
            Thread.yield();
        }
        for (int i = 0; i < RAISES; i++) {
            counters.raise(1);
        }
    }
}
