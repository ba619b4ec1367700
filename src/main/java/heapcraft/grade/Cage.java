package heapcraft.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The operating system's wall around a worker: what the learner's code can do at worst.
///
/// The best rung is bubblewrap: a system that is read-only but for one scratch folder, no network,
/// and a process tree that ends with the worker. Where it does not work, a worker is a plain
/// process with deadlines and limits, and the report says so.
enum Cage {
    BUBBLEWRAP("bubblewrap: read-only system, no network"),
    LIMITS("a separate process with limits; install bubblewrap for a read-only system"),
    PROCESS("a separate process");

    /// Data a worker may have, heap and native together, in KiB. `MaxDirectMemorySize` does not
    /// bound arenas, so the operating system must.
    private static final int DATA_KIB = 1024 * 1024; // 1 GiB

    private final String words;

    Cage(String words) {
        this.words = words;
    }

    /// The highest rung that works on this machine.
    static Cage best() {
        Path anywhere = Path.of(System.getProperty("java.io.tmpdir"));
        if (works(BUBBLEWRAP.around(List.of("true"), anywhere).toArray(String[]::new))) {
            return BUBBLEWRAP;
        }
        return works("sh", "-c", "true") ? LIMITS : PROCESS;
    }

    /// The wall in words, for the report.
    String words() {
        return words;
    }

    /// The command with the wall around it.
    ///
    /// @param scratch the one folder the command may write to
    List<String> around(List<String> command, Path scratch) {
        List<String> caged = new ArrayList<>();
        if (this == BUBBLEWRAP) {
            String folder = scratch.toString();
            caged.addAll(List.of("bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
                    "--bind", folder, folder, "--chdir", folder, "--unshare-all",
                    "--cap-drop", "ALL", "--die-with-parent", "--new-session"));
        }
        if (this != PROCESS) {
            caged.addAll(List.of("sh", "-c",
                    "ulimit -c 0; ulimit -d " + DATA_KIB + " 2>/dev/null; " + exec(), "sh"));
        }
        caged.addAll(command);
        return caged;
    }

    /// Without bubblewrap's process tree, a group of its own holds the worker and its children
    /// together, where the system has a command for that.
    private String exec() {
        return (this == LIMITS ? "command -v setsid >/dev/null && exec setsid \"$@\"; " : "")
                + "exec \"$@\"";
    }

    /// Ends what a caged command has started and left behind. Call it once the command is dead.
    ///
    /// @param pid the command's
    void endFamily(long pid) {
        if (this == LIMITS) {
            works("sh", "-c", "kill -9 -" + pid);
        }
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
