package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeapCountersIT {

    private static final int ROUNDS = 20_000;

    /// The shortest race there is, many times: two threads raise once, at the same moment.
    @Test
    void no_thread_overwrites_the_peak_with_a_smaller_one() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                HeapCounters counters = new HeapCounters();
                AtomicInteger ready = new AtomicInteger();
                Callable<Void> racer = () -> {
                    ready.incrementAndGet();
                    while (ready.get() < 2) {
                        Thread.onSpinWait();
                    }
                    counters.raise(1);
                    return null;
                };
                threads.invokeAll(Stream.of(racer, racer).toList());
                assertEquals(2, counters.stats().peakBytes(), "round " + round);
            }
        }
    }
}
