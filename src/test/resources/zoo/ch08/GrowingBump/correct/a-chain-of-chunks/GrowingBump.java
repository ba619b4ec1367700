package ch08;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// An arena that is never full as long as the heap below has memory: it takes another chunk.
///
/// The idea: one block must be large enough for the worst day. Chunks need not be: each has twice
/// the bytes of the one before, so that even a large arena has few.
///
/// ```text
///   #1 ┌────┐             512 bytes, full
///      └────┘
///   #2 ┌────────┐         1024 bytes, full but for a rest too small
///      └────────┘
///   #3 ┌───┬────────────┐ 2048 bytes: the one being filled
///      └───┴────────────┘
///          ▲ used
/// ```
///
/// Be graded: `./lab grade GrowingBump`, `mvn test -Dexercise=GrowingBump`, or
/// `check("GrowingBump")` in the notebook. The library's arenas and the JDK's `SegmentAllocator`
/// are not allowed here: you build one.
public final class GrowingBump implements AutoCloseable {

    public static final long FIRST_CHUNK = 512;
    public static final long LEAST_ALIGNMENT = 16;

    private final GlobalAlloc parent;
    private final long limit;
    /// The newest chunk, or null.
    private Chunk top;
    private long total;
    private boolean closed;

    /// Knows the one before it, and its own two ends.
    private static final class Chunk {
        private final MemorySegment memory;
        private final Layout layout;
        private final long end;
        private Chunk older;
        private long bump;

        Chunk(MemorySegment memory, Layout layout, Chunk older) {
            this.memory = memory;
            this.layout = layout;
            this.older = older;
            bump = memory.address();
            end = memory.address() + layout.byteSize();
        }
    }

    public GrowingBump(GlobalAlloc parent, long limit) {
        this.parent = parent;
        this.limit = limit;
    }

    public Layout nextChunk(Layout wanted) {
        long doubled = top == null ? FIRST_CHUNK : top.layout.byteSize() << 1;
        return new Layout(Long.max(doubled, wanted.byteSize()), LEAST_ALIGNMENT)
                .alignTo(wanted.byteAlignment());
    }

    public MemorySegment alloc(Layout layout) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        MemorySegment block = take(layout);
        if (!isNull(block)) {
            return block;
        }
        return grow(layout) ? take(layout) : MemorySegment.NULL;
    }

    private MemorySegment take(Layout layout) {
        if (top == null) {
            return MemorySegment.NULL;
        }
        long mask = layout.byteAlignment() - 1;
        long address = (top.bump + mask) & ~mask;
        if (address > top.end || layout.byteSize() > top.end - address) {
            return MemorySegment.NULL;
        }
        top.bump = address + layout.byteSize();
        return top.memory.asSlice(address - top.memory.address(), layout.byteSize());
    }

    private boolean grow(Layout wanted) {
        Layout large;
        Layout small;
        try {
            large = nextChunk(wanted);
            small = wanted.alignTo(LEAST_ALIGNMENT);
        } catch (IllegalArgumentException noSuchChunk) {
            return false;
        }
        return tried(large) || !small.equals(large) && tried(small);
    }

    private boolean tried(Layout layout) {
        long allowed = limit - total;
        MemorySegment memory = layout.byteSize() <= allowed ? parent.alloc(layout)
                : MemorySegment.NULL;
        if (!isNull(memory)) {
            top = new Chunk(memory, layout, top);
            total += layout.byteSize();
        }
        return !isNull(memory);
    }

    public long chunkBytes() {
        return total;
    }

    public void reset() {
        Chunk largest = top;
        for (Chunk chunk = top; chunk != null; chunk = chunk.older) {
            if (chunk.layout.byteSize() > largest.layout.byteSize()) {
                largest = chunk;
            }
        }
        giveBackAllBut(largest);
    }

    @Override
    public void close() {
        giveBackAllBut(null);
        closed = true;
    }

    private void giveBackAllBut(Chunk kept) {
        for (Chunk chunk = top; chunk != null; chunk = chunk.older) {
            if (chunk != kept) {
                parent.dealloc(chunk.memory, chunk.layout);
            }
        }
        top = kept == null ? null : new Chunk(kept.memory, kept.layout, null);
        total = kept == null ? 0 : kept.layout.byteSize();
    }
}
