package heapcraft.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The threads of one workload, each with a task of its own: an allocator may tie a block's memory
/// to the thread that asked for it.
final class Crew implements AutoCloseable {

    /// A slice as one thread has lived through it.
    ///
    /// @param sleeps how often it went to sleep, or [Resident#UNKNOWN]
    private record Shift(long start, long end, long sleeps) { }

    private final List<ExecutorService> hands = new ArrayList<>();
    private final List<Task> tasks;

    Crew(List<Task> tasks) {
        this.tasks = tasks;
        tasks.forEach(_ -> hands.add(Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon().factory())));
    }

    /// Lets every thread do something with its task, and waits for all.
    ///
    /// @throws NoMemory if the allocator had none
    void all(Consumer<Task> what) {
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            done.add(hands.get(i).submit(() -> what.accept(task)));
        }
        done.forEach(Crew::join);
    }

    /// One slice of every thread, from the first one's start to the last one's end.
    ///
    /// @throws NoMemory if the allocator had none
    Slice slice() {
        List<Future<Shift>> done = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            done.add(hands.get(i).submit(() -> shift(task)));
        }
        List<Shift> shifts = new ArrayList<>();
        done.forEach(each -> shifts.add(join(each)));
        long start = shifts.stream().mapToLong(Shift::start).min().orElse(0);
        long end = shifts.stream().mapToLong(Shift::end).max().orElse(0);
        return new Slice(end - start, shifts.stream().mapToLong(Shift::sleeps).sum(),
                blocks(), liveBytes(), Resident.now());
    }

    private static Shift shift(Task task) {
        long sleeps = Resident.sleeps();
        long start = System.nanoTime();
        task.slice();
        long end = System.nanoTime();
        return new Shift(start, end, Resident.sleeps() - sleeps);
    }

    private long blocks() {
        return tasks.stream().mapToLong(Task::blocksPerSlice).sum();
    }

    /// The bytes that the program has asked for in all live blocks.
    long liveBytes() {
        return tasks.stream().mapToLong(Task::liveBytes).sum();
    }

    private static <T> T join(Future<T> done) {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoMemory none) {
                throw none;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted in the middle of a slice", e);
        }
    }

    /// Ends the threads; the tasks' blocks stay as they are.
    @Override
    public void close() {
        hands.forEach(ExecutorService::shutdownNow);
    }
}
