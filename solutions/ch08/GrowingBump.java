package ch08;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    /// The size of the first chunk in bytes.
    public static final long FIRST_CHUNK = 512;
    /// Chunks are aligned at least like this.
    public static final long LEAST_ALIGNMENT = 16;

    private final GlobalAlloc parent;
    private final long limit;
    /// Oldest first; the last one is being filled.
    private final List<Chunk> chunks = new ArrayList<>();
    /// How many bytes of the last chunk are taken.
    private long used;
    private boolean closed;

    /// A piece of memory, and the layout that it goes back with.
    private record Chunk(MemorySegment memory, Layout layout) { }

    /// An arena without a chunk.
    ///
    /// @param parent where chunks come from and go back to
    /// @param limit  how many bytes all chunks together may have
    public GrowingBump(GlobalAlloc parent, long limit) {
        this.parent = parent;
        this.limit = limit;
    }

    /// The layout of the chunk to take next for such a block. Its size is [#FIRST_CHUNK] or, where
    /// there is a chunk, twice the last one's; for a larger block it is the block's own size, and no
    /// more. It is aligned to [#LEAST_ALIGNMENT], or as strictly as the block.
    ///
    /// @throws IllegalArgumentException if there is no such [Layout]
    public Layout nextChunk(Layout wanted) {
        long size = chunks.isEmpty() ? FIRST_CHUNK : 2 * chunks.getLast().layout().byteSize();
        return new Layout(Math.max(size, wanted.byteSize()),
                Math.max(LEAST_ALIGNMENT, wanted.byteAlignment()));
    }

    /// A block: from the last chunk, or, if that has no room, from a new one. A call that fails
    /// changes nothing: whatever fits into the last chunk still fits.
    ///
    /// @param layout of at least 1 byte
    /// @return `MemorySegment.NULL` if there is no memory, or no chunk for such a layout, which
    ///         [#nextChunk] says by an exception
    /// @throws IllegalStateException if the arena is closed
    public MemorySegment alloc(Layout layout) {
        if (closed) {
            throw new IllegalStateException("this arena is closed; its chunks were given back");
        }
        MemorySegment block = take(layout);
        return isNull(block) && grow(layout) ? take(layout) : block;
    }

    /// A block from the last chunk, or `MemorySegment.NULL` if it has no room or there is no chunk.
    private MemorySegment take(Layout layout) {
        if (chunks.isEmpty()) {
            return MemorySegment.NULL;
        }
        MemorySegment chunk = chunks.getLast().memory();
        // Chunks are aligned to 16: for 64, only the address knows how much to skip.
        long padding = -(chunk.address() + used) & (layout.byteAlignment() - 1);
        if (layout.byteSize() > chunk.byteSize() - used - padding) {
            return MemorySegment.NULL;
        }
        MemorySegment block = chunk.asSlice(used + padding, layout.byteSize());
        used += padding + layout.byteSize();
        return block;
    }

    /// Adds a chunk with room for such a block: [#nextChunk], or, if the limit or the parent does
    /// not allow that, one of the block's own size, aligned like the first. It is empty.
    ///
    /// @return whether there is one
    private boolean grow(Layout wanted) {
        long alignment = Math.max(LEAST_ALIGNMENT, wanted.byteAlignment());
        // Aligned to 1, a block may be larger than any that is aligned to 16.
        return wanted.byteSize() <= Layout.maxSize(alignment)
                && (added(nextChunk(wanted)) || added(new Layout(wanted.byteSize(), alignment)));
    }

    private boolean added(Layout layout) {
        if (layout.byteSize() > limit - chunkBytes()) {
            return false;
        }
        MemorySegment memory = parent.alloc(layout);
        if (isNull(memory)) {
            return false;
        }
        chunks.add(new Chunk(memory, layout));
        used = 0;
        return true;
    }

    /// How many bytes the chunks have: what was taken from the parent, not what was handed out.
    public long chunkBytes() {
        return chunks.stream().mapToLong(chunk -> chunk.layout().byteSize()).sum();
    }

    /// Frees all blocks. The largest chunk stays, empty; the others go back to the parent, each
    /// with the layout it was asked for. Without a chunk there is nothing to do.
    public void reset() {
        if (!chunks.isEmpty()) {
            Chunk largest = chunks.stream()
                    .max(Comparator.comparingLong(chunk -> chunk.layout().byteSize())).get();
            chunks.remove(largest);
            giveBackAll();
            chunks.add(largest);
        }
        used = 0;
    }

    /// Gives all chunks back. Closing twice does nothing more.
    @Override
    public void close() {
        closed = true;
        giveBackAll();
    }

    private void giveBackAll() {
        // A chunk goes back as it came, the oversized and the strictly aligned ones too.
        chunks.forEach(chunk -> parent.dealloc(chunk.memory(), chunk.layout()));
        chunks.clear();
    }
}
