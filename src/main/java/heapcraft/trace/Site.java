package heapcraft.trace;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.Objects;

/// A line of the program that uses the library.
///
/// @param line class and line, as a stack trace prints them
record Site(String line) {

    private static final StackWalker WALKER =
            StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private static final CodeSource LIBRARY = source(Site.class);

    /// The line that is calling the library just now.
    static Site now() {
        return new Site(WALKER.walk(frames -> frames
                .filter(frame -> isProgram(frame.getDeclaringClass()))
                .findFirst()
                .map(StackFrame::toStackTraceElement)
                .map(at -> at.getFileName() + ":" + at.getLineNumber())
                .orElse("an unknown line")));
    }

    /// Neither the JDK's core nor this library. Packages cannot tell, since our tests share them.
    private static boolean isProgram(Class<?> type) {
        return type.getClassLoader() != null && !Objects.equals(source(type), LIBRARY);
    }

    private static CodeSource source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }

    @Override
    public String toString() {
        return line;
    }
}
