package heapcraft.lab.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    /// A slice may take so many times as long as its worker has warmed up, and at least this long:
    /// who needs more would spoil everyone's day.
    private static final int SLOW = 10;
    private static final Duration SLICE = Duration.ofSeconds(2);

    /// An allocator on its way through the heat.
    private static final class Lane {
        final Entrant entrant;
        final Runner runner;
        final List<Slice> slices = new ArrayList<>();
        Ready ready = new Ready(Resident.UNKNOWN, 0, "");
        Optional<Ending> ending = Optional.empty();
        String trouble = "";

        Lane(Entrant entrant, Runner runner) {
            this.entrant = entrant;
            this.runner = runner;
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
    /// @param progress hears of each step
    List<Cell> run(List<Entrant> entrants, Runners runners, Consumer<String> progress)
            throws IOException {
        List<Lane> lanes = new ArrayList<>();
        try {
            progress.accept(this + ": warming up");
            for (Entrant entrant : entrants) {
                Lane lane = new Lane(entrant, runners.take(entrant));
                lanes.add(lane);
                // All of them at once: what they answer now is read later.
                lane.runner.tell("work " + work.name() + " " + threads + " " + warm.toMillis());
            }
            return race(lanes, runners, progress);
        } finally {
            runners.endHeat();
        }
    }

    private List<Cell> race(List<Lane> lanes, Runners runners, Consumer<String> progress) {
        each(lanes, runners, lane -> lane.ready = Ready.parse(lane.runner.next(PATIENCE)));
        for (int i = 0; i < settle + slices; i++) {
            progress.accept(this + ": slice " + (i + 1) + " of " + (settle + slices));
            boolean counts = i >= settle;
            each(lanes, runners, lane -> {
                Slice slice = Slice.parse(lane.runner.ask(tidy ? "tidy" : "slice", slice()));
                if (counts) {
                    lane.slices.add(slice);
                }
            });
        }
        each(lanes, runners, lane -> lane.ending =
                Optional.of(Ending.parse(lane.runner.ask("end", PATIENCE))));
        return lanes.stream().map(lane -> new Cell(lane.entrant, work, threads, lane.ready,
                lane.slices, lane.ending, lane.trouble)).toList();
    }

    private Duration slice() {
        Duration slow = warm.multipliedBy(SLOW);
        return slow.compareTo(SLICE) > 0 ? slow : SLICE;
    }

    private static void each(List<Lane> lanes, Runners runners, Step step) {
        for (Lane lane : lanes) {
            if (lane.runs()) {
                try {
                    step.take(lane);
                } catch (Dropout | IllegalArgumentException out) {
                    lane.trouble = out.getMessage();
                    runners.drop(lane.entrant);
                }
            }
        }
    }

    @Override
    public String toString() {
        return work.label() + ", " + threads + (threads == 1 ? " thread" : " threads");
    }
}
