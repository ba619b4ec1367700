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
import java.util.stream.IntStream;

/// The process in which a [Situation] runs on one heap: the program itself, or its calls alone.
///
/// A program that is a whole process answers with a [Slice] and ends. Any other answers [Ready] when
/// it is warm, and then each `slice` with a [Slice]. Either may answer `failed` and a sentence.
final class CareWorker {

    /// What is asked of a worker.
    enum Part {
        /// The program.
        PROGRAM,
        /// Its calls to the heap, without it.
        CALLS
    }

    private final OpenHeap heap;
    private final Situation situation;
    private final Part part;
    private final List<CallTape> tapes = new ArrayList<>();
    private final List<Blocks> ways = new ArrayList<>();

    private CareWorker(Situation situation, Entrant entrant, Part part) {
        this.situation = situation;
        this.part = part;
        heap = entrant.open();
        for (int i = 0; i < situation.threads(); i++) {
            tapes.add(new CallTape(heap.heap()));
            ways.add(new Blocks(part == Part.PROGRAM ? heap : taped(tapes.get(i))));
        }
    }

    private OpenHeap taped(CallTape tape) {
        return new OpenHeap(tape, heap.reset(), heap.close(), heap.purge(), heap.statistics(),
                heap.about(), heap.libraryBytes());
    }

    /// @param args the [Situation], the [Entrant], the [Part], and the milliseconds to warm up
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            CareWorker worker = new CareWorker(Situation.valueOf(args[0]),
                    Entrant.valueOf(args[1]), Part.valueOf(args[2]));
            worker.work(Duration.ofMillis(Long.parseLong(args[3])), answers);
        } catch (NoMemory none) {
            answers.println("failed " + none.getMessage());
        } catch (MissingLibrary missing) {
            answers.println("failed " + Cell.MISSING
                    + missing.getMessage().replaceAll("\\s+", " "));
        }
    }

    private void work(Duration warm, PrintStream answers) throws IOException {
        if (!situation.isWholeProcess()) {
            warmUp(warm);
        }
        long idle = Resident.now();
        try (Crew crew = new Crew(tasks(true))) {
            crew.all(Task::begin);
            if (situation.isWholeProcess()) {
                Slice life = slice(crew);
                // Who gets the answer ends this process; it must have left nothing behind.
                crew.all(Task::clear);
                answers.println(life.toLine());
            } else {
                answers.println(new Ready(idle, heap.libraryBytes(), heap.about()).toLine());
                serve(crew, answers);
                crew.all(Task::clear);
            }
        }
    }

    private void serve(Crew crew, PrintStream answers) throws IOException {
        try (var orders = new BufferedReader(new InputStreamReader(System.in,
                StandardCharsets.UTF_8))) {
            while (orders.readLine() != null) {
                answers.println(slice(crew).toLine());
            }
        }
    }

    private void warmUp(Duration warm) {
        try (Crew crew = new Crew(tasks(false))) {
            crew.all(Task::begin);
            for (long end = System.nanoTime() + warm.toNanos(); System.nanoTime() < end; ) {
                slice(crew);
            }
            crew.all(Task::clear);
        }
        heap.purge().run();
    }

    private Slice slice(Crew crew) {
        tapes.forEach(CallTape::rewind);
        Slice whole = crew.slice();
        return part == Part.PROGRAM ? whole : play(crew);
    }

    /// The calls of the slice that just was, by the threads that had made them.
    private static Slice play(Crew crew) {
        crew.all(task -> ((Taped) task).load());
        Slice slice = crew.slice();
        crew.all(task -> ((Taped) task).unload());
        return slice;
    }

    private List<Task> tasks(boolean real) {
        List<Task> programs = situation.tasks(ways, real);
        return part == Part.PROGRAM ? programs : IntStream.range(0, tapes.size())
                .<Task>mapToObj(i -> new Taped(programs.get(i), tapes.get(i))).toList();
    }

    /// A program whose calls are written down; while its tape is loaded, they take its place.
    private static final class Taped implements Task {
        private final Task program;
        private final CallTape tape;
        private Task now;

        Taped(Task program, CallTape tape) {
            this.program = program;
            this.tape = tape;
            now = program;
        }

        void load() {
            now = tape.play();
            now.begin();
        }

        void unload() {
            now.clear();
            now = program;
        }

        @Override
        public void begin() {
            program.begin();
        }

        @Override
        public void slice() {
            now.slice();
        }

        @Override
        public void clear() {
            program.clear();
        }

        @Override
        public long blocksPerSlice() {
            return tape.calls();
        }

        @Override
        public long liveBytes() {
            return program.liveBytes();
        }
    }
}
