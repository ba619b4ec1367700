package heapcraft.lab.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One workload with a number of threads: all allocators, each in its process, slice by slice in
/// turn. What disturbs the machine meanwhile disturbs all of them.
///
/// @param work    what they do
/// @param threads how many do it together
/// @param warm    how long each worker warms up before
/// @param settle  slices at the beginning that do not count
/// @param slices  slices that do
/// @param tidy    whether the allocators give unused memory back after each slice
record Heat(Work work, int threads, Duration warm, int settle, int slices, boolean tidy) {

    /// More patience than any of them needs; who needs more has stuck.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// For one slice, where the fast ones need 20 ms: who needs more would spoil everyone's day.
    private static final Duration SLICE = Duration.ofSeconds(5);

    /// Starts the process of an allocator.
    interface Starter {
        Runner start(Entrant entrant, Heat heat, Path errors) throws IOException;
    }

    /// An allocator on its way through the heat.
    private static final class Lane {
        final Entrant entrant;
        final List<Slice> slices = new ArrayList<>();
        Runner runner;
        Ready ready = new Ready(Resident.UNKNOWN, 0, "");
        Optional<Ending> ending = Optional.empty();
        String trouble = "";

        Lane(Entrant entrant) {
            this.entrant = entrant;
        }

        boolean runs() {
            return trouble.isEmpty();
        }
    }

    /// One thing that a lane does, and may fail in.
    private interface Step {
        void take(Lane lane) throws Dropout;
    }

    /// Lets all of them run, and says what came of each.
    ///
    /// @param entrants those that can serve so many threads
    /// @param folder   for what they say on their way out
    /// @param progress hears of each step
    List<Cell> run(List<Entrant> entrants, Starter starter, Path folder,
                   Consumer<String> progress) throws IOException {
        Map<Entrant, Lane> lanes = new LinkedHashMap<>();
        try {
            for (Entrant entrant : entrants) {
                Lane lane = new Lane(entrant);
                lanes.put(entrant, lane);
                lane.runner = starter.start(entrant, this, folder.resolve(entrant.name()));
            }
            return run(List.copyOf(lanes.values()), progress);
        } finally {
            lanes.values().forEach(lane -> {
                if (lane.runner != null) {
                    lane.runner.close();
                }
            });
        }
    }

    private List<Cell> run(List<Lane> lanes, Consumer<String> progress) {
        progress.accept(this + ": warming up");
        each(lanes, lane -> lane.ready = Ready.parse(lane.runner.next(PATIENCE)));
        for (int i = 0; i < settle + slices; i++) {
            progress.accept(this + ": slice " + (i + 1) + " of " + (settle + slices));
            boolean counts = i >= settle;
            each(lanes, lane -> {
                Slice slice = Slice.parse(lane.runner.ask(tidy ? "tidy" : "slice", SLICE));
                if (counts) {
                    lane.slices.add(slice);
                }
            });
        }
        each(lanes, lane -> lane.ending =
                Optional.of(Ending.parse(lane.runner.ask("end", PATIENCE))));
        return lanes.stream().map(lane -> new Cell(lane.entrant, work, threads, lane.ready,
                lane.slices, lane.ending, lane.trouble)).toList();
    }

    private static void each(List<Lane> lanes, Step step) {
        for (Lane lane : lanes) {
            if (lane.runs()) {
                try {
                    step.take(lane);
                } catch (Dropout | IllegalArgumentException out) {
                    lane.trouble = out.getMessage();
                    lane.runner.close();
                }
            }
        }
    }

    @Override
    public String toString() {
        return work.label() + ", " + threads + (threads == 1 ? " thread" : " threads");
    }
}
