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
/// holes as live blocks. No hole is large enough for a block, so a free list must walk past all
/// that lie below. And it does not merge them: otherwise the blocks would move together while one
/// measures, until there are no holes.
@State(Scope.Thread)
public class GrowthBench {

    private static final int BATCH = 16;
    /// Less than any block.
    private static final Layout HOLE = new Layout(8, 8);

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
    /// The blocks that change, in the order of their turns, and no others: a store into a large old
    /// array would cost the garbage collector's time too, and more the larger it is.
    private MemorySegment[] blocks;
    private Layout[] layouts;
    private int turn;

    @Setup
    public void fill() {
        MemorySegment ground = arena.allocate(2L * live * 160);
        allocator = heap.equals("FreeListAlloc") ? new FreeListAlloc(ground, Fit.FIRST, 16, false)
                : new SizeClassAlloc(ground);
        MemorySegment[] all = new MemorySegment[live];
        MemorySegment[] holes = new MemorySegment[live];
        for (int i = 0; i < live; i++) {
            all[i] = allocator.alloc(layout(i));
            holes[i] = allocator.alloc(HOLE);
        }
        // From the last to the first: in a free list each one becomes the first hole, at once.
        for (int i = live - 1; i >= 0; i--) {
            allocator.dealloc(holes[i], HOLE);
        }
        int[] order = Arrays.copyOf(shuffled(live), victims.equals("few") ? BATCH : live);
        blocks = Arrays.stream(order).mapToObj(i -> all[i]).toArray(MemorySegment[]::new);
        layouts = Arrays.stream(order).mapToObj(GrowthBench::layout).toArray(Layout[]::new);
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
            allocator.dealloc(blocks[turn], layouts[turn]);
            blocks[turn] = allocator.alloc(layouts[turn]);
            blocks[turn].set(JAVA_LONG_UNALIGNED, 0, i);
            turn = turn + 1 == blocks.length ? 0 : turn + 1;
        }
    }

    @TearDown
    public void end() {
        arena.close();
    }
}
