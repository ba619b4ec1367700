package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.report.Reports;
import java.util.List;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// Shows the graded tests to Surefire under their own names, though they run in worker processes.
///
/// *To do* is an aborted test, which Maven counts as skipped: a fresh clone is yellow, not red.
public final class AutograderEngine implements TestEngine {

    @Override
    public String getId() {
        return "heapcraft-autograder";
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        EngineDescriptor engine = new EngineDescriptor(id, "heapcraft autograder");
        boolean asked = request.getSelectorsByType(ClassSelector.class).stream()
                .anyMatch(selector -> selector.getClassName().equals(Autograder.class.getName()));
        if (asked) {
            String wanted = System.getProperty("exercise", "");
            try {
                Course.load().named(wanted).forEach(exercise -> engine.addChild(node(id, exercise)));
            } catch (IllegalArgumentException e) {
                engine.addChild(refusal(id, e.getMessage()));
            }
        }
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        TestDescriptor engine = request.getRootTestDescriptor();
        listener.executionStarted(engine);
        List<Node> nodes = engine.getChildren().stream().map(Node.class::cast).toList();
        if (nodes.stream().anyMatch(node -> node.exercise == null)) {
            nodes.forEach(node -> refuse(node, listener));
        } else if (!nodes.isEmpty()) {
            grade(nodes, listener);
        }
        listener.executionFinished(engine, TestExecutionResult.successful());
    }

    private static void grade(List<Node> nodes, EngineExecutionListener listener) {
        Report report = new Grader(Project.find())
                .grade(nodes.stream().map(node -> node.exercise).toList(), done -> { });
        for (int i = 0; i < nodes.size(); i++) {
            tell(nodes.get(i), report.exercises().get(i), listener);
        }
        System.out.print(WorkflowLog.inert("\n" + Scoreboard.of(Reports.write(report))));
    }

    private static void refuse(Node node, EngineExecutionListener listener) {
        listener.executionStarted(node);
        for (TestDescriptor reason : node.getChildren()) {
            listener.executionStarted(reason);
            listener.executionFinished(reason, TestExecutionResult.failed(
                    stackless(new AssertionFailedError(reason.getDisplayName()))));
        }
        listener.executionFinished(node, TestExecutionResult.successful());
    }

    private static void tell(Node node, Graded graded, EngineExecutionListener listener) {
        listener.executionStarted(node);
        int i = 0;
        Finding before = null;
        for (TestDescriptor test : node.getChildren()) {
            Result result = graded.results().get(i++);
            listener.executionStarted(test);
            listener.executionFinished(test, result(result, graded.isNotRun() && result.finding().equals(before)));
            before = result.finding();
        }
        listener.executionFinished(node, TestExecutionResult.successful());
    }

    /// @param again whether the test before this one has said the same: a class that does not
    ///              compile fails once, and its other tests are shown as not run
    private static TestExecutionResult result(Result result, boolean again) {
        if (again && result.verdict() != Verdict.TODO) {
            return TestExecutionResult.aborted(stackless(
                    new TestAbortedException(result.verdict().words())));
        }
        String why = result.verdict().words() + ": " + result.finding().summary();
        return switch (result.verdict().colour()) {
            case GREEN -> TestExecutionResult.successful();
            case YELLOW -> TestExecutionResult.aborted(stackless(new TestAbortedException(why)));
            case RED -> TestExecutionResult.failed(stackless(new AssertionFailedError(why)));
        };
    }

    /// The trace would only show this engine.
    private static Throwable stackless(Throwable thrown) {
        thrown.setStackTrace(new StackTraceElement[0]);
        return thrown;
    }

    /// A name that no exercise has, as a failed test that says so.
    private static Node refusal(UniqueId engine, String why) {
        UniqueId id = engine.append("refusal", "exercise");
        String here = Autograder.class.getName();
        Node node = new Node(id, here, ClassSource.from(here), null, false);
        node.addChild(new Node(id.append("test", "reason"), why,
                MethodSource.from(here, "finds_the_exercise"), null, true));
        return node;
    }

    private static Node node(UniqueId engine, Exercise exercise) {
        UniqueId id = engine.append("exercise", exercise.className());
        Node node = new Node(id, exercise.testClassName(),
                ClassSource.from(exercise.testClassName()), exercise, false);
        exercise.tests().forEach(test -> node.addChild(new Node(id.append("test", test.name()),
                test.name(), MethodSource.from(exercise.testClassName(), test.name()), exercise,
                true)));
        return node;
    }

    /// An exercise, or one of its tests.
    private static final class Node extends AbstractTestDescriptor {
        private final Exercise exercise;
        private final boolean test;

        Node(UniqueId id, String name, TestSource source, Exercise exercise, boolean test) {
            super(id, name, source);
            this.exercise = exercise;
            this.test = test;
        }

        @Override
        public Type getType() {
            return test ? Type.TEST : Type.CONTAINER;
        }
    }
}
