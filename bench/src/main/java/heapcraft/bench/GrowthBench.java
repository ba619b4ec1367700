package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SizeClassAlloc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What one block costs in a heap that holds many: free it and allocate it again, between as many
/// holes as live blocks.
@State(Scope.Thread)
public class GrowthBench {

    private static final int BATCH = 16;

    @Param({"1000", "10000", "100000", "1000000"})
    public int live;

    @Param({"FreeListAlloc", "SizeClassAlloc"})
    public String heap;

    /// Which blocks change: all of them in random order, or a few again and again, spread over the
    /// heap. The caches hold a few; what still grows then is the work itself.
    @Param({"all", "few"})
    public String victims;

    private final Arena arena = Arena.ofShared();
    private GlobalAlloc allocator;
    private MemorySegment[] blocks;
    private int[] order;
    private int turn;

    @Setup
    public void fill() {
        MemorySegment ground = arena.allocate(2L * live * 160);
        allocator = heap.equals("FreeListAlloc") ? new FreeListAlloc(ground, Fit.FIRST)
                : new SizeClassAlloc(ground);
        MemorySegment[] all = new MemorySegment[2 * live];
        for (int i = 0; i < all.length; i++) {
            all[i] = allocator.alloc(layout(i / 2));
        }
        // From the last to the first: in a free list each one becomes the first hole, at once.
        for (int i = all.length - 1; i > 0; i -= 2) {
            allocator.dealloc(all[i], layout(i / 2));
        }
        blocks = IntStream.range(0, live).mapToObj(i -> all[2 * i]).toArray(MemorySegment[]::new);
        order = shuffled(live);
        if (victims.equals("few")) {
            order = Arrays.copyOf(order, BATCH);
        }
    }

    private static int[] shuffled(int count) {
        List<Integer> numbers = IntStream.range(0, count).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(42));
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Layout layout(int i) {
        return new Layout(Nodes.SIZES[i % Nodes.COUNT], 8);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void replace() {
        for (int i = 0; i < BATCH; i++) {
            int victim = order[turn];
            turn = turn + 1 == order.length ? 0 : turn + 1;
            Layout layout = layout(victim);
            allocator.dealloc(blocks[victim], layout);
            blocks[victim] = allocator.alloc(layout);
            blocks[victim].set(JAVA_LONG_UNALIGNED, 0, victim);
        }
    }

    @TearDown
    public void end() {
        arena.close();
    }
}
