package heapcraft.own;

import java.util.function.LongConsumer;

/// Dropping several values in a row, where one destructor that throws must not save the others.
final class Drops {

    private Drops() { }

    /// Drops the values `from` to `end - 1`, all of them; then throws what the first failing
    /// destructor threw, with the others' exceptions suppressed in it. Rust goes on in the same
    /// way when a destructor panics.
    static void each(long from, long end, LongConsumer drop) {
        Throwable first = null;
        for (long i = from; i < end; i++) {
            try {
                drop.accept(i);
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }
}
