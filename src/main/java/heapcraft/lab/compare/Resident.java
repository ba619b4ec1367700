package heapcraft.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of this process lies in memory, as Linux counts it. Other systems are not asked: there
/// the answer is [#UNKNOWN].
final class Resident {

    static final long UNKNOWN = -1;

    private static final Path SELF = Path.of("/proc/self");
    private static final Pattern KILOBYTES = Pattern.compile("(\\w+):\\s+(\\d+)( kB)?");

    private Resident() { }

    /// Resident bytes now. The kernel walks the page tables for this answer; the cheaper `VmRSS`
    /// lags behind, since each thread adds up its pages before it tells them.
    static long now() {
        return kilobytes(SELF.resolve("smaps_rollup"), "Rss");
    }

    /// The most resident bytes since [#resetPeak()], or since the process began.
    static long peak() {
        return kilobytes(SELF.resolve("status"), "VmHWM");
    }

    /// Lets the peak begin anew; where the kernel refuses, it goes on from the process's start.
    static void resetPeak() {
        try {
            Files.writeString(SELF.resolve("clear_refs"), "5");
        } catch (IOException e) {
            // Not Linux, or not allowed: then the peak is that of the whole process.
            return;
        }
    }

    /// How often this thread has gone to sleep so far: what a lock held by another thread does to
    /// it.
    static long sleeps() {
        return number(Path.of("/proc/thread-self/status"), "voluntary_ctxt_switches");
    }

    private static long kilobytes(Path file, String name) {
        long number = number(file, name);
        return number == UNKNOWN ? UNKNOWN : number * 1024;
    }

    private static long number(Path file, String name) {
        try {
            return number(Files.readString(file), name);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /// The number behind a name in a text such as `/proc/self/status`, without its unit.
    static long number(String text, String name) {
        return text.lines().map(KILOBYTES::matcher).filter(Matcher::matches)
                .filter(line -> line.group(1).equals(name))
                .mapToLong(line -> Long.parseLong(line.group(2))).findFirst().orElse(UNKNOWN);
    }
}
