package heapcraft.exercise;

import java.util.concurrent.atomic.AtomicReference;
import org.opentest4j.TestAbortedException;

/// A gap in an exercise: thrown where the learner's code belongs.
///
/// ```java
/// static long padded(long byteSize, long byteAlignment) {
///     throw todo("round byteSize up to the next multiple of byteAlignment");
/// }
/// ```
///
/// JUnit counts a test that meets one as skipped, not as failed: nothing is wrong yet. A test may
/// swallow the exception (`assertThrows` does), so each gap that is met also records itself.
public final class Todo extends TestAbortedException {
    private static final long serialVersionUID = 1;

    private static final AtomicReference<String> MET = new AtomicReference<>();

    private Todo(String goal) {
        super("to do: " + goal);
    }

    /// The exception to throw where code is missing.
    ///
    /// @param goal one sentence: what to achieve, not how
    public static Todo todo(String goal) {
        MET.compareAndSet(null, goal);
        return new Todo(goal);
    }

    /// The first gap met since the last call, or `null`; forgets it.
    public static String takeFirstMet() {
        return MET.getAndSet(null);
    }
}
