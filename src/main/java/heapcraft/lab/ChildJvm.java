package heapcraft.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A JVM that may die: it runs a few lines of Java, and this one looks on.
///
/// A crash takes the whole process with it. In a notebook that process is the kernel, so what is
/// meant to crash runs in a child.
///
/// ```java
/// ChildJvm.inChild("MemorySegment.ofAddress(8).reinterpret(4).get(JAVA_INT, 0);");
/// // prints: SIGSEGV … exit code 134
/// ```
///
/// The child has the same JDK and the same library, native access and assertions. The JDK's own
/// packages, `heapcraft.alloc`, `heapcraft.own` and the constants of `ValueLayout` are imported.
/// It leaves no file behind, and is ended after [#DEADLINE].
public final class ChildJvm {

    /// How long a child may run.
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    /// More lines than these tell a reader nothing more.
    private static final int LINES = 8;
    private static final Pattern CRASH = Pattern.compile("#\\s+((SIG|EXCEPTION_)\\w+) \\(.*");
    private static final String FRAME = "\tat ";

    private ChildJvm() { }

    /// Runs Java statements in a child JVM and prints what became of it: its first telling lines
    /// and its exit code.
    ///
    /// @param statements the body of a `main` that may throw anything
    public static void inChild(String statements) {
        System.out.println(run(statements, DEADLINE));
    }

    /// Runs Java statements in a child JVM and waits for its end.
    ///
    /// @param statements the body of a `main` that may throw anything
    /// @param deadline   how long it may run
    /// @throws UncheckedIOException if the child cannot be started
    public static Death run(String statements, Duration deadline) {
        try {
            Path folder = Files.createTempDirectory(
                    "heapcraft-child-" + ProcessHandle.current().pid() + "-");
            try {
                return run(folder, statements, deadline);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Death run(Path folder, String statements, Duration deadline) throws IOException {
        Files.writeString(folder.resolve("Child.java"), """
                import static java.lang.foreign.ValueLayout.*;
                import heapcraft.alloc.*;
                import heapcraft.own.*;
                void main() throws Throwable {
                %s
                }
                """.formatted(statements));
        Path output = folder.resolve("output");
        Process child = new ProcessBuilder(command(folder))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = waitFor(child, deadline);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        return Death.of(ended ? child.exitValue() : Death.TIMED_OUT, text);
    }

    private static List<String> command(Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-ea",
                "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m",
                "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8",
                "-cp", library(), "Child.java");
    }

    /// {@return the jar or folder that this library runs from}
    public static String library() {
        try {
            var source = ChildJvm.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(source.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the library has no place on disk", e);
        }
    }

    private static boolean waitFor(Process child, Duration deadline) {
        try {
            return child.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// How a child JVM ended.
    ///
    /// @param exitCode its exit code, or [#TIMED_OUT]
    /// @param lines    what it printed, as far as it tells something
    public record Death(int exitCode, List<String> lines) {

        /// Stands for the exit code of a child that did not end by itself.
        public static final int TIMED_OUT = Integer.MIN_VALUE;

        /// On Linux and macOS a process that a signal ended answers 128 and the signal's number.
        private static final int SIGNALLED = 128;

        /// {@return the death of a child that has printed this}
        ///
        /// @param exitCode its exit code, or [#TIMED_OUT]
        /// @param text     all that it printed
        public static Death of(int exitCode, String text) {
            return new Death(exitCode, telling(text));
        }

        /// What says why the child ended: what came before the JVM's crash report, and of its forty
        /// lines the signal. Addresses and process numbers change from run to run and say nothing.
        private static List<String> telling(String text) {
            Stream<String> printed = text.lines().takeWhile(line -> !line.startsWith("#"))
                    .filter(line -> !line.startsWith(FRAME) && !line.isBlank()).limit(LINES);
            Stream<String> signal = CRASH.matcher(text).results().map(found -> found.group(1));
            return Stream.concat(printed, signal).toList();
        }

        @Override
        public String toString() {
            return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n") + verdict();
        }

        private String verdict() {
            if (exitCode == TIMED_OUT) {
                return "→ the child JVM did not end by itself, and was killed";
            }
            return "→ the child JVM ended with exit code " + exitCode + meaning();
        }

        private String meaning() {
            return exitCode > SIGNALLED
                    ? " (128 + " + (exitCode - SIGNALLED) + ": killed by a signal)" : "";
        }
    }
}
