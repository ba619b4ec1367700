package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/// The heap functions of one library, ready to be called.
///
/// A record, and each heap keeps its own in a `static final`: the JIT takes the components of such
/// a record for constants, so a call through it is compiled as a call.
///
/// Addresses and sizes are plain `long`s.
///
/// @param aligned        `(alignment, size)`; any power of two will do
/// @param alignedRealloc `(address, size, alignment)`, or `null` where the library has none
/// @param usableSize     of a live block's address
/// @param goodSize       of a wanted size: what a block for it really has
record NativeHeap(MethodHandle malloc, MethodHandle criticalMalloc, MethodHandle calloc,
                  MethodHandle realloc, MethodHandle free, MethodHandle criticalFree,
                  MethodHandle aligned, MethodHandle alignedRealloc, MethodHandle usableSize,
                  MethodHandle goodSize) {

    /// @param prefix what stands before C's names in this library
    static NativeHeap of(NativeLibrary library, String prefix, MethodHandle aligned,
                         MethodHandle alignedRealloc, MethodHandle usableSize,
                         MethodHandle goodSize) {
        FunctionDescriptor free = FunctionDescriptor.ofVoid(JAVA_LONG);
        return new NativeHeap(
                library.find(prefix + "malloc", NativeLibrary.longs(1)),
                library.critical(prefix + "malloc", NativeLibrary.longs(1)),
                library.find(prefix + "calloc", NativeLibrary.longs(2)),
                library.find(prefix + "realloc", NativeLibrary.longs(2)),
                library.find(prefix + "free", free),
                library.critical(prefix + "free", free),
                aligned, alignedRealloc, usableSize, goodSize);
    }

    /// Small blocks come and go by critical calls, for the reasons that stand at [CHeap#SMALL]: all
    /// three libraries keep such blocks in lists of the thread's own.
    long allocate(long byteSize) {
        try {
            return byteSize <= CHeap.SMALL ? (long) criticalMalloc.invokeExact(byteSize)
                    : (long) malloc.invokeExact(byteSize);
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    long allocateZeroed(long byteSize) {
        try {
            return (long) calloc.invokeExact(1L, byteSize);
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    long allocateAligned(long byteSize, long byteAlignment) {
        try {
            return (long) aligned.invokeExact(Math.max(byteAlignment, Long.BYTES), byteSize);
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    long resize(long address, long byteSize) {
        try {
            return (long) realloc.invokeExact(address, byteSize);
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    boolean resizesAligned() {
        return alignedRealloc != null;
    }

    long resizeAligned(long address, long byteSize, long byteAlignment) {
        try {
            return (long) alignedRealloc.invokeExact(address, byteSize, byteAlignment);
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    void release(long address, long byteSize) {
        try {
            if (byteSize <= CHeap.SMALL) {
                criticalFree.invokeExact(address);
            } else {
                free.invokeExact(address);
            }
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    long usable(long address) {
        try {
            return (long) usableSize.invokeExact(address);
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    long good(long byteSize) {
        try {
            return (long) goodSize.invokeExact(byteSize);
        } catch (Throwable e) {
            throw cannot(e);
        }
    }

    static AssertionError cannot(Throwable e) {
        return new AssertionError("a C function cannot throw", e);
    }
}
