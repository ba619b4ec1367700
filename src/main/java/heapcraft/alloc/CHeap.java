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

    /// Blocks below this size, in bytes, come and go by *critical* calls. Such a call skips the
    /// hand-over between Java and native code, which costs as much as `malloc` itself; but the
    /// garbage collector must wait until it ends, so it has to be short. For larger blocks it is
    /// not: from 128 KiB on, glibc's `malloc` asks the kernel for pages, and `free` returns them.
    private static final long CRITICAL_SIZE = 64 * 1024;

    private static final MethodHandle MALLOC = WINDOWS ? null : findMalloc();
    private static final MethodHandle CRITICAL_MALLOC = WINDOWS ? null
            : findMalloc(Linker.Option.critical(false));
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
    private static final MethodHandle FREE = findFree();
    private static final MethodHandle CRITICAL_FREE = findFree(Linker.Option.critical(false));

    /// Windows knows no `free` for both kinds of block, so every block there is an aligned one.
    private static final long WINDOWS_ALIGNMENT = 16;

    private CHeap() { }

    private static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(C.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle findMalloc(Linker.Option... options) {
        return LINKER.downcallHandle(C.findOrThrow("malloc"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), options);
    }

    private static MethodHandle findFree(Linker.Option... options) {
        return LINKER.downcallHandle(C.findOrThrow(WINDOWS ? "_aligned_free" : "free"),
                FunctionDescriptor.ofVoid(JAVA_LONG), options);
    }

    /// The block at an address that this heap has just handed out; address 0 stays NULL.
    static MemorySegment block(long address, long byteSize) {
        return address == 0 ? MemorySegment.NULL
                : MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    static long malloc(long byteSize) {
        try {
            return WINDOWS ? (long) ALIGNED_MALLOC.invokeExact(byteSize, WINDOWS_ALIGNMENT)
                    : byteSize < CRITICAL_SIZE ? (long) CRITICAL_MALLOC.invokeExact(byteSize)
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

    /// @param byteSize the size that the block was asked for with
    static void free(long address, long byteSize) {
        try {
            if (byteSize < CRITICAL_SIZE) {
                CRITICAL_FREE.invokeExact(address);
            } else {
                FREE.invokeExact(address);
            }
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }
}
