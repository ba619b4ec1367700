package heapcraft.mutants;

import static org.junit.platform.engine.FilterResult.includedIf;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// A program that runs one test class and prints which of its tests are red; [MutantsIT] runs it.
public final class RedTests implements TestExecutionListener {

    private final String awaited;
    private String current = "";

    private RedTests(String awaited) {
        this.awaited = awaited;
    }

    /// @param arguments the test class, and the one test of it that matters, or all if it is empty
    public static void main(String[] arguments) {
        RedTests listener = new RedTests(arguments[1]);
        try {
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(arguments[0]))
                    .filters((PostDiscoveryFilter) test -> includedIf(listener.mayBeAwaited(test)))
                    .build(), listener);
            System.out.println("end");
        } catch (OutOfMemoryError unforeseen) {
            // JUnit lets this one pass, and counts no test as failed.
            System.out.println("red: " + listener.current);
        }
        Runtime.getRuntime().halt(0);
    }

    /// A law is in no method's name: its factory makes it later.
    private boolean mayBeAwaited(TestDescriptor test) {
        return awaited.isEmpty() || awaited.contains(" ")
                || !(test.getSource().orElse(null) instanceof MethodSource method)
                || method.getMethodName().equals(awaited);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        current = name(test);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.FAILED) {
            String name = name(test);
            System.out.println("red: " + name);
            System.out.println("  " + result.getThrowable().orElse(null));
            if (name.equals(awaited)) {
                Runtime.getRuntime().halt(0);
            }
        }
    }

    /// A dynamic test is known by its name, any other by its method.
    private static String name(TestIdentifier test) {
        boolean dynamic = test.getUniqueId().contains("[dynamic-test:");
        return dynamic ? test.getDisplayName() : test.getSource()
                .filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
                .map(MethodSource::getMethodName).orElse(test.getDisplayName());
    }
}
