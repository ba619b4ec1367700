package heapcraft.alloc;

import heapcraft.alloc.Spans.Span;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// A heap that keeps a stock of blocks for every size class: a request is rounded up to a class
/// and served by a pool of such blocks, in a time that does not depend on how many are live.
///
/// ```java
/// try (Arena arena = Arena.ofConfined()) {
///     var heap = new SizeClassAlloc(arena.allocate(1 << 20));
///     MemorySegment block = heap.alloc(new Layout(100, 8));
///     heap.goodSize(new Layout(100, 8));         // 112: the class it came from
///     heap.dealloc(block, new Layout(100, 8));
/// }
/// ```
///
/// Pools stand in *spans*, runs of 4096-byte pages. A span whose blocks are all free gives its
/// pages back, for any class to use; the last one of a class only when memory is short. What is
/// too large for a class, above 32 KiB, gets a span of its own.
///
/// A block lives until it is given back, or as long as the memory below. One thread at a time.
///
/// Follows the spans of [tcmalloc](https://google.github.io/tcmalloc/design.html).
public final class SizeClassAlloc implements GlobalAlloc, Walkable {

    /// There are classes up to this size, in bytes.
    private static final long LARGEST = 8 * Spans.PAGE;
    /// The number of classes, and the index of what belongs to none.
    private static final int LARGE = SizeClasses.indexOf(LARGEST) + 1;
    /// How many blocks a span should have: then less than an eighth of it is lost at its end.
    private static final long BLOCKS = 8;

    private final Spans spans;
    /// By class: its spans that have a free block.
    private final List<LinkedHashSet<Span>> stock = new ArrayList<>();

    /// A heap in one piece of memory.
    ///
    /// @param heap a writable native segment
    /// @throws IllegalArgumentException if it is not
    public SizeClassAlloc(MemorySegment heap) {
        spans = new Spans(heap);
        for (int index = 0; index < LARGE; index++) {
            stock.add(new LinkedHashSet<>());
        }
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        int index = indexOf(layout);
        return index == LARGE ? allocLarge(layout) : allocSmall(index, layout);
    }

    /// A class whose size is a multiple of the alignment: then every block of a span has it.
    private static int indexOf(Layout layout) {
        long byteSize = layout.padToAlign().byteSize();
        return byteSize > LARGEST || layout.byteAlignment() > Spans.PAGE ? LARGE
                : SizeClasses.indexOf(byteSize);
    }

    private MemorySegment allocLarge(Layout layout) {
        Span span = newSpan(LARGE, Spans.pages(layout.byteSize()), layout.byteAlignment());
        return span == null ? MemorySegment.NULL
                : spans.slice(spans.address(span), layout.byteSize());
    }

    private MemorySegment allocSmall(int index, Layout layout) {
        LinkedHashSet<Span> ready = stock.get(index);
        Span span = ready.isEmpty() ? newPool(index) : ready.getFirst();
        if (span == null) {
            return MemorySegment.NULL;
        }
        MemorySegment block = span.pool.alloc(layout);
        if (span.pool.isFull()) {
            ready.remove(span);
        }
        return block;
    }

    /// A span with a pool for a class; where memory is short, one with fewer blocks.
    private Span newPool(int index) {
        long byteSize = SizeClasses.byteSize(index);
        Span span = newSpan(index, Spans.pages(BLOCKS * byteSize), 1);
        if (span == null) {
            span = newSpan(index, Spans.pages(byteSize), 1);
        }
        if (span != null) {
            // No request of a class wants more than a page's alignment, and a span has that.
            Layout block = new Layout(byteSize,
                    Math.min(Long.lowestOneBit(byteSize), Spans.PAGE));
            span.pool = new PoolAlloc(spans.memory(span), block);
            stock.get(index).add(span);
        }
        return span;
    }

    private Span newSpan(int index, long length, long byteAlignment) {
        Span span = spans.take(index, length, byteAlignment);
        if (span == null) {
            stock.forEach(ready -> ready.removeIf(this::givenBackIfEmpty));
            span = spans.take(index, length, byteAlignment);
        }
        return span;
    }

    private boolean givenBackIfEmpty(Span span) {
        if (span.pool.isEmpty()) {
            spans.giveBack(span);
        }
        return span.pool.isEmpty();
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        Span span = spanOf(block, layout);
        if (span.pool == null) {
            spans.giveBack(span);
            return;
        }
        LinkedHashSet<Span> ready = stock.get(span.index);
        boolean wasFull = span.pool.isFull();
        span.pool.dealloc(block, layout);
        if (wasFull) {
            if (ready.size() == 1) {
                // An empty span was kept as the last of its class, and now is not.
                ready.removeIf(this::givenBackIfEmpty);
            }
            ready.add(span);
        }
        if (span.pool.isEmpty() && ready.size() > 1) {
            ready.remove(span);
            spans.giveBack(span);
        }
    }

    /// The same block while the class stays the same.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        Contract.requireSize(newSize);
        Span span = spanOf(block, layout);
        if (goodSize(wanted) != goodSize(layout)) {
            return GlobalAlloc.super.realloc(block, layout, newSize);
        }
        return span.pool != null ? span.pool.realloc(block, layout, newSize)
                : spans.slice(block.address(), newSize);
    }

    private Span spanOf(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        Contract.requireWithin(block, spans.start, spans.end);
        Span span = spans.at(block.address());
        if (span == null || span.index != indexOf(layout)) {
            throw Contract.notOurs(block, "its page holds no live block of that class");
        }
        if (span.pool == null && (spans.address(span) != block.address()
                || span.length != Spans.pages(layout.byteSize()))) {
            throw Contract.notOurs(block, "a block of another size lies there");
        }
        return span;
    }

    /// The size of the layout's class; above the largest, whole pages.
    @Override
    public long goodSize(Layout layout) {
        int index = indexOf(layout);
        return index != LARGE ? SizeClasses.byteSize(index)
                : Math.max(layout.byteSize(), Spans.pages(layout.byteSize()) * Spans.PAGE);
    }

    @Override
    public List<Block> blocks() {
        return spans.blocks();
    }

    @Override
    public void check() {
        spans.check();
        for (Span span : spans.all()) {
            if (span.pool != null) {
                span.pool.check();
                Contract.law(!span.pool.isEmpty() || stock.get(span.index).size() == 1,
                        "only a class's last span may be empty", spans.address(span),
                        "a live block", "none");
                Contract.law(stock.get(span.index).contains(span) != span.pool.isFull(),
                        "a span is in stock unless it is full", spans.address(span),
                        span.pool.isFull() ? "full" : "in stock", "the opposite");
            }
        }
    }

    @Override
    public String toString() {
        return "SizeClassAlloc(" + (spans.end - spans.start) + " bytes)";
    }
}
