package heapcraft.grade;

import heapcraft.exercise.Score;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Report.Result;
import heapcraft.grade.WorkerProcess.DeadlineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One exercise on trial: workers are started until every expected test has a verdict.
///
/// A worker that dies costs the test it was running; the next one goes on behind it.
final class Trial {

    /// What a test may use.
    private static final Duration PATIENT = Duration.ofSeconds(10);

    /// The same once a test of the exercise has used that up: a class that hangs often hangs in
    /// every test, and the learner waits for all of them.
    private static final Duration IMPATIENT = Duration.ofSeconds(3);

    private final Exercise exercise;
    private final Map<String, GradedTest> pending = new LinkedHashMap<>();
    private final Map<String, Result> results = new LinkedHashMap<>();
    private final StringBuilder output = new StringBuilder();
    private Duration patience = PATIENT;

    Trial(Exercise exercise) {
        this.exercise = exercise;
        exercise.tests().forEach(test -> pending.put(test.name(), test));
    }

    /// A verdict for each expected test, in order.
    List<Result> results() {
        return exercise.tests().stream().map(test -> results.get(test.name())).toList();
    }

    /// The first of what the learner's code printed.
    String output() {
        return output.toString();
    }

    void run(Compilation compilation, Workshop shop)
            throws IOException, InterruptedException {
        Optional<Finding> error = compilation.run();
        if (error.isPresent()) {
            all(Verdict.DOES_NOT_COMPILE, error.get());
            return;
        }
        Optional<Finding> forbidden = new Scan(exercise).run(compilation.learnerClasses());
        if (forbidden.isPresent()) {
            all(Verdict.FORBIDDEN, forbidden.get());
            return;
        }
        while (!pending.isEmpty()) {
            int before = pending.size();
            try (WorkerProcess worker = WorkerProcess.start(shop, job(compilation),
                    exercise.isNative())) {
                listen(worker, compilation.learnerClasses());
                output.append(withoutBanner(worker.output()));
            }
            if (pending.size() == before) {
                throw new IllegalStateException("a worker ended without running a test");
            }
        }
    }

    /// The stub as it was shipped: it is known which gap each test meets.
    void notStarted(Map<String, String> gaps) {
        gaps.forEach((test, gap) ->
                settle(test, Verdict.TODO, new Finding("", gap, "", "", List.of()), 0));
    }

    /// The grader's own fault: every test that has no verdict yet gets this one.
    void graderError(Exception fault) {
        all(Verdict.GRADER_ERROR, new Finding("grading " + exercise.id(), "failed: " + fault, "",
                "This is not your fault. Try again; if it stays, report it with this line.",
                List.of()));
    }

    private void all(Verdict verdict, Finding finding) {
        List.copyOf(pending.values()).forEach(test -> settle(test.name(), verdict, finding, 0));
    }

    private Event job(Compilation compilation) {
        return Event.of(Event.Kind.JOB,
                "names", String.join(",", pending.keySet()),
                "class", exercise.testClassName(),
                "tests", compilation.testClasses().toString(),
                "learner", compilation.learnerClasses().toString());
    }

    private void listen(WorkerProcess worker, Path classes) throws IOException, InterruptedException {
        String running = pending.keySet().iterator().next();
        Deadline deadline = new Deadline(patience);
        try {
            while (true) {
                Optional<Event> heard = worker.next(deadline);
                if (heard.isEmpty()) {
                    died(running, worker, classes);
                    return;
                }
                Event event = heard.get();
                switch (event.kind()) {
                    case STARTED -> {
                        running = event.get("test");
                        deadline = new Deadline(patience);
                    }
                    case FINISHED -> finished(event);
                    case END -> {
                        worker.exitCode();
                        return;
                    }
                    case JOB, WHERE, STUCK ->
                            throw new IOException("a worker said " + event.kind());
                }
            }
        } catch (DeadlineException e) {
            timedOut(running, deadline, worker.lastWords());
        }
    }

    private void finished(Event event) throws IOException {
        Verdict verdict = Verdict.valueOf(event.get("verdict"));
        Finding finding = new Finding(event.get("call"), event.get("got"), event.get("wanted"),
                event.get("next"), lines(event.get("where")), event.get("trace"));
        settle(event.get("test"), verdict, finding, Long.parseLong(event.get("millis")),
                score(event));
    }

    /// What a worker says may be a lie, but it is a score within its bounds or none.
    private static Optional<Score> score(Event event) throws IOException {
        try {
            return Score.of(event.fields());
        } catch (IllegalArgumentException e) {
            throw new IOException("a worker told of a score that is none", e);
        }
    }

    private void timedOut(String test, Deadline deadline, List<String> where) {
        String at = where.isEmpty() ? "" : ", at " + where.getFirst();
        settle(test, Verdict.TIMED_OUT, new Finding("",
                "was still running after " + deadline.age().toSeconds() + " s" + at, "",
                "Look at the loop there: what has to change in each turn for it to end?", where),
                deadline.age().toMillis());
        patience = IMPATIENT;
    }

    private void died(String test, WorkerProcess worker, Path classes)
            throws IOException, InterruptedException {
        Death death = Death.of(worker.exitCode(), worker.crashLog(classes));
        settle(test, death.verdict(), death.finding(), 0);
    }

    private void settle(String test, Verdict verdict, Finding finding, long millis) {
        settle(test, verdict, finding, millis, Optional.empty());
    }

    private void settle(String test, Verdict verdict, Finding finding, long millis,
                        Optional<Score> score) {
        GradedTest expected = pending.remove(test);
        if (expected != null) {
            results.put(test, new Result(expected, verdict, finding, millis, score));
        }
    }

    /// A dying JVM prints where its crash log is; what that log says is in the finding.
    private static String withoutBanner(String printed) {
        int banner = printed.indexOf("#\n# A fatal error has been detected");
        return banner < 0 ? printed : printed.substring(0, banner);
    }

    private static List<String> lines(String text) {
        return text.lines().collect(Collectors.toList());
    }
}
