package heapcraft.exercise;

import java.util.Set;

/// Whether an `OutOfMemoryError` is the machine's own.
///
/// An allocator that has no block may say `OutOfMemoryError` too; that is an answer, and a test may
/// want it. When the JVM or the JDK says it, the code under test has used up its process.
public final class Exhausted {

    /// What the JVM says where an object is made: no frame of its own is on the stack then.
    private static final Set<String> OF_THE_JVM = Set.of("Java heap space", "Metaspace",
            "GC overhead limit exceeded", "Requested array size exceeds VM limit");

    private Exhausted() { }

    /// Whether the process has no memory left, as opposed to one of its allocators.
    public static boolean isMachine(Throwable thrown) {
        if (!(thrown instanceof OutOfMemoryError)) {
            return false;
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 || trace[0].getClassName().matches("(java|jdk)\\..*")
                || thrown.getMessage() != null && OF_THE_JVM.contains(thrown.getMessage());
    }
}
