package heapcraft.view;

/// A number and what it counts, in words: "1 byte", "2 bytes".
final class Plural {

    private Plural() { }

    /// @param what one of them
    static String of(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
