package heapcraft.lab.compare;

/// A short piece of work, and how the process stood after it.
///
/// @param nanos    how long it took, from the first thread's start to the last one's end
/// @param sleeps   how often its threads went to sleep meanwhile; negative where nobody counts
/// @param blocks   how many blocks were allocated or resized, and freed
/// @param live     the bytes that the program had asked for in the blocks alive afterwards
/// @param resident the resident bytes of the process afterwards, or [Resident#UNKNOWN]
record Slice(long nanos, long sleeps, long blocks, long live, long resident) {

    /// As a line between two processes.
    String toLine() {
        return "slice " + nanos + " " + sleeps + " " + blocks + " " + live + " " + resident;
    }

    /// @throws IllegalArgumentException if the line says something else
    static Slice parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 6 || !words[0].equals("slice")) {
            throw new IllegalArgumentException("said what no worker says: " + line);
        }
        return new Slice(Long.parseLong(words[1]), Long.parseLong(words[2]),
                Long.parseLong(words[3]), Long.parseLong(words[4]), Long.parseLong(words[5]));
    }

    Slice withResident(long bytes) {
        return new Slice(nanos, sleeps, blocks, live, bytes);
    }

    Slice withNanos(long time) {
        return new Slice(time, sleeps, blocks, live, resident);
    }

    double nanosPerBlock() {
        return (double) nanos / blocks;
    }

    double sleepsPerMillionBlocks() {
        return 1e6 * sleeps / blocks;
    }
}
