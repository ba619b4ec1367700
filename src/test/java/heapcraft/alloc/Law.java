package heapcraft.alloc;

import java.util.function.Consumer;
import java.util.function.Predicate;

/// Something that every heap must keep.
///
/// @param concerns which allocators it applies to
/// @param check    tries it, and throws if it is broken
record Law(String name, Predicate<Row> concerns, Consumer<Trial> check) {

    static void require(boolean holds, String found) {
        if (!holds) {
            throw new AssertionError(found);
        }
    }

    static void refuses(Runnable call, String what) {
        try {
            call.run();
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("not refused: " + what);
    }
}
