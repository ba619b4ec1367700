package heapcraft.lab.compare;

import heapcraft.lab.compare.CareWorker.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs a [Situation]: the program on `malloc`, its calls alone, and the program on each swap, each
/// in a process of its own, slice by slice in turn.
///
/// @param warm   how long each of them warms up
/// @param slices how many slices count
/// @param lives  how many processes, where a run is a whole one
/// @param hours  how many hours a day has
record Examination(Duration warm, int slices, int lives, int hours) {

    static final Examination FULL = new Examination(Duration.ofMillis(600), 40, 5, Creep.HOURS);
    static final Examination QUICK = new Examination(Duration.ofMillis(150), 8, 2,
            Creep.HOURS / 4);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// One of the processes, and what it has told so far.
    private static final class Lane {
        final Situation situation;
        final Entrant entrant;
        final Part part;
        final List<Slice> slices = new ArrayList<>();
        Ready ready = new Ready(Resident.UNKNOWN, 0, "");
        String trouble = "";
        Runner runner;

        Lane(Situation situation, Entrant entrant, Part part) {
            this.situation = situation;
            this.entrant = entrant;
            this.part = part;
        }

        void start(Duration warm, Path folder) throws IOException {
            Path errors = folder.resolve(entrant.name() + "-" + part);
            List<String> args = List.of(situation.name(), entrant.name(), part.name(),
                    Long.toString(warm.toMillis()));
            runner = situation.isWholeProcess() ? Runner.startPlain(CareWorker.class, args, errors)
                    : Runner.start(CareWorker.class, args, entrant.environment(), errors);
        }

        void end() {
            if (runner != null) {
                runner.close();
                runner = null;
            }
        }

        Track track() {
            return new Track(entrant, ready, slices, trouble);
        }
    }

    /// One thing that a lane does, and may fail in.
    private interface Step {
        void take(Lane lane) throws Dropout, IOException;
    }

    /// @param progress hears of each step
    /// @throws IOException if a process cannot be started
    Outcome run(Situation situation, Consumer<String> progress) throws IOException {
        List<Lane> lanes = new ArrayList<>();
        lanes.add(new Lane(situation, Entrant.SYSTEM, Part.PROGRAM));
        lanes.add(new Lane(situation, Entrant.SYSTEM, Part.CALLS));
        situation.swaps().forEach(swap -> lanes.add(new Lane(situation, swap, Part.PROGRAM)));
        Path folder = Files.createTempDirectory("heapcraft-care-");
        try {
            if (situation.isWholeProcess()) {
                wholeProcesses(lanes, folder, situation.label(), progress);
            } else {
                slices(lanes, folder, situation, progress);
            }
        } finally {
            lanes.forEach(Lane::end);
            delete(folder);
        }
        return new Outcome(situation, lanes.get(0).track(), lanes.get(1).track(),
                lanes.stream().skip(2).map(Lane::track).toList());
    }

    private void wholeProcesses(List<Lane> lanes, Path folder, String label,
                                Consumer<String> progress) throws IOException {
        for (int i = 0; i < lives; i++) {
            progress.accept(label + ": process " + (i + 1) + " of " + lives);
            each(lanes, lane -> {
                long start = System.nanoTime();
                lane.start(warm, folder);
                Slice told = Slice.parse(lane.runner.next(PATIENCE));
                long nanos = System.nanoTime() - start;
                lane.end();
                lane.slices.add(lane.part == Part.CALLS ? told : told.withNanos(nanos));
            });
        }
    }

    private void slices(List<Lane> lanes, Path folder, Situation situation,
                        Consumer<String> progress) throws IOException {
        int count = situation.isDay() ? hours : slices;
        progress.accept(situation.label() + ": warming up");
        each(lanes, lane -> lane.start(warm, folder));
        each(lanes, lane -> lane.ready = Ready.parse(lane.runner.next(PATIENCE)));
        for (int i = 0; i < count; i++) {
            progress.accept(situation.label() + ": slice " + (i + 1) + " of " + count);
            each(lanes, lane ->
                    lane.slices.add(Slice.parse(lane.runner.ask("slice", PATIENCE))));
        }
    }

    private static void each(List<Lane> lanes, Step step) throws IOException {
        for (Lane lane : lanes) {
            if (lane.trouble.isEmpty()) {
                try {
                    step.take(lane);
                } catch (Dropout | IllegalArgumentException out) {
                    lane.trouble = out.getMessage();
                    lane.end();
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
