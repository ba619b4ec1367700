package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
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
/// pages back, for any class to use. What is too large for a class, above 32 KiB, gets a span of
/// its own.
///
/// A block lives until it is given back, or as long as the memory below. One thread at a time.
///
/// Follows the spans of [tcmalloc](https://google.github.io/tcmalloc/design.html).
public final class SizeClassAlloc implements GlobalAlloc, Walkable {

    /// There are classes up to this size, in bytes.
    private static final long LARGEST = 8 * Pages.PAGE;
    /// The number of classes, and the index of what belongs to none.
    private static final int LARGE = SizeClasses.indexOf(LARGEST) + 1;
    /// How many blocks a span should have: then less than an eighth of it is lost at its end.
    private static final long BLOCKS = 8;

    /// A run of pages, and the pool that stands in it, or `null` if it is one large block.
    private static final class Span {
        final int index;
        final int first;
        final int length;
        final PoolAlloc pool;

        Span(int index, int first, int length, PoolAlloc pool) {
            this.index = index;
            this.first = first;
            this.length = length;
            this.pool = pool;
        }
    }

    private final Pages pages;
    /// By page: the span it belongs to, or `null`. A large block is noted at its first page only.
    private final Span[] spans;
    /// By class: its spans that are not full.
    private final List<LinkedHashSet<Span>> stock = new ArrayList<>();

    /// A heap in one piece of memory.
    ///
    /// @param heap a writable native segment
    /// @throws IllegalArgumentException if it is not
    public SizeClassAlloc(MemorySegment heap) {
        pages = new Pages(heap);
        spans = new Span[pages.count];
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
        return byteSize > LARGEST || layout.byteAlignment() > Pages.PAGE ? LARGE
                : SizeClasses.indexOf(byteSize);
    }

    private MemorySegment allocLarge(Layout layout) {
        Span span = newSpan(LARGE, Pages.needed(layout.byteSize()), layout.byteAlignment());
        return span == null ? MemorySegment.NULL
                : pages.slice(pages.address(span.first), layout.byteSize());
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

    private Span newPool(int index) {
        long byteSize = SizeClasses.byteSize(index);
        Span span = newSpan(index, Pages.needed(BLOCKS * byteSize), 1);
        if (span == null) {
            span = newSpan(index, Pages.needed(byteSize), 1);
        }
        if (span != null) {
            stock.get(index).add(span);
        }
        return span;
    }

    private Span newSpan(int index, long length, long byteAlignment) {
        int first = pages.take(length, byteAlignment);
        if (first < 0) {
            return null;
        }
        Span span = new Span(index, first, (int) length,
                index == LARGE ? null : pool(index, pages.run(first, length)));
        note(span, span);
        return span;
    }

    private static PoolAlloc pool(int index, MemorySegment memory) {
        long byteSize = SizeClasses.byteSize(index);
        return new PoolAlloc(memory, new Layout(byteSize, Long.lowestOneBit(byteSize)));
    }

    private void note(Span span, Span value) {
        int length = span.pool == null ? 1 : span.length;
        Arrays.fill(spans, span.first, span.first + length, value);
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        Span span = spanOf(block, layout);
        if (span.pool != null) {
            span.pool.dealloc(block, layout);
            if (!span.pool.isEmpty()) {
                stock.get(span.index).add(span);
                return;
            }
            stock.get(span.index).remove(span);
        }
        note(span, null);
        pages.give(span.first, span.length);
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
                : pages.slice(block.address(), newSize);
    }

    private Span spanOf(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        Contract.requireWithin(block, pages.start, pages.end());
        Span span = spans[pages.pageOf(block.address())];
        if (span == null || span.index != indexOf(layout)) {
            throw Contract.notOurs(block, "its page holds no live block of that class");
        }
        if (span.pool == null && (pages.address(span.first) != block.address()
                || span.length != Pages.needed(layout.byteSize()))) {
            throw Contract.notOurs(block, "a block of another size lies there");
        }
        return span;
    }

    /// The size of the layout's class; above the largest, whole pages.
    @Override
    public long goodSize(Layout layout) {
        int index = indexOf(layout);
        return index != LARGE ? SizeClasses.byteSize(index)
                : Math.max(layout.byteSize(), Pages.needed(layout.byteSize()) * Pages.PAGE);
    }

    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int page = 0; page < pages.count; page += lengthAt(page)) {
            Span span = spans[page];
            if (span != null && span.pool != null) {
                blocks.addAll(span.pool.blocks());
            } else {
                blocks.add(new Block(pages.address(page), lengthAt(page) * Pages.PAGE,
                        span == null ? Use.FREE : Use.LIVE));
            }
        }
        return blocks;
    }

    private int lengthAt(int page) {
        return spans[page] == null ? 1 : spans[page].length;
    }

    @Override
    public void check() {
        for (int page = 0; page < pages.count; page += lengthAt(page)) {
            Span span = spans[page];
            long address = pages.address(page);
            Contract.law(pages.isTaken(page) == (span != null), "a page is taken if a span has it",
                    address, span == null ? "free" : "taken", "the opposite");
            if (span != null && span.pool != null) {
                span.pool.check();
                Contract.law(!span.pool.isEmpty(), "an empty span gives its pages back", address,
                        "a live block", "none");
                Contract.law(stock.get(span.index).contains(span) != span.pool.isFull(),
                        "a span is in stock unless it is full", address,
                        span.pool.isFull() ? "full" : "in stock", "the opposite");
            }
        }
    }

    @Override
    public String toString() {
        return "SizeClassAlloc(" + pages.count + " pages)";
    }
}
