package heapcraft.alloc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another JVM, for what can be done only once in a program, or what may take the program down.
///
/// @param directory where it works; the only place it may write to, if it is sandboxed
/// @param sandboxed whether to put it behind bubblewrap, where there is one: a read-only system
public record OtherJvm(Path directory, boolean sandboxed) {

    private static final long DEADLINE_SECONDS = 300;
    private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");

    /// @param exitCode what it ended with, or -1 if it had to be ended
    public record Result(int exitCode, String output) { }

    /// Runs a main class to its end.
    ///
    /// @param classPath where it finds its classes
    /// @param options   for the JVM
    /// @param command   the main class and its arguments
    public Result run(String classPath, List<String> options, String... command) {
        List<String> line = new ArrayList<>();
        if (sandboxed && Files.exists(BUBBLEWRAP)) {
            line.addAll(sandbox());
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-ea", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash", "-XX:-UsePerfData", "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + directory,
                "-XX:ErrorFile=" + directory.resolve("crash.log")));
        line.addAll(options);
        line.addAll(List.of("-cp", classPath));
        line.addAll(List.of(command));
        try {
            return finished(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a child JVM ran", e);
        }
    }

    private Result finished(List<String> line) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(line).directory(directory.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Result(ended ? process.exitValue() : -1, Files.readString(output));
    }

    private List<String> sandbox() {
        String here = directory.toString();
        return List.of(BUBBLEWRAP.toString(), "--ro-bind", "/", "/", "--dev", "/dev",
                "--proc", "/proc", "--bind", here, here, "--unshare-all", "--die-with-parent",
                "--chdir", here);
    }
}
