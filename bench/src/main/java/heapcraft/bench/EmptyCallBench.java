package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Two calls of C's `labs`, in place of `malloc` and `free`: the way from Java to C and back, and no
/// more.
@OperationsPerInvocation(Nodes.COUNT)
public class EmptyCallBench {

    private static final MethodHandle PLAIN = labs();
    private static final MethodHandle CRITICAL = labs(Linker.Option.critical(false));

    private static MethodHandle labs(Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("labs"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), options);
    }

    @Benchmark
    public long critical() throws Throwable {
        long sum = 0;
        for (long byteSize : Nodes.SIZES) {
            sum += (long) CRITICAL.invokeExact((long) CRITICAL.invokeExact(byteSize));
        }
        return sum;
    }

    @Benchmark
    public long plain() throws Throwable {
        long sum = 0;
        for (long byteSize : Nodes.SIZES) {
            sum += (long) PLAIN.invokeExact((long) PLAIN.invokeExact(byteSize));
        }
        return sum;
    }
}
