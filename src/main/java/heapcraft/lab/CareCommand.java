package heapcraft.lab;

import heapcraft.lab.compare.Care;
import heapcraft.trace.profile.Profile;
import java.io.IOException;
import java.io.PrintWriter;
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

/// `lab care`: whether a program should care which allocator it has.
@Command(name = "care",
        description = {"Runs eight kinds of program: is allocation worth a thought in them?", "",
            "For each: the part of its time that its calls to malloc take, what a swap could bring"
            + " at best (Amdahl), what a real swap has brought, and what follows. About a minute; on"
            + " a quiet machine, please.", "",
            "Of your own program, perf and heaptrack say more:",
            "  lab care --perf -- ./program arguments",
            "  lab care --read perf.txt", ""})
final class CareCommand implements Callable<Integer> {

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = {"A case; all if left out.",
                "cli       a command-line tool",
                "one-shot  a program that runs once",
                "io        a program that waits for its disk",
                "server    thousands of small blocks a request",
                "threads   tens of threads that allocate at once",
                "long      a day of a server: what stays resident",
                "parser    temporary nodes",
                "game      the same frame again and again"})
    private List<String> words = List.of();

    @Option(names = "--quick",
            description = "Measure a little: enough to see that all runs, not to believe it.")
    private boolean quick;

    @Option(names = "--write-docs", description = "Run everything, and write docs/care.md.")
    private boolean writeDocs;

    @Option(names = "--evidence", description = "Show the profiles that come with the course.")
    private boolean evidence;

    @Option(names = "--read", paramLabel = "FILE", description = "Say what a profile says: the text"
            + " of perf script, perf stat or heaptrack_print, or a recording of JFR.")
    private List<Path> files = List.of();

    @Option(names = "--perf", description = "Run the command behind -- under perf.")
    private boolean perf;

    @Option(names = "--heaptrack", description = "Run the command behind -- under heaptrack.")
    private boolean heaptrack;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (evidence) {
            out.print(Care.recorded());
        } else if (!files.isEmpty()) {
            for (Path file : files) {
                out.print(Care.text(Profile.read(file)));
            }
        } else if (perf || heaptrack) {
            return live(out);
        } else {
            cases(out);
        }
        out.flush();
        return 0;
    }

    /// Where the tool is missing or may not work, the recorded evidence has to do.
    private int live(PrintWriter out) {
        if (words.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Which program? Such as"
                    + " lab care --perf -- ./program arguments");
        }
        try {
            out.print(Care.text((perf ? LiveProfile.PERF : LiveProfile.HEAPTRACK).of(words)));
            out.flush();
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            spec.commandLine().getErr().println("Recorded elsewhere:");
            spec.commandLine().getErr().flush();
            out.print(Care.recorded());
            out.flush();
            return 1;
        }
    }

    private void cases(PrintWriter out) throws IOException {
        if (writeDocs && (quick || !words.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--write-docs needs all cases at full"
                    + " length; leave the names and --quick out");
        }
        for (String name : words) {
            if (!Care.names().containsKey(name)) {
                throw new ParameterException(spec.commandLine(), "There is no case " + name
                        + "; there are " + String.join(", ", Care.names().keySet()));
            }
        }
        Care care;
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
            care = Care.run(words, quick, progress);
        }
        out.print(care.text());
        if (writeDocs) {
            care.writeDocs(lab.project().root().resolve("docs"));
            out.println("Written: docs/care.md");
        }
    }
}
