package heapcraft.bench;

import heapcraft.alloc.Bump;
import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.function.LongConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Many small nodes that die together, on every heap that can hold them.
@State(Scope.Thread)
@OperationsPerInvocation(Nodes.COUNT)
public class NodesBench {

    /// Room for one round of nodes, in bytes.
    private static final long ROOM = 160 * Nodes.COUNT;

    /// The nodes' size in bytes, or `Mixed`.
    @Param({"32", "Mixed"})
    public String size;

    private boolean mixed;
    private final Bump bump = new Bump(new SystemAlloc());
    private final BumpAllocator bumpAllocator = new BumpAllocator(ROOM, new SystemAlloc());
    private final MemorySegment block = new SystemAlloc().alloc(new Layout(ROOM, 16));
    private SegmentAllocator slicer;

    @Setup
    public void choose() {
        mixed = size.equals("Mixed");
    }

    private long link(Raw.Heap heap) {
        return mixed ? Nodes.ofMixedSizes(heap) : Nodes.of32(heap);
    }

    private long link(SegmentAllocator heap) {
        return mixed ? Nodes.ofMixedSizes(heap) : Nodes.of32(heap);
    }

    private static void freeAll(long head, LongConsumer free) {
        while (head != 0) {
            long next = Raw.firstWord(head);
            free.accept(head);
            head = next;
        }
    }

    @Benchmark
    public long bumpRaw() {
        long head = link((Raw.Heap) bump::allocAddress);
        bump.reset();
        return head;
    }

    @Benchmark
    public long bumpSafe() {
        long head = link(bump);
        bump.reset();
        return head;
    }

    @Benchmark
    public long bumpAllocatorRaw() {
        long head = link((Raw.Heap) bumpAllocator::allocAddress);
        bumpAllocator.reset();
        return head;
    }

    @Benchmark
    public long bumpAllocatorSafe() {
        long head = link((SegmentAllocator) (byteSize, byteAlignment) ->
                bumpAllocator.allocT(new Layout(byteSize, byteAlignment)));
        bumpAllocator.reset();
        return head;
    }

    /// As a method's own arena: nobody else sees it, so the JIT may keep its pointer in a register
    /// and never store it.
    @Benchmark
    public long bumpAllocatorOwn() {
        var own = new BumpAllocator(block);
        return link((SegmentAllocator) (byteSize, byteAlignment) ->
                own.allocT(new Layout(byteSize, byteAlignment)));
    }

    /// The same for the JDK's slicer.
    @Benchmark
    public long slicingAllocatorOwn() {
        return link(SegmentAllocator.slicingAllocator(block));
    }

    /// The slicer as ours lie, where others can see it. It knows no reset, so each round makes a new
    /// one: it is one small object.
    @Benchmark
    public long slicingAllocator() {
        slicer = SegmentAllocator.slicingAllocator(block);
        return link(slicer);
    }

    @Benchmark
    public long confinedArena() {
        try (Arena arena = Arena.ofConfined()) {
            return link(arena);
        }
    }

    @Benchmark
    public void mallocPlain() {
        freeAll(link((Raw.Heap) (byteSize, _) -> CMalloc.malloc(byteSize)), CMalloc::free);
    }

    @Benchmark
    public void mallocCritical() {
        freeAll(link((Raw.Heap) (byteSize, _) -> CMalloc.criticalMalloc(byteSize)), CMalloc::criticalFree);
    }
}
