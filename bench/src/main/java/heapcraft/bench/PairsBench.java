package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One block at a time from the platform's heap: allocate, write a word, free.
@State(Scope.Thread)
@OperationsPerInvocation(Nodes.COUNT)
public class PairsBench {

    /// The blocks' size in bytes, or `Mixed`.
    @Param({"32", "Mixed"})
    public String size;

    private final SystemAlloc heap = new SystemAlloc();
    private final long[] sizes = Nodes.SIZES.clone();

    @Setup
    public void choose() {
        if (!size.equals("Mixed")) {
            Arrays.fill(sizes, Long.parseLong(size));
        }
    }

    @Benchmark
    public void systemAlloc() {
        for (long byteSize : sizes) {
            Layout layout = new Layout(byteSize, 8);
            MemorySegment block = heap.alloc(layout);
            block.set(JAVA_LONG_UNALIGNED, 0, byteSize);
            heap.dealloc(block, layout);
        }
    }

    @Benchmark
    public void mallocPlain() {
        for (long byteSize : sizes) {
            long block = CMalloc.malloc(byteSize);
            Raw.at(block, byteSize).set(JAVA_LONG_UNALIGNED, 0, byteSize);
            CMalloc.free(block);
        }
    }

    @Benchmark
    public void mallocCritical() {
        for (long byteSize : sizes) {
            long block = CMalloc.criticalMalloc(byteSize);
            Raw.at(block, byteSize).set(JAVA_LONG_UNALIGNED, 0, byteSize);
            CMalloc.criticalFree(block);
        }
    }

    @Benchmark
    public void confinedArena() {
        for (long byteSize : sizes) {
            try (Arena arena = Arena.ofConfined()) {
                arena.allocate(byteSize, 8).set(JAVA_LONG_UNALIGNED, 0, byteSize);
            }
        }
    }
}
