package heapcraft.exercise;

import heapcraft.trace.Trace;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/// A claim that did not hold, told in four parts.
public final class Story extends AssertionFailedError {
    private static final long serialVersionUID = 1;

    private final String call;
    private final String got;
    private final String wanted;
    private final String next;
    /// Not a value to be sent anywhere with the exception.
    private final transient Trace trace;

    /// @param call   what was called, with its arguments
    /// @param got    what came back
    /// @param wanted what was wanted
    /// @param next   one next step
    public Story(String call, String got, String wanted, String next) {
        this(call, got, wanted, next, null);
    }

    /// The same, when it was an exception that came back.
    public Story(String call, String got, String wanted, String next, Throwable cause) {
        this(call, got, wanted, next, cause, new Trace(List.of()));
    }

    private Story(String call, String got, String wanted, String next, Throwable cause,
                  Trace trace) {
        super(call + "\n     got: " + got + "\n  wanted: " + wanted + "\n    next: " + next,
                wanted, got, cause);
        this.call = call;
        this.got = got;
        this.wanted = wanted;
        this.next = next;
        this.trace = trace;
    }

    /// The same, with what was done to the heap that it is about, to be drawn.
    public Story on(Trace trace) {
        return new Story(call, got, wanted, next, getCause(), trace);
    }

    /// What was called, with its arguments.
    public String call() {
        return call;
    }

    /// What came back, in words.
    public String got() {
        return got;
    }

    /// What was wanted, in words.
    public String wanted() {
        return wanted;
    }

    /// One next step.
    public String next() {
        return next;
    }

    /// What was done to the heap that the story is about; nothing where it is about none.
    public Trace trace() {
        return trace;
    }
}
