package heapcraft.view;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/// A heap that counts what its program's calls cost: how many there were, how far they searched,
/// what they copied, and how long they took. One thread at a time.
final class CountedAlloc implements GlobalAlloc {

    private final GlobalAlloc heap;
    /// How far the heap has searched since it began.
    private final LongSupplier searched;
    private long calls;
    private long steps;
    private long bytesMoved;
    private long nanos;
    private long stepsBefore;
    private long nanosBefore;

    CountedAlloc(GlobalAlloc heap, LongSupplier searched) {
        this.heap = heap;
        this.searched = searched;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        begin();
        MemorySegment block = heap.alloc(layout);
        end();
        return block;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        begin();
        heap.dealloc(block, layout);
        end();
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        begin();
        MemorySegment resized = heap.realloc(block, layout, newSize);
        end();
        if (!GlobalAlloc.isNull(resized) && resized.address() != block.address()) {
            bytesMoved += Math.min(layout.byteSize(), newSize);
        }
        return resized;
    }

    /// A call that the contract has no word for, such as an arena's reset.
    void call(Runnable call) {
        begin();
        call.run();
        end();
    }

    // Only the calls count: a check or a picture in between searches, too.
    private void begin() {
        stepsBefore = searched.getAsLong();
        nanosBefore = System.nanoTime();
    }

    private void end() {
        nanos += System.nanoTime() - nanosBefore;
        steps += searched.getAsLong() - stepsBefore;
        calls++;
    }

    @Override
    public long goodSize(Layout layout) {
        return heap.goodSize(layout);
    }

    @Override
    public void check() {
        heap.check();
    }

    long calls() {
        return calls;
    }

    long steps() {
        return steps;
    }

    /// What reallocations copied to another place.
    long bytesMoved() {
        return bytesMoved;
    }

    /// The time of all calls, the clock's own included.
    long nanos() {
        return nanos;
    }

    @Override
    public String toString() {
        return heap.toString();
    }
}
