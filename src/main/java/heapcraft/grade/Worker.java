package heapcraft.grade;

import heapcraft.exercise.Exhausted;
import heapcraft.exercise.Score;
import heapcraft.exercise.Story;
import heapcraft.exercise.Todo;
import heapcraft.exercise.WitnessHeap;
import heapcraft.trace.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// The process that runs the learner's code: it takes one job, runs its tests one by one, and
/// tells the driver before and after each.
///
/// It may die at any moment; what it has told by then counts. The channel is a socket that accepts
/// one connection and cannot be opened again through the file system.
public final class Worker {

    /// Set where a worker runs only to train the start-up cache, which is made at an orderly exit.
    static final String TRAINING = "heapcraft.training";

    /// This class's own threads. All others in the main group are of the learner's code.
    private final ThreadGroup own = new ThreadGroup(
            Thread.currentThread().getThreadGroup().getParent(), "worker");

    private final SocketChannel driver;
    private final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
            // Nothing the learner puts on a class path may add an engine or a listener.
            .enableTestEngineAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine())
            .build());

    private Worker(SocketChannel driver) {
        this.driver = driver;
    }

    /// Connects to the driver and does its job.
    ///
    /// @param args the path of the driver's socket
    public static void main(String[] args) throws IOException {
        try (SocketChannel driver = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            driver.connect(UnixDomainSocketAddress.of(args[0]));
            new Worker(driver).work();
        }
        if (Boolean.getBoolean(TRAINING)) {
            System.exit(0);
        }
        // Threads that the learner's code has left running end here too.
        Runtime.getRuntime().halt(0);
    }

    private void work() throws IOException {
        BufferedReader lines = new BufferedReader(
                Channels.newReader(driver, StandardCharsets.UTF_8));
        Event job = Event.parse(lines.readLine());
        Thread tests = Thread.currentThread();
        Thread.ofPlatform().group(own).daemon().name("driver").start(() -> answer(lines, tests));
        URL[] classes = {url(job.get("tests")), url(job.get("learner"))};
        for (String test : job.get("names").split(",")) {
            tell(Event.of(Event.Kind.STARTED, "test", test));
            Event finished = run(test, job.get("class"), classes);
            tell(finished);
            if (isUsedUp(finished)) {
                break;
            }
        }
        tell(Event.of(Event.Kind.END));
    }

    /// Whether this process is no fair place for another test: its memory is gone, or threads of
    /// the last test go on. The driver starts another one.
    private static boolean isUsedUp(Event finished) {
        return finished.get("verdict").equals(Verdict.OUT_OF_MEMORY.name())
                || Thread.currentThread().getThreadGroup().activeCount() > 1;
    }

    /// Whenever the driver says something, it asks where the tests stand: it is about to end this
    /// process. A driver that was killed has hung up, and nobody is left to work for.
    private void answer(BufferedReader lines, Thread tests) {
        try {
            while (lines.readLine() != null) {
                tell(Event.of(Event.Kind.STUCK, "where",
                        String.join("\n", LearnerFrames.of(tests.getStackTrace()))));
            }
        } catch (IOException e) {
            // Hung up as well.
        }
        Runtime.getRuntime().halt(0);
    }

    /// A class loader for each test: static state does not leak from one to the next.
    private Event run(String test, String className, URL[] classes) throws IOException {
        Todo.takeFirstMet();
        WitnessHeap.takeLastTrace();
        AtomicReference<Map<String, String>> score = new AtomicReference<>(Map.of());
        long start = System.nanoTime();
        try (URLClassLoader loader = new URLClassLoader(classes, Worker.class.getClassLoader())) {
            TestExecutionResult result = execute(loader.loadClass(className), test, score);
            Event verdict = verdict(test, result, (System.nanoTime() - start) / 1_000_000);
            verdict.fields().putAll(score.get());
            return verdict;
        } catch (ClassNotFoundException e) {
            throw new IOException("the graded tests were not compiled", e);
        }
    }

    private TestExecutionResult execute(Class<?> testClass, String test,
                                        AtomicReference<Map<String, String>> score) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(testClass, test))
                .build();
        AtomicReference<TestExecutionResult> worst = new AtomicReference<>();
        AtomicReference<TestExecutionResult> last = new AtomicReference<>();
        try {
            launcher.execute(request, listener(worst, last, score));
        } catch (OutOfMemoryError e) {
            // JUnit passes this one on; it is a result like any other.
            worst.set(TestExecutionResult.failed(e));
        }
        return worst.get() != null ? worst.get() : last.get();
    }

    private static TestExecutionListener listener(AtomicReference<TestExecutionResult> worst,
                                                  AtomicReference<TestExecutionResult> last,
                                                  AtomicReference<Map<String, String>> score) {
        return new TestExecutionListener() {
            /// What a test reports is its score or nothing: no other field of a verdict.
            @Override public void reportingEntryPublished(TestIdentifier id, ReportEntry entry) {
                Score.of(entry.getKeyValuePairs()).ifPresent(told -> score.set(told.fields()));
            }

            @Override public void executionFinished(TestIdentifier id, TestExecutionResult result) {
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    worst.compareAndSet(null, result);
                } else if (id.isTest()) {
                    last.set(result);
                }
            }
        };
    }

    private static Event verdict(String test, TestExecutionResult result, long millis) {
        String gap = Todo.takeFirstMet();
        if (gap != null) {
            return finished(test, Verdict.TODO, millis, "got", gap);
        }
        if (result == null) {
            return finished(test, Verdict.GRADER_ERROR, millis, "got",
                    "no test of this name was run");
        }
        if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            return finished(test, Verdict.PASSED, millis);
        }
        Throwable thrown = result.getThrowable().orElseThrow();
        String where = String.join("\n", LearnerFrames.of(thrown));
        if (thrown instanceof Story story) {
            return finished(test, Verdict.WRONG, millis, "call", story.call(), "got", story.got(),
                    "wanted", story.wanted(), "next", story.next(), "where", where,
                    "trace", trace(story));
        }
        if (Exhausted.isMachine(thrown)) {
            return finished(test, Verdict.OUT_OF_MEMORY, millis, "got", "threw " + thrown, "next",
                    "What is allocated in each turn of the loop, and who gives it back?",
                    "where", where);
        }
        return finished(test, Verdict.WRONG, millis, "got", "threw " + thrown, "next",
                "Was that exception meant to come out? Look at the line above.", "where", where);
    }

    /// The story's own heap, or else the one that the test used last.
    private static String trace(Story story) {
        Trace last = WitnessHeap.takeLastTrace();
        String trace = (story.trace().size() > 0 ? story.trace() : last).toString();
        return trace.length() > Finding.LONGEST_TRACE ? "" : trace;
    }

    private static Event finished(String test, Verdict verdict, long millis, String... more) {
        Event event = Event.of(Event.Kind.FINISHED, more);
        event.fields().put("test", test);
        event.fields().put("verdict", verdict.name());
        event.fields().put("millis", Long.toString(millis));
        return event;
    }

    private synchronized void tell(Event event) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(event.toLine().getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            driver.write(line);
        }
    }

    private static URL url(String folder) throws MalformedURLException {
        return Path.of(folder).toUri().toURL();
    }
}
