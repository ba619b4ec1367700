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

/// The C library's heap functions, all taken from one lookup: a block from one library's `malloc`
/// must never meet another library's `free`.
///
/// Addresses are plain `long`s here, and the handles `static final`, so that the JIT can compile a
/// call as a call.
final class CHeap {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup C = LINKER.defaultLookup();

    /// Up to this size, in bytes, `malloc` and `free` are called as *critical* functions: the
    /// thread keeps its state, which saves more than half of the call (8 instead of 19 ns for the
    /// pair, glibc 2.36). The price is that a garbage collection waits until the call returns, so
    /// only what is short in every case may be critical. glibc keeps blocks up to 1032 bytes in a
    /// list of the thread's own; for a larger one it may take a lock, ask the kernel for pages or
    /// give some back, and the pair needs 45 to 55 ns, of which only 10 would be saved. `calloc`
    /// clears memory and `realloc` copies it: they are plain at any size.
    static final long SMALL = 1024;

    private static final MethodHandle MALLOC = WINDOWS ? null
            : find("malloc", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CRITICAL_MALLOC = WINDOWS ? null : critical("malloc",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CALLOC = WINDOWS ? null
            : find("calloc", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle REALLOC = WINDOWS ? null
            : find("realloc", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POSIX_MEMALIGN = WINDOWS ? null
            : find("posix_memalign", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ALIGNED_MALLOC = WINDOWS
            ? find("_aligned_malloc", JAVA_LONG, JAVA_LONG, JAVA_LONG) : null;
    private static final MethodHandle ALIGNED_REALLOC = WINDOWS
            ? find("_aligned_realloc", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG) : null;

    private static final String FREE_NAME = WINDOWS ? "_aligned_free" : "free";
    private static final MethodHandle FREE = LINKER.downcallHandle(C.findOrThrow(FREE_NAME),
            FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle CRITICAL_FREE = critical(FREE_NAME,
            FunctionDescriptor.ofVoid(JAVA_LONG));

    /// Windows knows no `free` for both kinds of block, so every block there is an aligned one.
    private static final long WINDOWS_ALIGNMENT = 16;

    private CHeap() { }

    private static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(C.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle critical(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(C.findOrThrow(name), type, Linker.Option.critical(false));
    }

    /// The block at an address that this heap has just handed out; address 0 stays NULL.
    static MemorySegment block(long address, long byteSize) {
        return address == 0 ? MemorySegment.NULL
                : MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    static long malloc(long byteSize) {
        try {
            if (WINDOWS) {
                return (long) ALIGNED_MALLOC.invokeExact(byteSize, WINDOWS_ALIGNMENT);
            }
            return byteSize <= SMALL ? (long) CRITICAL_MALLOC.invokeExact(byteSize)
                    : (long) MALLOC.invokeExact(byteSize);
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }

    static long calloc(long byteSize) {
        if (WINDOWS) {
            long address = malloc(byteSize);
            if (address != 0) {
                block(address, byteSize).fill((byte) 0);
            }
            return address;
        }
        try {
            return (long) CALLOC.invokeExact(1L, byteSize);
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }

    static long realloc(long address, long byteSize) {
        try {
            return WINDOWS
                    ? (long) ALIGNED_REALLOC.invokeExact(address, byteSize, WINDOWS_ALIGNMENT)
                    : (long) REALLOC.invokeExact(address, byteSize);
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }

    /// `posix_memalign` answers through a pointer, and takes no alignment below a pointer's size.
    static long alignedMalloc(long byteSize, long byteAlignment) {
        long alignment = Math.max(byteAlignment, ADDRESS.byteSize());
        try (Arena arena = Arena.ofConfined()) {
            if (WINDOWS) {
                return (long) ALIGNED_MALLOC.invokeExact(byteSize, alignment);
            }
            MemorySegment out = arena.allocate(ADDRESS);
            int error = (int) POSIX_MEMALIGN.invokeExact(out, alignment, byteSize);
            return error == 0 ? out.get(JAVA_LONG, 0) : 0;
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }

    static void free(long address, long byteSize) {
        try {
            if (byteSize <= SMALL) {
                CRITICAL_FREE.invokeExact(address);
            } else {
                FREE.invokeExact(address);
            }
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }
}
