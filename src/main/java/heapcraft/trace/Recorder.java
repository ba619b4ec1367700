package heapcraft.trace;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes down what a program asks of its heap.
///
/// ```java
/// var recorder = new Recorder();
/// GlobalAlloc heap = recorder.on(new SystemAlloc());
/// heap.dealloc(heap.alloc(new Layout(64, 8)), new Layout(64, 8));
/// Trace trace = recorder.trace();   // alloc 0 64 8 @…, free 0
/// ```
///
/// Blocks of size 0 need no memory and are left out. A block that grows into another alignment is
/// a new block.
///
/// Any number of threads may use the recorded heap, if they may use the heap itself; the recorder
/// lets one call through at a time, so that the order it writes down is the order of the calls.
public final class Recorder {

    private final List<HeapEvent> events = new ArrayList<>();
    /// The live blocks' numbers by their addresses.
    private final Map<Long, Long> numbers = new HashMap<>();
    private long nextNumber;

    /// A recorder that has not heard anything yet.
    public Recorder() { }

    /// {@return what was written down so far}
    public synchronized Trace trace() {
        return new Trace(events);
    }

    /// Writes down that all live blocks ended at once. Nobody else can tell: the contract has no
    /// word for an arena's `reset`.
    public synchronized void reset() {
        events.add(new Reset());
        numbers.clear();
    }

    /// {@return this heap with the recorder listening}
    ///
    /// @param heap who answers
    public GlobalAlloc on(GlobalAlloc heap) {
        return new RecordedHeap(heap);
    }

    /// {@return this allocator with the recorder listening}
    ///
    /// @param heap who answers
    public Allocator on(Allocator heap) {
        return new RecordedAllocator(heap);
    }

    private MemorySegment allocated(Layout layout, boolean zeroed, MemorySegment block) {
        if (layout.byteSize() > 0) {
            long number = nextNumber++;
            events.add(new Alloc(number, layout, zeroed, block.address()));
            if (!isNull(block)) {
                numbers.put(block.address(), number);
            }
        }
        return block;
    }

    private MemorySegment resized(MemorySegment from, Layout old, Layout layout, MemorySegment to) {
        if (old.byteSize() == 0 || layout.byteSize() == 0
                || old.byteAlignment() != layout.byteAlignment()) {
            return replaced(from, old, layout, to);
        }
        long number = numberOf(from);
        events.add(new Realloc(number, layout.byteSize(), to.address()));
        if (!isNull(to)) {
            numbers.remove(from.address());
            numbers.put(to.address(), number);
        }
        return to;
    }

    private MemorySegment replaced(MemorySegment from, Layout old, Layout layout,
                                   MemorySegment to) {
        if (!isNull(to)) {
            freed(from, old);
        }
        return allocated(layout, false, to);
    }

    private void freed(MemorySegment block, Layout layout) {
        if (layout.byteSize() > 0) {
            events.add(new Free(numberOf(block)));
            numbers.remove(block.address());
        }
    }

    private long numberOf(MemorySegment block) {
        Long number = numbers.get(block.address());
        if (number == null) {
            throw new IllegalArgumentException("no live block was recorded at 0x"
                    + Long.toHexString(block.address()) + "; was it freed before, or allocated"
                    + " from the heap behind the recorder's back?");
        }
        return number;
    }

    private final class RecordedHeap implements GlobalAlloc {
        private final GlobalAlloc heap;

        RecordedHeap(GlobalAlloc heap) {
            this.heap = heap;
        }

        @Override public MemorySegment alloc(Layout layout) {
            synchronized (Recorder.this) {
                return allocated(layout, false, heap.alloc(layout));
            }
        }

        @Override public MemorySegment allocZeroed(Layout layout) {
            synchronized (Recorder.this) {
                return allocated(layout, true, heap.allocZeroed(layout));
            }
        }

        @Override public void dealloc(MemorySegment block, Layout layout) {
            synchronized (Recorder.this) {
                numberOf(block);
                heap.dealloc(block, layout);
                freed(block, layout);
            }
        }

        @Override public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
            synchronized (Recorder.this) {
                numberOf(block);
                return resized(block, layout, new Layout(newSize, layout.byteAlignment()),
                        heap.realloc(block, layout, newSize));
            }
        }

        @Override public long goodSize(Layout layout) {
            return heap.goodSize(layout);
        }

        @Override public void check() {
            heap.check();
        }

        @Override public String toString() {
            return "recorded " + heap;
        }
    }

    private final class RecordedAllocator implements Allocator {
        private final Allocator heap;

        RecordedAllocator(Allocator heap) {
            this.heap = heap;
        }

        @Override public MemorySegment allocate(Layout layout) {
            synchronized (Recorder.this) {
                return allocated(layout, false, heap.allocate(layout));
            }
        }

        @Override public MemorySegment allocateZeroed(Layout layout) {
            synchronized (Recorder.this) {
                return allocated(layout, true, heap.allocateZeroed(layout));
            }
        }

        @Override public void deallocate(MemorySegment block, Layout layout) {
            synchronized (Recorder.this) {
                heap.deallocate(block, layout);
                freed(block, layout);
            }
        }

        @Override public MemorySegment grow(MemorySegment block, Layout old, Layout wanted) {
            synchronized (Recorder.this) {
                return resized(block, old, wanted, heap.grow(block, old, wanted));
            }
        }

        @Override public MemorySegment growZeroed(MemorySegment block, Layout old, Layout wanted) {
            synchronized (Recorder.this) {
                return resized(block, old, wanted, heap.growZeroed(block, old, wanted));
            }
        }

        @Override public MemorySegment shrink(MemorySegment block, Layout old, Layout wanted) {
            synchronized (Recorder.this) {
                return resized(block, old, wanted, heap.shrink(block, old, wanted));
            }
        }

        @Override public String toString() {
            return "recorded " + heap;
        }
    }
}
