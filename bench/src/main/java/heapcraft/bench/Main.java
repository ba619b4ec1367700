package heapcraft.bench;

import java.nio.file.Path;
import java.util.List;

/// `./lab bench`: measures everything in turn, and says which goals are met. Runs in the project's
/// folder.
///
/// The arguments are the names of groups; none means all. `-Dbench.quick=true` measures less,
/// `-Dbench.write=true` writes the figures into `docs/`.
public final class Main {

    /// Where everything that is built or written here goes.
    static final Path TARGET = Path.of("target/bench");

    private Main() { }

    /// Ends the process with 0 if no goal was missed, with 1 otherwise.
    public static void main(String[] names) {
        boolean quick = Boolean.getBoolean("bench.quick");
        List<Results> all = Suite.named(List.of(names)).stream()
                .map(group -> quick ? group.quick() : group)
                .map(group -> group.measure(line -> System.err.println("  " + line)))
                .toList();
        for (Results results : all) {
            System.out.println(Tables.times(results));
        }
        System.out.println(Tables.goals(all));
    }
}
