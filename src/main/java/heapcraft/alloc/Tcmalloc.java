package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Google's heap of the year 2005, as gperftools keeps it: a cache for each thread above lists that
/// all share, above runs of pages. [github.com/gperftools](https://github.com/gperftools/gperftools).
/// (Google's own of today, with a cache for each processor, cannot be loaded into a program that
/// runs: it has to be linked into it.)
///
/// ```java
/// Global.install(new Tcmalloc());                    // one line, and every Box is tcmalloc's
/// System.out.println(new Tcmalloc().statistics());   // generic.heap_size, …
/// ```
///
/// The system's `libtcmalloc_minimal.so.4` (on macOS Homebrew's), or `libtcmalloc.so.4`, which can
/// profile as well. `-Dheapcraft.tcmalloc=FILE` names the one to use. macOS: not tried yet.
public final class Tcmalloc extends LibraryAlloc {

    private static final LibrarySearch SEARCH = LibrarySearch.of("tcmalloc", List.of("tc_malloc"),
            Stream.concat(
                    LibrarySearch.system("libtcmalloc_minimal.so.4", "libtcmalloc_minimal.dylib"),
                    LibrarySearch.system("libtcmalloc.so.4", "libtcmalloc.dylib")),
            library -> true);
    private static final NativeLibrary LIBRARY = SEARCH.library();
    private static final NativeHeap HEAP = SEARCH.isFound() ? functions() : null;

    private static final List<String> STATISTICS = List.of("generic.current_allocated_bytes",
            "generic.heap_size", "tcmalloc.pageheap_free_bytes", "tcmalloc.pageheap_unmapped_bytes",
            "tcmalloc.current_total_thread_cache_bytes", "tcmalloc.central_cache_free_bytes",
            "tcmalloc.transfer_cache_free_bytes", "tcmalloc.thread_cache_free_bytes");

    /// `MallocExtension::kOwned`.
    private static final int OWNED = 1;

    /// The heap of the tcmalloc that was found.
    ///
    /// @throws MissingLibrary if there is none
    public Tcmalloc() {
        SEARCH.orThrow(LibrarySearch.isMac() ? "brew install gperftools"
                : LibrarySearch.isWindows() ? "vcpkg install gperftools, and name its DLL with"
                + " -Dheapcraft.tcmalloc=FILE" : "sudo apt install libtcmalloc-minimal4");
    }

    private static NativeHeap functions() {
        MethodHandle nallocx = LIBRARY.critical("tc_nallocx",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
        return NativeHeap.of(LIBRARY, "tc_",
                LIBRARY.find("tc_memalign", NativeLibrary.longs(2)),
                null,
                LIBRARY.find("tc_malloc_size", NativeLibrary.longs(1)),
                MethodHandles.insertArguments(nallocx, 1, 0));
    }

    @Override
    NativeHeap heap() {
        return HEAP;
    }

    @Override
    NativeLibrary library() {
        return LIBRARY;
    }

    @Override
    public String name() {
        return "tcmalloc";
    }

    @Override
    public String version() {
        MethodHandle version = LIBRARY.find("tc_version",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            long text = (long) version.invokeExact(arena.allocate(JAVA_INT),
                    arena.allocate(JAVA_INT), arena.allocate(ADDRESS));
            return SymbolOwner.string(text).replace("gperftools ", "");
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }

    @Override
    public boolean serves(Supplier<MemorySegment> allocation) {
        long address = allocation.get().address();
        try {
            return (int) LIBRARY.find("MallocExtension_GetOwnership",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG)).invokeExact(address)
                    == OWNED;
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }

    /// What `MallocExtension_GetNumericProperty` answers; what this build does not know is left out.
    @Override
    public LibraryStatistics statistics() {
        MethodHandle property = LIBRARY.find("MallocExtension_GetNumericProperty",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        SequencedMap<String, Long> bytes = new LinkedHashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(JAVA_LONG);
            for (String name : STATISTICS) {
                if ((int) property.invokeExact(arena.allocateFrom(name), answer) != 0) {
                    bytes.put(name, answer.get(JAVA_LONG, 0));
                }
            }
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
        return LibraryStatistics.of(bytes);
    }
}
