package heapcraft.alloc;

import heapcraft.alloc.Walkable.Block;
import heapcraft.alloc.Walkable.Use;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Memory cut into pages, and handed out in *spans*, runs of neighbouring pages.
final class Spans {

    /// As large as the smallest page of today's processors, in bytes.
    static final long PAGE = 4096;

    /// A run of pages and what it is used for.
    static final class Span {
        /// The size class of its blocks.
        final int index;
        /// The number of its first page.
        final int first;
        /// How many pages it has.
        final int length;
        /// The pool that stands in it, or `null` if it is one large block.
        PoolAlloc pool;

        Span(int index, int first, int length) {
            this.index = index;
            this.first = first;
            this.length = length;
        }
    }

    private final MemorySegment memory;
    /// The first page's address, a multiple of `PAGE`.
    final long start;
    /// Behind the last page.
    final long end;
    private final int count;
    /// By page: the span it belongs to, or `null` if it is free.
    private final Span[] spans;
    /// Which pages belong to a span. The one behind the last counts as such: there a run ends.
    private final BitSet taken = new BitSet();
    /// No page below this one is free.
    private int lowest;

    Spans(MemorySegment memory) {
        this.memory = Contract.requireNative(memory);
        start = memory.address() + (-memory.address() & (PAGE - 1));
        long room = Math.max(0, memory.address() + memory.byteSize() - start);
        count = Math.toIntExact(room / PAGE);
        end = start + count * PAGE;
        spans = new Span[count];
        taken.set(count);
    }

    /// How many pages so many bytes need.
    static long pages(long byteSize) {
        return Math.ceilDiv(byteSize, PAGE);
    }

    /// A new span in the lowest run of so many pages, or `null`.
    Span take(int index, long length, long byteAlignment) {
        lowest = taken.nextClearBit(lowest);
        for (int free = lowest; free < count; ) {
            int runEnd = taken.nextSetBit(free);
            long first = free + (-address(free) & (byteAlignment - 1)) / PAGE;
            if (length <= runEnd - first) {
                Span span = new Span(index, (int) first, (int) length);
                note(span, true);
                return span;
            }
            free = taken.nextClearBit(runEnd);
        }
        return null;
    }

    void giveBack(Span span) {
        note(span, false);
        lowest = Math.min(lowest, span.first);
    }

    private void note(Span span, boolean used) {
        taken.set(span.first, span.first + span.length, used);
        Arrays.fill(spans, span.first, span.first + span.length, used ? span : null);
    }

    /// The span that an address lies in, or `null`.
    Span at(long address) {
        return spans[(int) ((address - start) / PAGE)];
    }

    private long address(int page) {
        return start + page * PAGE;
    }

    long address(Span span) {
        return address(span.first);
    }

    MemorySegment memory(Span span) {
        return slice(address(span), span.length * PAGE);
    }

    MemorySegment slice(long address, long byteSize) {
        return memory.asSlice(address - memory.address(), byteSize);
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int page = 0; page < count; page += lengthAt(page)) {
            Span span = spans[page];
            if (span != null && span.pool != null) {
                blocks.addAll(span.pool.blocks());
            } else {
                blocks.add(new Block(address(page), lengthAt(page) * PAGE,
                        span == null ? Use.FREE : Use.LIVE));
            }
        }
        return blocks;
    }

    /// Of the span that begins at a page, or of the free run.
    private int lengthAt(int page) {
        return spans[page] == null ? taken.nextSetBit(page) - page : spans[page].length;
    }

    /// All spans, in the order of their addresses.
    List<Span> all() {
        return Arrays.stream(spans).filter(span -> span != null).distinct().toList();
    }

    void check() {
        for (int page = 0; page < count; page++) {
            Span span = spans[page];
            Contract.law(taken.get(page) == (span != null), "a page is taken if a span has it",
                    address(page), span == null ? "free" : "taken", "the opposite");
            Contract.law(span == null || page >= span.first && page < span.first + span.length,
                    "a page belongs to the span around it", address(page), "its own span",
                    "another one");
        }
    }
}
