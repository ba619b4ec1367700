package heapcraft.lab.compare;

import heapcraft.alloc.MissingLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The process that one allocator works in. It does what it is told line by line on standard input,
/// and answers each line with one.
///
/// | told | answers |
/// |---|---|
/// | (at the start) | [Ready] |
/// | `slice` | a [Slice] |
/// | `tidy` | a [Slice] whose resident bytes are those after a purge |
/// | `end` | an [Ending] |
///
/// or, to any of them, `failed` and a sentence. It ends with its standard input.
final class Worker {

    private final PrintStream answers;
    private final Entrant entrant;
    private final Work work;
    private final int threads;
    private final Duration warm;

    private Worker(PrintStream answers, Entrant entrant, Work work, int threads,
                   Duration warm) {
        this.answers = answers;
        this.entrant = entrant;
        this.work = work;
        this.threads = threads;
        this.warm = warm;
    }

    /// @param args the [Entrant], the [Work], the number of threads, and how many milliseconds to
    ///             warm up
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var orders = new BufferedReader(new InputStreamReader(System.in,
                StandardCharsets.UTF_8))) {
            new Worker(answers, Entrant.valueOf(args[0]), Work.valueOf(args[1]),
                    Integer.parseInt(args[2]), Duration.ofMillis(Long.parseLong(args[3])))
                    .serve(orders);
        } catch (NoMemory none) {
            answers.println("failed " + none.getMessage());
        } catch (MissingLibrary missing) {
            answers.println("failed " + Cell.MISSING + missing.getMessage().replaceAll("\\s+", " "));
        }
    }

    private void serve(BufferedReader orders) throws IOException {
        warmUp(entrant.open());
        OpenHeap heap = entrant.open();
        long idle = Resident.now();
        Resident.resetPeak();
        try (Crew crew = new Crew(work.tasks(crew(heap), true))) {
            crew.all(Task::begin);
            answers.println(new Ready(idle, heap.libraryBytes(), heap.about()).toLine());
            for (String order; (order = orders.readLine()) != null; ) {
                answers.println(answer(order, heap, crew));
            }
        }
    }

    /// Feeds the compiler. What the process will be asked in the end, it is asked once: the code for
    /// it is part of the idle process.
    private void warmUp(OpenHeap heap) {
        try (Crew crew = new Crew(work.tasks(crew(heap), false))) {
            crew.all(Task::begin);
            for (long end = System.nanoTime() + warm.toNanos(); System.nanoTime() < end; ) {
                crew.slice();
            }
            crew.all(Task::clear);
        } catch (NoMemory none) {
            // An arena that frees nothing is full by now, and the compiler is fed all the same.
            answers.flush();
        }
        heap.statistics().get();
        Resident.peak();
        heap.close().run();
        heap.purge().run();
    }

    private List<Blocks> crew(OpenHeap heap) {
        List<Blocks> crew = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            crew.add(new Blocks(heap));
        }
        return crew;
    }

    private String answer(String order, OpenHeap heap, Crew crew) {
        return switch (order) {
            case "slice" -> crew.slice().toLine();
            case "tidy" -> {
                Slice slice = crew.slice();
                heap.purge().run();
                yield slice.withResident(Resident.now()).toLine();
            }
            case "end" -> {
                crew.all(Task::end);
                long live = crew.liveBytes();
                long resident = Resident.now();
                long peak = Resident.peak();
                String statistics = heap.statistics().get();
                heap.purge().run();
                yield new Ending(live, resident, peak, Resident.now(), statistics).toLine();
            }
            default -> throw new IllegalArgumentException(order);
        };
    }
}
