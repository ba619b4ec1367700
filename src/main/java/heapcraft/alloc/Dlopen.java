package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// Why a library cannot be opened. The JDK says only that; the system's loader knows the reason,
/// and tells it to whoever tries himself.
final class Dlopen {

    private static final int LAZY = 1;

    private Dlopen() { }

    /// The loader forgets its message at its next call, and the JVM calls it too, when something is
    /// done for the first time: so all is done twice.
    static String reason(String place) {
        attempt(place);
        return attempt(place);
    }

    private static String attempt(String place) {
        SymbolLookup c = Linker.nativeLinker().defaultLookup();
        if (c.find("dlopen").isEmpty() || c.find("dlerror").isEmpty()) {
            return place + ": cannot be opened";
        }
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle dlopen = Linker.nativeLinker().downcallHandle(c.findOrThrow("dlopen"),
                    FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));
            MethodHandle dlerror = Linker.nativeLinker().downcallHandle(c.findOrThrow("dlerror"),
                    FunctionDescriptor.of(JAVA_LONG));
            long opened = (long) dlopen.invokeExact(arena.allocateFrom(place), LAZY);
            long reason = opened == 0 ? (long) dlerror.invokeExact() : 0;
            return reason == 0 ? place + ": cannot be opened" : SymbolOwner.string(reason);
        } catch (Throwable e) {
            throw NativeHeap.cannot(e);
        }
    }
}
