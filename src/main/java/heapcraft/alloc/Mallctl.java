package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// jemalloc's `mallctl`: one function that reads and writes everything that has a name.
///
/// Names and their types: [jemalloc(3)](https://jemalloc.net/jemalloc.3.html).
record Mallctl(MethodHandle function) {

    private static final int OK = 0;

    static Mallctl of(NativeLibrary library, String prefix) {
        return new Mallctl(library.find(prefix + "mallctl",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG)));
    }

    /// Whether something was built in, such as `config.stats`.
    boolean flag(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(JAVA_BOOLEAN);
            return call(arena, name, answer, MemorySegment.NULL) == OK
                    && answer.get(JAVA_BOOLEAN, 0);
        }
    }

    String text(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(ADDRESS);
            return call(arena, name, answer, MemorySegment.NULL) == OK
                    ? SymbolOwner.string(answer.get(JAVA_LONG, 0)) : "unknown";
        }
    }

    long size(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(JAVA_LONG);
            int error = call(arena, name, answer, MemorySegment.NULL);
            if (error != OK) {
                throw new IllegalStateException("jemalloc has no " + name + ": error " + error);
            }
            return answer.get(JAVA_LONG, 0);
        }
    }

    /// Brings all `stats.…` up to date; without it they stay as they were at the last call.
    void refresh() {
        try (Arena arena = Arena.ofConfined()) {
            call(arena, "epoch", arena.allocate(JAVA_LONG), arena.allocateFrom(JAVA_LONG, 1));
        }
    }

    /// Whether one of jemalloc's arenas holds an address. Version 5.3.0 crashes where it has no block
    /// within the same GiB; newer ones, such as LWJGL's, do not.
    boolean holds(long address) {
        try (Arena arena = Arena.ofConfined()) {
            return call(arena, "arenas.lookup", arena.allocate(JAVA_INT),
                    arena.allocateFrom(JAVA_LONG, address)) == OK;
        }
    }

    /// @return 0, or an `errno`
    private int call(Arena arena, String name, MemorySegment answer, MemorySegment wanted) {
        try {
            return (int) function.invokeExact(arena.allocateFrom(name), answer,
                    arena.allocateFrom(JAVA_LONG, answer.byteSize()), wanted, wanted.byteSize());
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }
}
