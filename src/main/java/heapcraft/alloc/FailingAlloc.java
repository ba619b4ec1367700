package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/// A heap that has no memory at the calls you choose: for finding out whether a program survives
/// that.
///
/// ```java
/// GlobalAlloc heap = FailingAlloc.everyNth(3, new SystemAlloc());
/// heap.alloc(new Layout(8, 8));   // a block
/// heap.alloc(new Layout(8, 8));   // another one
/// heap.alloc(new Layout(8, 8));   // NULL
/// ```
///
/// `alloc`, `allocZeroed` and `realloc` each count as one call; `dealloc` never fails. Blocks live
/// as long as those of the heap below. Threads may share an instance if they may share that heap.
public final class FailingAlloc implements GlobalAlloc {

    private final GlobalAlloc heap;
    private final LongPredicate fails;
    private final AtomicLong calls = new AtomicLong();

    /// A heap that fails by a rule.
    ///
    /// @param heap  does the work at all other calls
    /// @param fails whether the call with this number gets no memory; the first one is number 1
    public FailingAlloc(GlobalAlloc heap, LongPredicate fails) {
        this.heap = heap;
        this.fails = fails;
    }

    /// {@return a heap that fails at every n-th call}
    ///
    /// @param n    at least 1, where it fails always
    /// @param heap does the work at all other calls
    public static FailingAlloc everyNth(long n, GlobalAlloc heap) {
        return new FailingAlloc(heap, call -> call % n == 0);
    }

    /// {@return a heap that fails at the n-th call and at no other} Tried for n = 1, 2, 3 and so
    /// on, it visits every place where a program can run out of memory.
    ///
    /// @param n    at least 1
    /// @param heap does the work at all other calls
    public static FailingAlloc onlyNth(long n, GlobalAlloc heap) {
        return new FailingAlloc(heap, call -> call == n);
    }

    private boolean failsNow() {
        return fails.test(calls.incrementAndGet());
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return failsNow() ? MemorySegment.NULL : heap.alloc(layout);
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        return failsNow() ? MemorySegment.NULL : heap.allocZeroed(layout);
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        return failsNow() ? MemorySegment.NULL : heap.realloc(block, layout, newSize);
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        heap.dealloc(block, layout);
    }

    @Override
    public long goodSize(Layout layout) {
        return heap.goodSize(layout);
    }

    /// {@return how many calls there were, failed or not}
    public long calls() {
        return calls.get();
    }

    @Override
    public void check() {
        heap.check();
    }

    @Override
    public String toString() {
        return "FailingAlloc(" + heap + ", " + calls + " calls)";
    }
}
