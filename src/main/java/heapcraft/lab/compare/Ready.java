package heapcraft.lab.compare;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a process stands before its work begins.
///
/// @param idle         its resident bytes, warm and idle, or [Resident#UNKNOWN]
/// @param libraryBytes the size of the allocator's library, or 0 where it has none of its own
/// @param about        the allocator's version, and where it comes from
record Ready(long idle, long libraryBytes, String about) {

    private static final Pattern LINE = Pattern.compile("ready (-?\\d+) (\\d+) (.*)");

    /// As a line between two processes.
    String toLine() {
        return "ready " + idle + " " + libraryBytes + " " + about.replaceAll("\\s+", " ");
    }

    /// @throws IllegalArgumentException if the line says something else
    static Ready parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("said what no worker says: " + line);
        }
        return new Ready(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)),
                parts.group(3));
    }
}
