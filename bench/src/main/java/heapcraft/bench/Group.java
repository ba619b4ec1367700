package heapcraft.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Subjects that do the same work, and how they should compare.
///
/// They take turns: each round runs each of them once, so that a busy minute on this machine
/// strikes all.
///
/// @param name     what `./lab bench NAME` calls it
/// @param work     what one operation is
/// @param rounds   how often each subject is started
/// @param slices   how many slices each start measures
/// @param subjects in the order of the table
/// @param goals    among these subjects
record Group(String name, String work, int rounds, int slices, List<Subject> subjects,
             List<Goal> goals) {

    /// Slices before the first one that counts: the JIT needs a second, and more on a busy machine.
    private static final int WARM = 150;

    /// The same with fewer rounds: enough to see that everything runs.
    Group quick() {
        return new Group(name, work, Math.max(1, rounds / 5), slices / 2, subjects, goals);
    }

    /// @param progress hears of each subject that is about to run
    Results measure(Consumer<String> progress) {
        Map<Subject, List<double[]>> times = subjects.stream()
                .collect(Collectors.toMap(each -> each, _ -> new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            for (Subject subject : subjects) {
                progress.accept(name + " " + round + "/" + rounds + ": " + subject.label());
                times.get(subject).add(subject.source().measure(WARM, slices));
            }
        }
        return new Results(this, times);
    }
}
