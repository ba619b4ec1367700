package heapcraft.lab.compare;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import heapcraft.alloc.Jemalloc;
import heapcraft.alloc.LibraryAlloc;
import heapcraft.alloc.Mimalloc;
import heapcraft.alloc.Tcmalloc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/// jemalloc, mimalloc and tcmalloc as they take part.
final class RealLibrary {

    /// What is said of a build that can sample who allocates.
    static final String PROFILER = "built with its profiler";
    private static final String NO_PROFILER = "built without its profiler";

    /// jemalloc's number for "all arenas".
    private static final String PURGE_ALL = "arena.4096.purge";

    private RealLibrary() { }

    /// @param heap a library that was found
    static OpenHeap open(LibraryAlloc heap) {
        return new OpenHeap(heap, null, () -> { }, () -> purge(heap), () -> statistics(heap),
                about(heap), byteSize(heap));
    }

    private static String about(LibraryAlloc heap) {
        String about = heap.name() + " " + heap.version() + " (" + file(heap) + ")";
        return heap instanceof Jemalloc jemalloc
                ? about + ", " + (jemalloc.canProfile() ? PROFILER : NO_PROFILER) : about;
    }

    /// Without its folder, which says more about the machine than about the library.
    private static String file(LibraryAlloc heap) {
        return Path.of(heap.path()).getFileName().toString();
    }

    private static long byteSize(LibraryAlloc heap) {
        try {
            return Files.size(Path.of(heap.path()));
        } catch (IOException e) {
            return 0;
        }
    }

    private static String statistics(LibraryAlloc heap) {
        var said = heap.statistics();
        return said.bytes().isEmpty() ? said.missing().replace(heap.path(), file(heap))
                : said.bytes().entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%s %.1f MB",
                                each.getKey().substring(each.getKey().lastIndexOf('.') + 1),
                                each.getValue() / 1e6))
                        .collect(Collectors.joining(", "));
    }

    private static void purge(LibraryAlloc heap) {
        SymbolLookup library = SymbolLookup.libraryLookup(heap.path(), Arena.global());
        switch (heap) {
            case Jemalloc _ -> mallctl(library, PURGE_ALL);
            case Mimalloc _ -> call(library, "mi_collect", FunctionDescriptor.ofVoid(JAVA_BOOLEAN),
                    true);
            case Tcmalloc _ -> call(library, "MallocExtension_ReleaseFreeMemory",
                    FunctionDescriptor.ofVoid());
        }
    }

    private static void mallctl(SymbolLookup library, String name) {
        try (Arena arena = Arena.ofConfined()) {
            call(library, library.find("je_mallctl").isPresent() ? "je_mallctl" : "mallctl",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG),
                    arena.allocateFrom(name), MemorySegment.NULL, MemorySegment.NULL,
                    MemorySegment.NULL, 0L);
        }
    }

    private static void call(SymbolLookup library, String name, FunctionDescriptor type,
                             Object... arguments) {
        try {
            Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type)
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }
}
