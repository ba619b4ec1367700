package heapcraft.grade;

import heapcraft.exercise.Sequences;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A worker seen from the driver: started in its cage, listened to, and ended from outside.
///
/// It talks over a Unix domain socket in the scratch folder. Unlike standard output it cannot be
/// written to by the learner's `print`, and unlike a file it cannot be rewritten; and its end is
/// noticed at once when the process dies.
final class WorkerProcess implements AutoCloseable {

    /// A JVM that has not connected by then never will.
    private static final long CONNECT_MILLIS = 30_000;

    /// How often a deadline is looked at.
    private static final long LOOK_MILLIS = 200;

    /// How long a worker may take to say where it stands.
    private static final long ANSWER_MILLIS = 5_000;

    /// What a worker may know of the driver's environment: enough to find programs and to read
    /// file names, and no secrets.
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SystemRoot", "TEMP", "TMP");

    /// The end of the channel, as a line: no event looks like it.
    private static final String EOF = "";

    /// A socket's path may have 104 bytes on macOS, 108 on Linux.
    private static final int LONGEST_SOCKET = 100;

    private final Process process;
    private final Cage cage;
    private final Output output;
    private final Path crashLog;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private SocketChannel channel;

    private WorkerProcess(Process process, Cage cage, Path crashLog) {
        this.process = process;
        this.cage = cage;
        this.crashLog = crashLog;
        this.output = new Output(process.getInputStream());
    }

    /// Starts a worker and gives it its job.
    ///
    /// @param restricted whether the exercise may call restricted methods
    /// @throws IOException if the process does not start or does not answer
    static WorkerProcess start(Workshop shop, Event job, boolean restricted) throws IOException {
        Path scratch = shop.scratch();
        Path crashLog = scratch.resolve("crash.log");
        Files.deleteIfExists(crashLog);
        Path socket = socket(scratch);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            List<String> command = shop.cage()
                    .around(command(shop, crashLog, socket, restricted), scratch);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(scratch.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()));
            builder.environment().keySet().retainAll(ENVIRONMENT);
            WorkerProcess worker = new WorkerProcess(builder.start(), shop.cage(), crashLog);
            worker.connect(server, job);
            return worker;
        } finally {
            Files.deleteIfExists(socket);
            if (!socket.startsWith(scratch)) {
                Files.deleteIfExists(socket.getParent());
            }
        }
    }

    /// In the scratch folder; where the project lies too deep for that, in a folder of the system.
    private static Path socket(Path scratch) throws IOException {
        Path socket = scratch.resolve("s");
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET ? socket
                : Files.createTempDirectory("heapcraft").resolve("s");
    }

    private static List<String> command(Workshop shop, Path crashLog, Path socket,
                                        boolean restricted) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Short-lived: the first compiler and the plain collector start fastest.
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
                "-XX:-UsePerfData", "-XX:+DisableAttachMechanism", "-ea",
                "-XX:ErrorFile=" + crashLog,
                "-Djava.io.tmpdir=" + shop.scratch(), "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                // The library is a named module with native access; the learner's code is not.
                "--module-path", Libraries.heapcraft().toString(), "--add-modules", "heapcraft",
                "--add-reads", "heapcraft=ALL-UNNAMED",
                "--enable-native-access=heapcraft" + (restricted ? ",ALL-UNNAMED" : ""),
                "-cp", Libraries.thirdParty()));
        String seed = System.getProperty(Sequences.SEED);
        if (seed != null) {
            command.add("-D" + Sequences.SEED + "=" + seed);
        }
        command.addAll(shop.jvmOptions());
        command.addAll(List.of("-m", "heapcraft/" + Worker.class.getName(), socket.toString()));
        return command;
    }

    private static File nothing() {
        return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    }

    /// Waits for the worker's call, one only, and hangs up on all others.
    private void connect(ServerSocketChannel server, Event job) throws IOException {
        Thread giveUp = Thread.ofVirtual().start(() -> {
            try {
                process.waitFor(CONNECT_MILLIS, TimeUnit.MILLISECONDS);
                server.close();
            } catch (IOException | InterruptedException e) {
                // It has connected: there is nothing to give up.
            }
        });
        try {
            channel = server.accept();
        } catch (IOException e) {
            close();
            throw new IOException("the worker did not start: " + output.text().strip(), e);
        } finally {
            giveUp.interrupt();
        }
        tell(job);
        Thread.ofVirtual().start(this::listen);
    }

    private void tell(Event event) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(event.toLine().getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private void listen() {
        try (BufferedReader reader = new BufferedReader(
                Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (String line; (line = reader.readLine()) != null; ) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The worker died while it was speaking: its last, half line does not count.
        } finally {
            lines.add(EOF);
        }
    }

    /// The next event; none once the channel is closed.
    ///
    /// @throws DeadlineException if nothing comes in time; the worker is still alive then
    Optional<Event> next(Deadline deadline)
            throws IOException, DeadlineException, InterruptedException {
        String line;
        while ((line = lines.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS)) == null) {
            if (deadline.isOver(processorTime())) {
                throw new DeadlineException();
            }
        }
        return line.equals(EOF) ? Optional.empty() : Optional.of(Event.parse(line));
    }

    /// Nothing was heard by the deadline.
    static final class DeadlineException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /// What the worker and all that it has started have used so far; empty if the system does not
    /// say. Around the worker's own process stands the cage's.
    private Optional<Duration> processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(part -> part.info().totalCpuDuration().stream()).reduce(Duration::plus);
    }

    /// Where the worker stands: afterwards it is dead.
    ///
    /// @return the learner's lines, innermost first; none if it does not answer
    List<String> lastWords() throws IOException, InterruptedException {
        try {
            tell(Event.of(Event.Kind.WHERE));
            String line = lines.poll(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            return line == null || line.equals(EOF) ? List.of()
                    : Event.parse(line).get("where").lines().toList();
        } finally {
            kill();
        }
    }

    /// How the process ended. A worker in training takes some seconds to write its cache.
    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
        return process.waitFor();
    }

    /// What the JVM wrote down when it died, if it did.
    Optional<CrashLog> crashLog(Path classes) throws IOException {
        return CrashLog.read(crashLog, classes);
    }

    /// The first of what it printed.
    String output() throws InterruptedException {
        output.await();
        return output.text();
    }

    /// Ends the process and all that it has started.
    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        cage.endFamily(process.pid());
    }

    @Override
    public void close() throws IOException {
        kill();
        if (channel != null) {
            channel.close();
        }
    }

    /// What a worker prints: kept up to a size, counted beyond it.
    private static final class Output {
        private static final int KEPT_BYTES = 64 * 1024; // 64 KiB

        private final byte[] kept = new byte[KEPT_BYTES];
        private final Thread reader;
        private int size;
        private long dropped;

        Output(InputStream in) {
            reader = Thread.ofPlatform().daemon().name("worker output").start(() -> drain(in));
        }

        private void drain(InputStream in) {
            byte[] buffer = new byte[8192];
            try (in) {
                for (int n; (n = in.read(buffer)) >= 0; ) {
                    keep(buffer, n);
                }
            } catch (IOException e) {
                // The process is gone, and what it has printed by then is here.
            }
        }

        private synchronized void keep(byte[] buffer, int n) {
            int room = Math.min(n, KEPT_BYTES - size);
            System.arraycopy(buffer, 0, kept, size, room);
            size += room;
            dropped += n - room;
        }

        void await() throws InterruptedException {
            reader.join(1000);
        }

        synchronized String text() {
            String text = new String(kept, 0, size, StandardCharsets.UTF_8);
            return dropped == 0 ? text : text + "\n… and " + dropped + " bytes more";
        }
    }
}
