package heapcraft.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// The times of one group, in nanoseconds per operation.
///
/// @param group what was measured
/// @param times for each subject and each round, its slices; none where its tool was missing
record Results(Group group, Map<Subject, List<double[]>> times) {

    /// The time when nothing else disturbed: on a machine that others use, the most stable figure.
    OptionalDouble minimum(Subject subject) {
        return Arrays.stream(all(subject)).min();
    }

    OptionalDouble median(Subject subject) {
        return median(all(subject));
    }

    double[] all(Subject subject) {
        return times.get(subject).stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static OptionalDouble median(double[] values) {
        return Arrays.stream(values).sorted().skip(values.length / 2).findFirst();
    }

    /// The ratio that the goal is about, or empty if one side was not measured.
    OptionalDouble ratio(Goal goal) {
        return goal.paired() ? median(ratiosByRound(goal))
                : ratio(minimum(goal.measured()), minimum(goal.against()));
    }

    OptionalDouble ratioOfMedians(Goal goal) {
        return ratio(median(goal.measured()), median(goal.against()));
    }

    private double[] ratiosByRound(Goal goal) {
        return IntStream.range(0, group.rounds()).mapToDouble(
                round -> minimum(goal.measured(), round) / minimum(goal.against(), round)).toArray();
    }

    private double minimum(Subject subject, int round) {
        return Arrays.stream(times.get(subject).get(round)).min().orElse(Double.NaN);
    }

    private static OptionalDouble ratio(OptionalDouble measured, OptionalDouble against) {
        return measured.isEmpty() || against.isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(measured.getAsDouble() / against.getAsDouble());
    }

    boolean isMissed(Goal goal) {
        return ratio(goal).orElse(0) > goal.limit();
    }
}
