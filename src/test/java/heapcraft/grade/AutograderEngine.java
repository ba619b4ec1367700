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
            Course.load().named(wanted).forEach(exercise -> engine.addChild(node(id, exercise)));
        }
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        TestDescriptor engine = request.getRootTestDescriptor();
        listener.executionStarted(engine);
        if (!engine.getChildren().isEmpty()) {
            grade(engine, listener);
        }
        listener.executionFinished(engine, TestExecutionResult.successful());
    }

    private static void grade(TestDescriptor engine, EngineExecutionListener listener) {
        List<Node> nodes = engine.getChildren().stream().map(Node.class::cast).toList();
        Report report = new Grader(Project.find())
                .grade(nodes.stream().map(node -> node.exercise).toList(), done -> { });
        for (int i = 0; i < nodes.size(); i++) {
            tell(nodes.get(i), report.exercises().get(i), listener);
        }
        System.out.print(WorkflowLog.inert("\n" + Scoreboard.of(Reports.write(report))));
    }

    private static void tell(Node node, Graded graded, EngineExecutionListener listener) {
        listener.executionStarted(node);
        int i = 0;
        Finding before = null;
        for (TestDescriptor test : node.getChildren()) {
            Result result = graded.results().get(i++);
            listener.executionStarted(test);
            listener.executionFinished(test, result(result, result.finding().equals(before)));
            before = result.finding();
        }
        listener.executionFinished(node, TestExecutionResult.successful());
    }

    /// @param again whether the test before this one has said the same
    private static TestExecutionResult result(Result result, boolean again) {
        String why = result.verdict().words()
                + (again ? " (as above)" : ": " + result.finding().summary());
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

    private static Node node(UniqueId engine, Exercise exercise) {
        UniqueId id = engine.append("exercise", exercise.className());
        Node node = new Node(id, exercise.testClassName(),
                ClassSource.from(exercise.testClassName()), exercise);
        exercise.tests().forEach(test -> node.addChild(new Node(id.append("test", test.name()),
                test.name(), MethodSource.from(exercise.testClassName(), test.name()), null)));
        return node;
    }

    /// An exercise, or one of its tests.
    private static final class Node extends AbstractTestDescriptor {
        private final Exercise exercise;

        Node(UniqueId id, String name, TestSource source, Exercise exercise) {
            super(id, name, source);
            this.exercise = exercise;
        }

        @Override
        public Type getType() {
            return exercise == null ? Type.TEST : Type.CONTAINER;
        }
    }
}
