package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// A heap with a ceiling: so many bytes may be live at once, and not one more.
///
/// ```java
/// var heap = new LimitedAlloc(1024, new SystemAlloc());
/// heap.alloc(new Layout(1000, 8));   // a block
/// heap.alloc(new Layout(100, 8));    // NULL: only 24 bytes are left
/// ```
///
/// Blocks live as long as those of the heap below. Threads may share an instance if they may share
/// that heap; together they stay below the limit too.
public final class LimitedAlloc implements GlobalAlloc {

    private final GlobalAlloc heap;
    private volatile long limit;
    /// The bytes that are live, or about to be: never lifted above `limit`.
    private final AtomicLong used = new AtomicLong();

    /// A heap with a limit.
    ///
    /// @param limit the most bytes that may be live at once
    /// @param heap  does the work
    public LimitedAlloc(long limit, GlobalAlloc heap) {
        this.limit = limit;
        this.heap = heap;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        return within(layout.byteSize(), () -> heap.alloc(layout));
    }

    @Override
    public MemorySegment allocZeroed(Layout layout) {
        return within(layout.byteSize(), () -> heap.allocZeroed(layout));
    }

    /// A block that grows by 10 bytes needs 10 bytes, even if the heap below has to move it.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        long growth = wanted.byteSize() - layout.byteSize();
        MemorySegment resized = within(Math.max(0, growth),
                () -> heap.realloc(block, layout, newSize));
        if (!isNull(resized)) {
            used.getAndAdd(Math.min(0, growth));
        }
        return resized;
    }

    private MemorySegment within(long byteSize, Supplier<MemorySegment> call) {
        if (!reserve(byteSize)) {
            return MemorySegment.NULL;
        }
        MemorySegment block = MemorySegment.NULL;
        try {
            block = call.get();
        } finally {
            if (isNull(block)) {
                used.getAndAdd(-byteSize);
            }
        }
        return block;
    }

    private boolean reserve(long byteSize) {
        long most = limit;
        long before = used.getAndUpdate(now -> byteSize <= most - now ? now + byteSize : now);
        return byteSize <= most - before;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        heap.dealloc(block, layout);
        used.getAndAdd(-layout.byteSize());
    }

    @Override
    public long goodSize(Layout layout) {
        return heap.goodSize(layout);
    }

    /// {@return the bytes that are live}
    public long used() {
        return used.get();
    }

    /// {@return the most bytes that may be live at once}
    public long limit() {
        return limit;
    }

    /// Changes the limit, at any time. One below [#used()] takes nothing back; it keeps new blocks
    /// away.
    ///
    /// @param limit in bytes
    public void limit(long limit) {
        this.limit = limit;
    }

    @Override
    public void check() {
        heap.check();
        Contract.law(used() >= 0, "no more comes back than was handed out", 0, "at least 0",
                used());
    }

    @Override
    public String toString() {
        return "LimitedAlloc(" + heap + ", " + used + " of " + limit + " bytes used)";
    }
}
