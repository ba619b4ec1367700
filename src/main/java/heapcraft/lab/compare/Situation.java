package heapcraft.lab.compare;

import static heapcraft.lab.compare.Entrant.BUMP;
import static heapcraft.lab.compare.Entrant.JEMALLOC;
import static heapcraft.lab.compare.Entrant.MIMALLOC;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A kind of program of which a rule of thumb says whether its allocator matters, as a small program
/// that is run.
enum Situation {

    CLI("cli", "CLI", "counts the words of a file, from the start of its process to its answer",
            false, 1, List.of(MIMALLOC, BUMP)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new WordCount(blocks);
        }
    },

    ONE_SHOT("one-shot", "one-shot", "makes and sorts 20,000 records once, from the start of its"
            + " process to its answer; never frees", false, 1, List.of(MIMALLOC, BUMP)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new SortedRecords(blocks);
        }
    },

    IO_BOUND("io", "I/O-bound", "makes log entries of 51 blocks, and waits until the disk has each",
            false, 1, List.of(MIMALLOC, BUMP)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new LogWriter(blocks);
        }
    },

    SERVER("server", "small-alloc server", "answers requests of 1000 fields, 4000 small blocks each",
            true, 1, List.of(MIMALLOC, BUMP)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new Requests(blocks);
        }
    },

    THREADS("threads", "many threads", "32 threads make, read and free messages of 16 to 512 bytes",
            true, 32, List.of(JEMALLOC, MIMALLOC)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new Messages(blocks, thread);
        }
    },

    LONG_RUNNING("long", "long-running", "a day of a server, 16 MB live, in blocks that grow by"
            + " 15 % an hour", true, 1, List.of(JEMALLOC, MIMALLOC)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new Creep(blocks, new Random(42), real ? 16_000_000 : 300_000, 24, 96, 1.15);
        }
    },

    PARSER("parser", "parser", "parses an expression of 1024 numbers and folds its tree", true, 1,
            List.of(MIMALLOC, BUMP)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new Parser(blocks);
        }
    },

    GAME("game", "game frame", "moves 2000 things, and draws those in sight by a block for each",
            true, 1, List.of(MIMALLOC, BUMP)) {
        @Override Task task(Blocks blocks, int thread, boolean real) {
            return new GameFrame(blocks);
        }
    };

    private final String key;
    private final String label;
    private final String words;
    private final boolean rule;
    private final int threads;
    private final List<Entrant> swaps;

    Situation(String key, String label, String words, boolean rule, int threads,
              List<Entrant> swaps) {
        this.key = key;
        this.label = label;
        this.words = words;
        this.rule = rule;
        this.threads = threads;
        this.swaps = swaps;
    }

    /// What the command line calls it.
    String key() {
        return key;
    }

    /// What the tables call it.
    String label() {
        return label;
    }

    /// What the program does, in half a sentence.
    String words() {
        return words;
    }

    /// Whether the rule of thumb says to care.
    boolean rule() {
        return rule;
    }

    int threads() {
        return threads;
    }

    /// What is tried in the place of the platform's `malloc`.
    List<Entrant> swaps() {
        return swaps;
    }

    /// Whether a run is a whole process, whose start is part of what somebody waits for.
    boolean isWholeProcess() {
        return this == CLI || this == ONE_SHOT;
    }

    /// Whether its slices are the hours of a day, each different, at whose end memory counts.
    boolean isDay() {
        return this == LONG_RUNNING;
    }

    /// One thread's work.
    ///
    /// @param real whether it counts, or only warms the compiler up
    abstract Task task(Blocks blocks, int thread, boolean real);

    /// The work of all its threads.
    List<Task> tasks(List<Blocks> crew, boolean real) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < crew.size(); i++) {
            tasks.add(task(crew.get(i), i, real));
        }
        return tasks;
    }

    /// @throws IllegalArgumentException if there is none, naming those that there are
    static Situation named(String key) {
        for (Situation each : values()) {
            if (each.key.equals(key)) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no case " + key + "; there are "
                + String.join(", ", keys()));
    }

    static List<String> keys() {
        return java.util.Arrays.stream(values()).map(Situation::key).toList();
    }
}
