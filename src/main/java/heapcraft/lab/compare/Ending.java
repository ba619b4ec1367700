package heapcraft.lab.compare;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a process stood when its work was over.
///
/// @param live       the bytes that the program had asked for in the blocks still alive
/// @param resident   the resident bytes then, or [Resident#UNKNOWN]
/// @param peak       the most resident bytes since the warm, idle process
/// @param purged     the resident bytes after the allocator was told to give unused memory back
/// @param statistics what the allocator said about itself before that
record Ending(long live, long resident, long peak, long purged, String statistics) {

    private static final Pattern LINE =
            Pattern.compile("end (\\d+) (-?\\d+) (-?\\d+) (-?\\d+) (.*)");

    /// As a line between two processes.
    String toLine() {
        return "end " + live + " " + resident + " " + peak + " " + purged + " "
                + statistics.replaceAll("\\s+", " ");
    }

    /// @throws IllegalArgumentException if the line says something else
    static Ending parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("said what no worker says: " + line);
        }
        return new Ending(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)), Long.parseLong(parts.group(4)), parts.group(5));
    }
}
