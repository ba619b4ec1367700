package heapcraft.lab;

import heapcraft.alloc.LibraryAlloc;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab bench`: builds what lies in `bench/`, which is no part of the course's own build, and runs
/// it.
@Command(name = "bench",
        description = "Measures the allocators beside the JDK's, Rust's and C's.")
final class BenchCommand implements Callable<Integer> {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String CLASSES = "target/bench/java/classes";
    private static final String LIBRARIES = "target/bench/java/lib/*";

    /// Maven and JMH look up field offsets in a way that the JDK warns about.
    private static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = "A group, such as nodes32 or global; all if left out.")
    private List<String> names = List.of();

    @Option(names = "--quick",
            description = "Measure a tenth: enough to see that all runs, not to believe it.")
    private boolean quick;

    @Option(names = "--write-docs",
            description = "Write the figures into docs/benchmarks.md.")
    private boolean writeDocs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (writeDocs && (quick || !names.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--write-docs needs all groups at"
                    + " full length; leave the names and --quick out");
        }
        System.err.println("  building bench/ (the first time, Maven fetches JMH)");
        int built = run(List.of(WINDOWS ? "mvn.cmd" : "mvn", "-q", "-B", "-ntp",
                "-f", "bench/pom.xml", "-Dheapcraft.jar=" + ChildJvm.library(), "process-classes"));
        return built == 0 ? run(java()) : built;
    }

    private List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                QUIET,
                "-Dbench.quick=" + quick, "-Dbench.docs=" + writeDocs));
        // Java and C are to measure the same file.
        LibraryAlloc.present().forEach(
                heap -> command.add("-Dheapcraft." + heap.name() + "=" + heap.path()));
        command.addAll(List.of(
                "-cp", String.join(File.pathSeparator, CLASSES, LIBRARIES,
                        System.getProperty("java.class.path")),
                "heapcraft.bench.Main"));
        command.addAll(names);
        return command;
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder child = new ProcessBuilder(command).inheritIO()
                .directory(lab.project().root().toFile());
        child.environment().put("JAVA_HOME", System.getProperty("java.home"));
        child.environment().merge("MAVEN_OPTS", QUIET, (own, quiet) -> own + " " + quiet);
        return child.start().waitFor();
    }
}
