package heapcraft.grade;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a worker is dead, read from its exit code and from what the JVM wrote down.
///
/// A code above 128 is a signal's number plus 128: that is how a shell reports it, and Java too.
record Death(Verdict verdict, String got, String next, List<String> where) {

    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 11, "SIGSEGV", 15, "SIGTERM");

    /// `SIGKILL`. Where the grader sends it, at a deadline, nobody asks for the exit code.
    private static final int KILLED = 128 + 9;

    static Death of(int code, Optional<CrashLog> log) {
        if (log.isPresent() && log.get().signal().equals(CrashLog.NO_MEMORY)) {
            return new Death(Verdict.OUT_OF_MEMORY, "took all the memory an exercise may have",
                    "What is allocated again and again, and who gives it back?", log.get().where());
        }
        if (log.isPresent()) {
            String in = log.get().inC().isEmpty() ? "" : " in " + log.get().inC();
            return crashed(log.get().signal() + in, log.get().where());
        }
        if (code == KILLED) {
            return new Death(Verdict.OUT_OF_MEMORY, "was killed by the system (SIGKILL), which"
                    + " does that where memory runs out",
                    "What is allocated again and again, and who gives it back?", List.of());
        }
        if (code > 128 && SIGNALS.containsKey(code - 128)) {
            return crashed(SIGNALS.get(code - 128), List.of());
        }
        return new Death(Verdict.EXITED, "ended the whole process with exit code " + code,
                "Take out System.exit, Runtime.halt and the like: return or throw instead.",
                List.of());
    }

    private static Death crashed(String signal, List<String> where) {
        String at = where.isEmpty() ? "" : ", at " + where.getFirst();
        return new Death(Verdict.CRASHED, "killed the process with " + signal + at,
                "Which address was used there, and does that memory belong to you?", where);
    }

    Finding finding() {
        return new Finding("", got, "", next, where);
    }
}
