package heapcraft.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `./lab bench`: measures group by group, and says which goals are met. Runs in the project's
/// folder.
///
/// The arguments are the names of groups; none means all. `-Dbench.quick=true` measures less,
/// `-Dbench.docs=true` writes the figures into `docs/`.
public final class Main {

    /// Where everything that is built or written here goes.
    static final Path TARGET = Path.of("target", "bench");

    private Main() { }

    /// Ends the process with 0 if no goal was missed, 1 if one was, 2 if a name is unknown.
    ///
    /// @throws IOException if the results cannot be written
    public static void main(String[] names) throws IOException {
        List<Group> groups = List.of();
        try {
            groups = Suite.named(List.of(names));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        Report report = measured(groups, Boolean.getBoolean("bench.quick"));
        System.out.println(report.goals());
        report.writeJson(TARGET.resolve("results.json"));
        if (Boolean.getBoolean("bench.docs")) {
            report.writeDocs(Path.of("docs"));
        }
        System.exit(report.meetsAllGoals() ? 0 : 1);
    }

    private static Report measured(List<Group> groups, boolean quick) {
        Map<String, String> machine = Machine.facts();
        List<Results> all = new ArrayList<>();
        Optional<Inlining> inlining = Optional.empty();
        for (Group group : groups) {
            all.add((quick ? group.quick() : group)
                    .measure(step -> System.err.println("  " + step)));
            System.out.println(Tables.times(all.getLast()));
            if (group.name().equals(Suite.GLOBAL)) {
                inlining = Optional.of(Inlining.observe());
            }
        }
        return new Report(machine, all, inlining);
    }
}
