package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which members an exercise's classes may use: what is not allowed is forbidden.
///
/// This list is a message, not a wall: it tells the learner early and by line what the task is not
/// about. The wall is the operating system's ([Cage]).
final class AllowList {

    /// Open to every exercise: packages end in a dot, classes and members do not.
    private static final List<String> ALLOWED = List.of(
            "java.util.", "java.math.", "java.nio.ByteBuffer", "java.nio.ByteOrder",
            "java.nio.charset.", "java.io.PrintStream", "java.io.Serializable",
            "java.lang.foreign.", "java.lang.invoke.VarHandle",
            // What javac itself calls for lambdas, string sums, records and switches.
            "java.lang.invoke.LambdaMetafactory", "java.lang.invoke.StringConcatFactory",
            "java.lang.runtime.",
            "heapcraft.alloc.", "heapcraft.own.", "heapcraft.trace.", "heapcraft.exercise.");

    /// Closed again within what is open: services and archives, the JDK's restricted methods, which
    /// can make memory out of any number, and what speaks with the grader.
    private static final List<String> CLOSED = List.of(
            "java.util.ServiceLoader", "java.util.jar.", "java.util.zip.", "java.util.prefs.",
            "java.util.logging.",
            "java.lang.foreign.Linker", "java.lang.foreign.SymbolLookup",
            "java.lang.foreign.MemorySegment.reinterpret",
            "java.lang.foreign.AddressLayout.withTargetLayout",
            // Says how good a solution is: that is for the tests to say.
            "heapcraft.exercise.Score");

    /// The few members of `System` that only look or print.
    private static final Set<String> SYSTEM = Set.of("out", "err", "arraycopy", "nanoTime",
            "currentTimeMillis", "identityHashCode", "lineSeparator");

    /// Classes of `java.lang` that reach beyond the program's own values.
    private static final Set<String> LANG_CLOSED = Set.of("Runtime", "Process", "ProcessBuilder",
            "ProcessHandle", "ClassLoader", "Module", "ModuleLayer", "Class", "StackWalker",
            "Compiler", "ThreadGroup", "InheritableThreadLocal");

    private final Exercise exercise;

    AllowList(Exercise exercise) {
        this.exercise = exercise;
    }

    /// Why a member may not be used, as a next step; nothing if it may.
    ///
    /// @param owner  the member's class, with its package
    /// @param member its name
    Optional<String> refusal(String owner, String member) {
        String name = owner + "." + member;
        if (covers(exercise.forbids(), name)) {
            return Optional.of("This exercise is about building that yourself: do without "
                    + owner.replaceFirst("^.*\\.", "").replace('$', '.') + ".");
        }
        if (owner.startsWith(exercise.folder() + ".") || owner.startsWith("[")
                || covers(exercise.allows(), name)) {
            return Optional.empty();
        }
        boolean open = owner.matches("java\\.lang\\.\\w+") ? isOpenInLang(owner, member)
                : covers(ALLOWED, name) && !covers(CLOSED, name);
        return open ? Optional.empty() : Optional.of(advice(name));
    }

    private static boolean isOpenInLang(String owner, String member) {
        String simple = owner.substring("java.lang.".length());
        if (simple.equals("System")) {
            return SYSTEM.contains(member);
        }
        // A class may be asked for its name, which assertions and messages do.
        return !LANG_CLOSED.contains(simple)
                || simple.equals("Class") && Set.of("desiredAssertionStatus", "getName",
                        "getSimpleName", "isInstance", "cast").contains(member);
    }

    private static boolean covers(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.endsWith(".")
                ? name.startsWith(pattern)
                : name.equals(pattern) || name.startsWith(pattern + ".")
                        || name.startsWith(pattern + "$"));
    }

    private static String advice(String name) {
        if (name.endsWith(".reinterpret")) {
            return "A notebook cell may call reinterpret; here it is closed, since it promises what "
                    + "nobody can check. Use what you are given: asSlice for a part of a segment, "
                    + "an arena or a heap for new memory.";
        }
        if (name.startsWith("java.lang.foreign.")) {
            return "A notebook cell may call C; here the heap is handed to you as an argument. "
                    + "Call that one.";
        }
        if (name.equals("java.lang.System.exit") || name.startsWith("java.lang.Runtime.")) {
            return "Return or throw instead: ending the process would take the tests with it.";
        }
        return "Do without it: java.lang, java.util, java.lang.foreign and heapcraft's own packages "
                + "are enough here.";
    }
}
