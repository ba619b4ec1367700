package heapcraft.bench;

import heapcraft.alloc.Bump;
import heapcraft.alloc.Global;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The same nodes from a heap called by its name and from the global heap.
///
/// The heap is an arena because it costs so little: a dispatch that cost a nanosecond would double
/// the time. On [SystemAlloc] nobody would see it.
@State(Scope.Thread)
@OperationsPerInvocation(Nodes.COUNT)
public class GlobalBench {

    private static final Bump HEAP = new Bump(new SystemAlloc());
    private static final Layout NODE = new Layout(32, 8);

    @Setup
    public void install() {
        Global.install(HEAP);
    }

    @Benchmark
    public long direct() {
        long head = 0;
        for (int i = 0; i < Nodes.COUNT; i++) {
            MemorySegment node = HEAP.alloc(NODE);
            Nodes.fill32(node, head, i);
            head = node.address();
        }
        HEAP.reset();
        return head;
    }

    @Benchmark
    public long global() {
        long head = 0;
        for (int i = 0; i < Nodes.COUNT; i++) {
            MemorySegment node = Global.heap().alloc(NODE);
            Nodes.fill32(node, head, i);
            head = node.address();
        }
        HEAP.reset();
        return head;
    }
}
