package heapcraft.bench;

import heapcraft.alloc.Bump;
import heapcraft.alloc.SystemAlloc;
import heapcraft.own.Type;
import heapcraft.own.Vec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A growing array in an arena: fill it from empty, drop it, reset the arena.
@State(Scope.Thread)
public class VecBench {

    /// Elements per round, as in main.rs.
    private static final int PUSHES = 4096;

    private final Bump bump = new Bump(new SystemAlloc());

    @Benchmark
    @OperationsPerInvocation(PUSHES)
    public long push() {
        long length;
        try (Vec<Integer> vec = Vec.in(bump.asAllocator(), Type.INT)) {
            for (int i = 0; i < PUSHES; i++) {
                vec.push(i);
            }
            length = vec.len();
        }
        bump.reset();
        return length;
    }
}
