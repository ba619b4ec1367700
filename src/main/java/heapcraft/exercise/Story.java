package heapcraft.exercise;

import org.opentest4j.AssertionFailedError;

/// A claim that did not hold, told in four parts.
public final class Story extends AssertionFailedError {
    private static final long serialVersionUID = 1;

    private final String call;
    private final String got;
    private final String wanted;
    private final String next;

    /// @param call   what was called, with its arguments
    /// @param got    what came back
    /// @param wanted what was wanted
    /// @param next   one next step
    public Story(String call, String got, String wanted, String next) {
        this(call, got, wanted, next, null);
    }

    /// The same, when it was an exception that came back.
    public Story(String call, String got, String wanted, String next, Throwable cause) {
        super(call + "\n     got: " + got + "\n  wanted: " + wanted + "\n    next: " + next,
                wanted, got, cause);
        this.call = call;
        this.got = got;
        this.wanted = wanted;
        this.next = next;
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
}
