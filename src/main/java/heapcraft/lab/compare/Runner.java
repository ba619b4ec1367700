package heapcraft.lab.compare;

import heapcraft.lab.ChildJvm;
import heapcraft.lab.ChildJvm.Death;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A [Worker] as it is seen from outside. It may be late, say that it failed, or die: each of that
/// is a [Dropout], and the others go on.
final class Runner implements AutoCloseable {

    /// The Java heap is all there from the start, so that it does not grow while the resident
    /// bytes are counted; and nothing is compiled beside a slice.
    private static final List<String> OPTIONS = List.of("--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC", "-Xms32m", "-Xmx128m", "-Xmn20m", "-XX:+AlwaysPreTouch",
            "-XX:-UsePerfData", "-Xbatch", "-XX:+DisplayVMOutputToStderr",
            "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    /// Patience is counted in the worker's own processor time: on a busy machine it is not its fault
    /// that it is late. Where it uses none, or the system does not tell, this must do.
    private static final Duration STUCK = Duration.ofMinutes(5);
    /// How often its processor time is looked at, in milliseconds.
    private static final long LOOK = 100;

    /// For a program that ends soon: the quick compiler, and memory when it is needed.
    private static final List<String> PLAIN = List.of("--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
            "-XX:+DisplayVMOutputToStderr",
            "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    private final Process process;
    private final Path errors;
    private final PrintStream orders;
    /// Its answers that nobody has read yet; an empty one is its end.
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    /// @param command     a worker
    /// @param environment what it finds in its environment beside ours
    /// @param errors      the file for what it says on its way out
    Runner(List<String> command, Map<String, String> environment, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        this.errors = errors;
        process = builder.start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::read);
    }

    /// Starts a worker with this JDK and this library.
    static Runner start(Entrant entrant, Path errors) throws IOException {
        return start(Worker.class, List.of(entrant.name()), entrant.environment(), errors);
    }

    /// Starts any class that answers as a worker does.
    static Runner start(Class<?> main, List<String> args, Map<String, String> environment,
                        Path errors) throws IOException {
        return new Runner(command(OPTIONS, main, args, errors), environment, errors);
    }

    /// The same with the options of a program that shall be there soon.
    static Runner startPlain(Class<?> main, List<String> args, Path errors) throws IOException {
        return new Runner(command(PLAIN, main, args, errors), Map.of(), errors);
    }

    private static List<String> command(List<String> options, Class<?> main, List<String> args,
                                        Path errors) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-XX:ErrorFile=" + errors + ".crash");
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("heapcraft."))
                .map(name -> "-D" + name + "=" + System.getProperty(name)).forEach(command::add);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(args);
        return command;
    }

    /// The library, and what lies beside its jar; inside a kernel `java.class.path` does not say.
    private static String classPath() {
        String library = ChildJvm.library();
        return library.endsWith(".jar")
                ? library + File.pathSeparator + Path.of(library).resolveSibling("*")
                : library + File.pathSeparator + System.getProperty("java.class.path");
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().map(Optional::of).forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // It was killed; that it is gone says the empty answer.
            return;
        } finally {
            answers.add(Optional.empty());
        }
    }

    /// Tells the worker something; the answer can be read later.
    void tell(String order) {
        orders.println(order);
    }

    /// Tells the worker something, and waits for the answer.
    ///
    /// @param patience the processor time that it may use for it
    /// @throws Dropout if there is none in time, or it says that it failed
    String ask(String order, Duration patience) throws Dropout {
        tell(order);
        return next(patience);
    }

    /// The worker's next answer.
    ///
    /// @param patience the processor time that it may use for it
    /// @throws Dropout if there is none in time, or it says that it failed
    String next(Duration patience) throws Dropout {
        String answer = poll(patience).orElseThrow(this::death);
        if (answer.startsWith("failed ")) {
            throw new Dropout(answer.substring("failed ".length()));
        }
        return answer;
    }

    private Optional<String> poll(Duration patience) throws Dropout {
        try {
            Duration processorTime = processorTime().plus(patience);
            Instant stuck = Instant.now().plus(STUCK);
            Optional<String> answer = answers.poll(LOOK, TimeUnit.MILLISECONDS);
            while (answer == null) {
                if (processorTime().compareTo(processorTime) > 0 || Instant.now().isAfter(stuck)) {
                    throw new Dropout("gave no answer in " + patience.toSeconds()
                            + " s of processor time");
                }
                answer = answers.poll(LOOK, TimeUnit.MILLISECONDS);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Dropout("nobody waits for it any more");
        }
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private Dropout death() {
        try {
            String said = Files.readString(errors);
            return new Dropout("died: " + Death.of(process.onExit().join().exitValue(), said)
                    .toString().replace("\n", " "));
        } catch (IOException e) {
            return new Dropout("died, and left no word");
        }
    }

    /// Ends the worker, if it has not ended yet.
    @Override
    public void close() {
        orders.close();
        process.destroyForcibly().onExit().join();
    }
}
