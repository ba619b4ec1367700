package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Which library a name such as `malloc` stands for in this process.
///
/// ```java
/// SymbolOwner owner = SymbolOwner.ofProcess("malloc");   // under LD_PRELOAD: the preloaded one
/// SymbolOwner other = SymbolOwner.ofLinker("malloc");    // always the C library's
/// System.out.println(owner.library() + " " + other.library());
/// ```
///
/// Two lookups, and they may differ. The process's own, `dlsym(RTLD_DEFAULT, …)`, goes through all
/// loaded libraries in the order in which they were loaded, and takes the first that has the name:
/// whatever was preloaded stands before the C library. It is what the JVM itself and every other
/// library was linked by. `Linker.nativeLinker().defaultLookup()` asks the C library and no other:
/// it finds its functions through a small library of the JDK's, `libsyslookup`, which names the C
/// library and sees nothing that was preloaded.
///
/// Linux and macOS (not tried there). Windows has no such order: a program's imports name both the
/// function and its library.
///
/// @param symbol  the name
/// @param address where its code lies
/// @param library the file that holds this address: what `dladdr` answers
public record SymbolOwner(String symbol, long address, String library) {

    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();
    private static final MethodHandle DLSYM = find("dlsym",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle DLADDR = find("dladdr",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));

    /// C's `RTLD_DEFAULT`.
    private static final long ANY_LIBRARY =
            System.getProperty("os.name").startsWith("Mac") ? -2 : 0;

    /// C's `Dl_info`: the file's name, where it begins, the nearest symbol's name and address.
    private static final MemoryLayout DL_INFO = MemoryLayout.sequenceLayout(4, ADDRESS);

    private static MethodHandle find(String name, FunctionDescriptor type) {
        return C.find(name).map(at -> Linker.nativeLinker().downcallHandle(at, type)).orElse(null);
    }

    /// {@return who owns a name for the process as a whole}
    ///
    /// @param symbol the name, such as `malloc`
    /// @throws IllegalArgumentException      if no library has it
    /// @throws UnsupportedOperationException on Windows
    public static SymbolOwner ofProcess(String symbol) {
        if (DLSYM == null) {
            throw new UnsupportedOperationException("only Linux and macOS know dlsym; on Windows"
                    + " each import names its library");
        }
        try (Arena arena = Arena.ofConfined()) {
            return of(symbol, (long) DLSYM.invokeExact(ANY_LIBRARY, arena.allocateFrom(symbol)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }

    /// {@return who owns a name for `Linker.nativeLinker().defaultLookup()`, and so for
    /// [SystemAlloc]}
    ///
    /// @param symbol the name, such as `malloc`
    /// @throws IllegalArgumentException if the C library does not have it
    public static SymbolOwner ofLinker(String symbol) {
        return of(symbol, C.find(symbol).map(MemorySegment::address).orElse(0L));
    }

    private static SymbolOwner of(String symbol, long address) {
        if (address == 0) {
            throw new IllegalArgumentException("no library here has the symbol " + symbol);
        }
        return new SymbolOwner(symbol, address, file(address).orElse("unknown"));
    }

    /// The file that holds an address: a library, or the program itself.
    static Optional<String> file(long address) {
        if (DLADDR == null) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(DL_INFO);
            return (int) DLADDR.invokeExact(address, info) == 0 ? Optional.empty()
                    : Optional.of(string(info.get(JAVA_LONG, 0)));
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }

    /// C's string at an address that C has just answered.
    static String string(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }
}
