package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/// C's `malloc` and `free` as a Java program calls them that knows nothing of this library.
final class CMalloc {

    private static final MethodHandle MALLOC = malloc();
    private static final MethodHandle FREE = free();
    private static final MethodHandle CRITICAL_MALLOC = malloc(Linker.Option.critical(false));
    private static final MethodHandle CRITICAL_FREE = free(Linker.Option.critical(false));

    private CMalloc() { }

    private static MethodHandle malloc(Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("malloc"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), options);
    }

    private static MethodHandle free(Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("free"),
                FunctionDescriptor.ofVoid(JAVA_LONG), options);
    }

    static long malloc(long byteSize) {
        try {
            return (long) MALLOC.invokeExact(byteSize);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void free(long address) {
        try {
            FREE.invokeExact(address);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static long criticalMalloc(long byteSize) {
        try {
            return (long) CRITICAL_MALLOC.invokeExact(byteSize);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void criticalFree(long address) {
        try {
            CRITICAL_FREE.invokeExact(address);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
