package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.Layout;
import heapcraft.alloc.LibraryAlloc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One block at a time from a real library: allocate, write a word, free. The JVM knows one of the
/// libraries and no other, so that the calls have one target.
@State(Scope.Thread)
@OperationsPerInvocation(Nodes.COUNT)
public class LibraryBench {

    /// The library's class.
    @Param({"Jemalloc", "Mimalloc", "Tcmalloc"})
    public String heap;

    /// The blocks' size in bytes, or `Mixed`.
    @Param({"32", "Mixed"})
    public String size;

    private final long[] sizes = Nodes.SIZES.clone();
    private LibraryAlloc library;

    /// Where `Functions` finds them; set before anybody touches that class.
    private static String file;

    /// The same two functions without anything of ours around them.
    private static final class Functions {
        private static final SymbolLookup LIBRARY =
                SymbolLookup.libraryLookup(Path.of(file), Arena.global());
        static final MethodHandle MALLOC = find("malloc",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
        static final MethodHandle FREE = find("free", FunctionDescriptor.ofVoid(JAVA_LONG));

        private static MethodHandle find(String name, FunctionDescriptor type) {
            return Stream.of("je_", "mi_", "tc_", "")
                    .flatMap(prefix -> LIBRARY.find(prefix + name).stream())
                    .map(at -> Linker.nativeLinker().downcallHandle(at, type,
                            Linker.Option.critical(false))).findFirst().orElseThrow();
        }
    }

    @Setup
    public void open() throws ReflectiveOperationException {
        library = (LibraryAlloc) Class.forName("heapcraft.alloc." + heap).getConstructor()
                .newInstance();
        file = library.path();
        if (!size.equals("Mixed")) {
            Arrays.fill(sizes, Long.parseLong(size));
        }
    }

    @Benchmark
    public void pairs() {
        for (long byteSize : sizes) {
            Layout layout = new Layout(byteSize, 8);
            MemorySegment block = library.alloc(layout);
            block.set(JAVA_LONG_UNALIGNED, 0, byteSize);
            library.dealloc(block, layout);
        }
    }

    @Benchmark
    public void addresses() throws Throwable {
        for (long byteSize : sizes) {
            long block = (long) Functions.MALLOC.invokeExact(byteSize);
            Raw.at(block, byteSize).set(JAVA_LONG_UNALIGNED, 0, byteSize);
            Functions.FREE.invokeExact(block);
        }
    }
}
