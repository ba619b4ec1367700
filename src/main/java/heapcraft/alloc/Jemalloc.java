package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The heap of FreeBSD, Firefox and many servers: size classes four to a doubling, arenas that
/// threads are spread over, and a cache for each thread. [jemalloc.net](https://jemalloc.net).
///
/// ```java
/// Global.install(new Jemalloc());                    // one line, and every Box is jemalloc's
/// System.out.println(new Jemalloc().statistics());   // allocated, active, resident, …
/// ```
///
/// Looked for in this order, and the first one that counts statistics is taken: the system's
/// `libjemalloc.so.2` (on macOS Homebrew's), then LWJGL's build, which Maven brings for Linux, macOS
/// and Windows, and which counts none. Where a library needs more room for its thread-local
/// variables than glibc keeps in reserve, as Debian's does, it opens only in a process that was
/// started with `GLIBC_TUNABLES=glibc.rtld.optional_static_tls=4096`; `./lab` does so.
///
/// `-Dheapcraft.jemalloc=FILE` names the one to use. macOS and Windows: not tried yet.
public final class Jemalloc extends LibraryAlloc {

    private static final LibrarySearch SEARCH = search();
    private static final NativeLibrary LIBRARY = SEARCH.library();
    private static final String PREFIX = SEARCH.isFound() ? prefix(LIBRARY) : null;
    private static final Mallctl MALLCTL = SEARCH.isFound() ? Mallctl.of(LIBRARY, PREFIX) : null;
    private static final NativeHeap HEAP = SEARCH.isFound() ? functions() : null;

    private static final List<String> STATISTICS =
            List.of("allocated", "active", "metadata", "resident", "mapped", "retained");

    /// The heap of the jemalloc that was found.
    ///
    /// @throws MissingLibrary if there is none
    public Jemalloc() {
        SEARCH.orThrow(LibrarySearch.isMac() ? "brew install jemalloc"
                : LibrarySearch.isWindows() ? "mvn process-classes"
                : "sudo apt install libjemalloc2");
    }

    private static LibrarySearch search() {
        Supplier<String> lwjgl = () -> JarredLibrary.unpacked("org/lwjgl/jemalloc", "jemalloc");
        return LibrarySearch.of("jemalloc", List.of("je_mallctl", "mallctl"),
                Stream.concat(LibrarySearch.system("libjemalloc.so.2", "libjemalloc.2.dylib"),
                        Stream.of(lwjgl)),
                library -> Mallctl.of(library, prefix(library)).flag("config.stats"));
    }

    /// jemalloc can be built to take the C library's names, or to leave them alone.
    private static String prefix(NativeLibrary library) {
        return library.has("je_mallctl") ? "je_" : "";
    }

    private static NativeHeap functions() {
        MethodHandle rallocx = LIBRARY.find(PREFIX + "rallocx",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
        MethodHandle nallocx = LIBRARY.critical(PREFIX + "nallocx",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
        return NativeHeap.of(LIBRARY, PREFIX,
                LIBRARY.find(PREFIX + "aligned_alloc", NativeLibrary.longs(2)),
                MethodHandles.filterArguments(rallocx, 2, flags()),
                LIBRARY.find(PREFIX + "malloc_usable_size", NativeLibrary.longs(1)),
                MethodHandles.insertArguments(nallocx, 1, 0));
    }

    /// `rallocx` takes an alignment as its power of two.
    private static MethodHandle flags() {
        try {
            return MethodHandles.lookup().findStatic(Long.class, "numberOfTrailingZeros",
                    MethodType.methodType(int.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Java has it since 1.5", e);
        }
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
        return "jemalloc";
    }

    /// What the library says, such as 5.3.0; LWJGL's build does not know.
    @Override
    public String version() {
        String whole = MALLCTL.text("version");   // 5.3.0-0-g54eaed1d8b56b1aa…: the commit follows
        String version = whole.replaceFirst("-.*", "");
        return version.equals("0.0.0") ? "of unknown version" : version;
    }

    /// Whether the thread's own count of allocated bytes rises, where this build counts; where it
    /// does not, whether one of jemalloc's arenas holds the block.
    @Override
    public boolean serves(Supplier<MemorySegment> allocation) {
        if (!MALLCTL.flag("config.stats")) {
            return MALLCTL.holds(allocation.get().address());
        }
        long before = MALLCTL.size("thread.allocated");
        MemorySegment block = allocation.get();
        return MALLCTL.size("thread.allocated") - before >= block.byteSize();
    }

    /// {@return whether this build can sample who allocates: `config.prof`}
    public boolean canProfile() {
        return MALLCTL.flag("config.prof");
    }

    /// The sums of `stats.…`, brought up to date.
    ///
    /// @return none if this build does not count
    @Override
    public LibraryStatistics statistics() {
        if (!MALLCTL.flag("config.stats")) {
            return LibraryStatistics.none(path() + " was built without statistics. "
                    + SEARCH.because());
        }
        MALLCTL.refresh();
        SequencedMap<String, Long> bytes = new LinkedHashMap<>();
        STATISTICS.forEach(name -> bytes.put("stats." + name, MALLCTL.size("stats." + name)));
        return LibraryStatistics.of(bytes);
    }
}
