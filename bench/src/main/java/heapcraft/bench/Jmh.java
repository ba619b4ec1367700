package heapcraft.bench;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// A JMH benchmark, in a JVM of its own: what ran before cannot spoil its profile.
final class Jmh implements Source {

    /// So small that a reference is an address: see docs/benchmarks.md, "The finger in memory".
    private static final String SMALL_HEAP = "-Xmx1g";
    /// So large that a reference must be multiplied by 8 to be one.
    private static final String LARGE_HEAP = "-Xmx8g";

    private final String heap;
    private final String method;
    private final String[] parameters;

    /// @param method     a benchmark such as `NodesBench.bumpRaw`
    /// @param parameters its JMH parameters, such as `size=32`
    Jmh(String method, String... parameters) {
        this(SMALL_HEAP, method, parameters);
    }

    private Jmh(String heap, String method, String... parameters) {
        this.heap = heap;
        this.method = method;
        this.parameters = parameters;
    }

    /// The same in a JVM with a large heap.
    Jmh onLargeHeap() {
        return new Jmh(LARGE_HEAP, method, parameters);
    }

    /// The JVM is to use the same libraries as this one, and as the C peer.
    private String[] arguments() {
        return Stream.concat(Stream.of(heap, "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"),
                System.getProperties().stringPropertyNames().stream()
                        .filter(name -> name.startsWith("heapcraft."))
                        .map(name -> "-D" + name + "=" + System.getProperty(name)))
                .toArray(String[]::new);
    }

    @Override
    public double[] measure(int warm, int slices) {
        TimeValue slice = TimeValue.milliseconds(SLICE_MILLIS);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + method.replace(".", "\\.") + "$")
                .mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS)
                .forks(1).threads(1)
                .warmupIterations(warm).warmupTime(slice)
                .measurementIterations(slices).measurementTime(slice)
                .jvmArgs(arguments())
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        for (String parameter : parameters) {
            String[] parts = parameter.split("=");
            options.param(parts[0], parts[1]);
        }
        try {
            return new Runner(options.build()).runSingle().getBenchmarkResults().stream()
                    .map(BenchmarkResult::getIterationResults).flatMap(each -> each.stream())
                    .mapToDouble(each -> each.getPrimaryResult().getScore()).toArray();
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmark " + method + " did not run: "
                    + e.getMessage(), e);
        }
    }
}
