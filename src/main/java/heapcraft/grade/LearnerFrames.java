package heapcraft.grade;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The part of a stack trace that the learner wrote: classes of a chapter's package, without the
/// graded tests.
final class LearnerFrames {

    /// More lines than these say nothing new; an endless recursion has a thousand.
    private static final int MOST = 4;

    private LearnerFrames() { }

    /// The frames of an exception, and of its causes where it has none of its own.
    static List<String> of(Throwable thrown) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
                .map(t -> of(t.getStackTrace()))
                .filter(frames -> !frames.isEmpty())
                .findFirst().orElse(List.of());
    }

    /// The frames of a running thread.
    static List<String> of(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(frame -> isLearners(frame.getClassName()))
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .distinct().limit(MOST).toList();
    }

    /// Whether a class is the learner's: in a chapter's package, and not a graded test.
    static boolean isLearners(String className) {
        return className.matches("ch\\d\\d\\.(?!\\w*Test\\b).*");
    }
}
