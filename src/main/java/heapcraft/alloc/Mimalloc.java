package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Microsoft's heap: pages of blocks of one size, each page with its own lists of free blocks, so
/// that threads that free each other's blocks seldom meet.
/// [microsoft.github.io/mimalloc](https://microsoft.github.io/mimalloc/).
///
/// ```java
/// Global.install(new Mimalloc());                    // one line, and every Box is mimalloc's
/// System.out.println(new Mimalloc().statistics());   // current_commit, peak_commit, …
/// ```
///
/// Looked for in this order: the project's `.venv`, into which `./lab` installs the wheel
/// `cmeel-mimalloc`, then the system's `libmimalloc.so.2` (on macOS Homebrew's). There is no wheel
/// for Windows, nor for Linux without glibc 2.28.
///
/// A wish for a very large alignment is met, even of terabytes: mimalloc reserves addresses with no
/// memory behind them.
///
/// `-Dheapcraft.mimalloc=FILE` names the one to use. macOS: not tried yet.
public final class Mimalloc extends LibraryAlloc {

    private static final LibrarySearch SEARCH = LibrarySearch.of("mimalloc", List.of("mi_malloc"),
            Stream.concat(Stream.of((Supplier<String>) Mimalloc::wheel),
                    LibrarySearch.system("libmimalloc.so.2", "libmimalloc.dylib")),
            library -> true);
    private static final NativeLibrary LIBRARY = SEARCH.library();
    private static final NativeHeap HEAP = SEARCH.isFound() ? functions() : null;

    private static final List<String> STATISTICS =
            List.of("current_rss", "peak_rss", "current_commit", "peak_commit");

    /// The heap of the mimalloc that was found.
    ///
    /// @throws MissingLibrary if there is none
    public Mimalloc() {
        SEARCH.orThrow(LibrarySearch.isMac() ? "brew install mimalloc"
                : LibrarySearch.isWindows() ? "vcpkg install mimalloc, and name its DLL with"
                + " -Dheapcraft.mimalloc=FILE"
                : "./lab --version   (sets up .venv, and mimalloc in it)");
    }

    /// The library that the project's Python environment has.
    private static String wheel() {
        Path libraries = Path.of(System.getProperty("heapcraft.root", ""), ".venv", "lib");
        String file = "site-packages/cmeel.prefix/lib/" + System.mapLibraryName("mimalloc");
        if (Files.isDirectory(libraries)) {
            try (DirectoryStream<Path> pythons = Files.newDirectoryStream(libraries, "python*")) {
                for (Path python : pythons) {
                    if (Files.exists(python.resolve(file))) {
                        return python.resolve(file).toAbsolutePath().toString();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(libraries + " cannot be read", e);
            }
        }
        throw new IllegalArgumentException(libraries + ": has no cmeel-mimalloc");
    }

    private static NativeHeap functions() {
        return NativeHeap.of(LIBRARY, "mi_",
                LIBRARY.find("mi_memalign", NativeLibrary.longs(2)),
                LIBRARY.find("mi_realloc_aligned", NativeLibrary.longs(3)),
                LIBRARY.find("mi_usable_size", NativeLibrary.longs(1)),
                LIBRARY.critical("mi_good_size", NativeLibrary.longs(1)));
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
        return "mimalloc";
    }

    /// 209 is 2.0.9, and 30403 is 3.4.3: from some version on each part has two digits.
    @Override
    public String version() {
        try {
            int version = (int) LIBRARY.find("mi_version", FunctionDescriptor.of(JAVA_INT))
                    .invokeExact();
            int base = version < 1000 ? 10 : 100;
            return version / (base * base) + "." + version / base % base + "." + version % base;
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }

    @Override
    public boolean serves(Supplier<MemorySegment> allocation) {
        long address = allocation.get().address();
        try {
            return (boolean) LIBRARY.find("mi_is_in_heap_region",
                    FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG)).invokeExact(address);
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }

    /// What `mi_process_info` answers about memory. On Linux mimalloc cannot ask for the resident
    /// bytes of now, and gives those it committed instead; the peak is the whole process's.
    @Override
    public LibraryStatistics statistics() {
        MethodHandle info = LIBRARY.find("mi_process_info", FunctionDescriptor.ofVoid(ADDRESS,
                ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(JAVA_LONG, 8);
            // elapsed, user and system time, our four, page faults
            info.invokeExact(word(all, 0), word(all, 1), word(all, 2), word(all, 3), word(all, 4),
                    word(all, 5), word(all, 6), word(all, 7));
            SequencedMap<String, Long> bytes = new LinkedHashMap<>();
            for (int i = 0; i < STATISTICS.size(); i++) {
                bytes.put(STATISTICS.get(i), all.getAtIndex(JAVA_LONG, 3 + i));
            }
            return LibraryStatistics.of(bytes);
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }

    private static MemorySegment word(MemorySegment all, long index) {
        return all.asSlice(index * Long.BYTES, Long.BYTES);
    }
}
