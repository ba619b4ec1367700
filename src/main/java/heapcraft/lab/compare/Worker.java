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
/// | `work`, a [Work], the number of threads, and how many milliseconds to warm up | [Ready] |
/// | `slice` | a [Slice] |
/// | `tidy` | a [Slice] whose resident bytes are those after a purge |
/// | `end` | an [Ending]; another `work` may follow |
///
/// or, to any of them, `failed` and a sentence: then it ends. It ends with its standard input too.
final class Worker {

    private final Entrant entrant;
    private OpenHeap heap;
    private Crew crew;

    private Worker(Entrant entrant) {
        this.entrant = entrant;
    }

    /// @param args the [Entrant]
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Worker worker = new Worker(Entrant.valueOf(args[0]));
        try (var orders = new BufferedReader(new InputStreamReader(System.in,
                StandardCharsets.UTF_8))) {
            for (String order; (order = orders.readLine()) != null; ) {
                answers.println(worker.answer(order.split(" ")));
            }
        } catch (NoMemory none) {
            answers.println("failed " + none.getMessage());
        } catch (MissingLibrary missing) {
            answers.println("failed " + Cell.MISSING
                    + missing.getMessage().replaceAll("\\s+", " "));
        }
    }

    private String answer(String... order) {
        return switch (order[0]) {
            case "work" -> begin(Work.valueOf(order[1]), Integer.parseInt(order[2]),
                    Duration.ofMillis(Long.parseLong(order[3]))).toLine();
            case "slice" -> crew.slice().toLine();
            case "tidy" -> {
                Slice slice = crew.slice();
                heap.purge().run();
                yield slice.withResident(Resident.now()).toLine();
            }
            case "end" -> end().toLine();
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    private Ready begin(Work work, int threads, Duration warm) {
        warmUp(entrant.open(), work, threads, warm);
        heap = entrant.open();
        long idle = Resident.now();
        Resident.resetPeak();
        crew = new Crew(work.tasks(crew(heap, threads), true));
        crew.all(Task::begin);
        return new Ready(idle, heap.libraryBytes(), heap.about());
    }

    /// Feeds the compiler. What the process will be asked in the end, it is asked once: the code
    /// for it is part of the idle process.
    private static void warmUp(OpenHeap heap, Work work, int threads, Duration warm) {
        try (Crew crew = new Crew(work.tasks(crew(heap, threads), false))) {
            crew.all(Task::begin);
            for (long end = System.nanoTime() + warm.toNanos(); System.nanoTime() < end; ) {
                crew.slice();
            }
            crew.all(Task::clear);
        } catch (NoMemory none) {
            // An arena that frees nothing is full by now, and the compiler is fed all the same.
            assert heap.reset() != null : none;
        }
        heap.statistics().get();
        Resident.peak();
        heap.close().run();
        heap.purge().run();
    }

    private static List<Blocks> crew(OpenHeap heap, int threads) {
        List<Blocks> crew = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            crew.add(new Blocks(heap));
        }
        return crew;
    }

    private Ending end() {
        crew.all(Task::end);
        long live = crew.liveBytes();
        long resident = Resident.now();
        long peak = Resident.peak();
        String statistics = heap.statistics().get();
        heap.purge().run();
        Ending ending = new Ending(live, resident, peak, Resident.now(), statistics);
        crew.all(Task::clear);
        crew.close();
        heap.close().run();
        return ending;
    }
}
