package heapcraft.lab;

import heapcraft.lab.compare.Contest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab compare`: the same workloads on every allocator there is.
@Command(name = "compare",
        description = {"Runs the same workloads on every allocator, each in its own process.", "",
            "System is the platform's malloc; jemalloc, mimalloc and tcmalloc are the real"
            + " libraries, where they are installed; the others are the course's own. Shown are the"
            + " time for a block, what more threads do to it, how often a thread had to sleep, and"
            + " the memory that stays resident. About three minutes; on a quiet machine,"
            + " please.", ""})
final class CompareCommand implements Callable<Integer> {

    private static final String TARGET = "target/compare";

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = {"A workload; all but creep if left out.",
                "small     blocks of 64 bytes",
                "mixed     blocks of 16 to 512 bytes",
                "handover  freed by another thread",
                "growing   arrays that double, by realloc",
                "large     256 KiB to 4 MiB",
                "churn     a server with a cache that lives long",
                "creep     a day of a server: what stays resident"})
    private List<String> names = List.of();

    @Option(names = "--quick",
            description = "Measure a little: enough to see that all runs, not to believe it.")
    private boolean quick;

    @Option(names = "--write-docs",
            description = "Run everything, creep too, and write the figures into docs/compare.md.")
    private boolean writeDocs;

    @Override
    public Integer call() throws IOException {
        requireSense();
        Path target = lab.project().root().resolve(TARGET);
        Contest contest = contest();
        spec.commandLine().getOut().print(contest.text());
        contest.save(target);
        spec.commandLine().getOut().println("Charts and all slices: " + TARGET);
        if (writeDocs) {
            contest.writeDocs(lab.project().root().resolve("docs"));
            spec.commandLine().getOut().println("Written: docs/compare.md");
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void requireSense() {
        if (writeDocs && (quick || !names.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--write-docs needs all workloads at"
                    + " full length; leave the names and --quick out");
        }
        for (String name : names) {
            if (!Contest.names().containsKey(name)) {
                throw new ParameterException(spec.commandLine(), "There is no workload " + name
                        + "; there are " + String.join(", ", Contest.names().keySet()));
            }
        }
    }

    private Contest contest() throws IOException {
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
            return Contest.run(writeDocs ? List.copyOf(Contest.names().keySet()) : names, quick,
                    progress);
        }
    }
}
