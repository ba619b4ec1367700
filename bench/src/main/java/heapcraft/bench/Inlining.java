package heapcraft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// What the compiler says of a call through the global heap: a timing can be lucky, its log cannot.
///
/// @param lines the log's lines about the two calls in `Global.heap().alloc(…)`
record Inlining(List<String> lines) {

    private static final Path LOG = Main.TARGET.resolve("inlining.log");

    /// Runs the benchmark once more, with the compiler's log on.
    static Inlining observe() {
        try {
            new Runner(new OptionsBuilder()
                    .include("GlobalBench.global$").forks(1)
                    .warmupIterations(1).warmupTime(TimeValue.seconds(1))
                    .measurementIterations(1).measurementTime(TimeValue.seconds(1))
                    .jvmArgs("--enable-native-access=ALL-UNNAMED", "-XX:-TieredCompilation",
                            "-XX:+UnlockDiagnosticVMOptions",
                            "-XX:CompileCommand=PrintInlining,heapcraft.bench.GlobalBench::global")
                    .output(LOG.toString()).build()).run();
            return new Inlining(Files.readAllLines(LOG).stream()
                    .filter(line -> line.contains("heapcraft.alloc.Global::heap ")
                            || line.contains("Alloc::alloc ") || line.contains("Bump::alloc "))
                    .map(line -> line.substring(line.indexOf('@'))).distinct().toList());
        } catch (RunnerException e) {
            throw new IllegalStateException("the compiler's log was not written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether both calls are gone: the heap is a constant, and so its method needs no guard.
    boolean isComplete() {
        return says("heapcraft.alloc.Global::heap ") && says("heapcraft.alloc.Bump::alloc ");
    }

    @Override
    public String toString() {
        return (isComplete() ? "C2 has inlined Global.heap().alloc(layout), without a guard:\n"
                : "C2 has not inlined Global.heap().alloc(layout):\n")
                + lines.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }

    private boolean says(String method) {
        return lines.stream().anyMatch(line -> line.contains(method) && line.contains("inline")
                && !line.contains("TypeProfile") && !line.contains("failed"));
    }
}
