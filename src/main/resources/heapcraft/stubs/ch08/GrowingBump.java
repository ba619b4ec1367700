package ch08;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
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
        throw todo("say how large the next chunk is, and how it is aligned");
    }

    /// A block: from the last chunk, or, if that has no room, from a new one. A call that fails
    /// changes nothing: whatever fits into the last chunk still fits.
    ///
    /// @param layout of at least 1 byte
    /// @return `MemorySegment.NULL` if there is no memory, or no chunk for such a layout, which
    ///         [#nextChunk] says by an exception
    /// @throws IllegalStateException if the arena is closed
    public MemorySegment alloc(Layout layout) {
        throw todo("hand out a block, from a new chunk if the last one has no room");
    }

    /// A block from the last chunk, or `MemorySegment.NULL` if it has no room or there is no chunk.
    private MemorySegment take(Layout layout) {
        throw todo("hand out the next bytes of the last chunk at an aligned address, or NULL");
    }

    /// Adds a chunk with room for such a block: [#nextChunk], or, if the limit or the parent does
    /// not allow that, one of the block's own size, aligned like the first. It is empty.
    ///
    /// @return whether there is one
    private boolean grow(Layout wanted) {
        throw todo("take one more chunk from the parent, if limit and parent allow it");
    }

    /// How many bytes the chunks have: what was taken from the parent, not what was handed out.
    public long chunkBytes() {
        throw todo("count the bytes of all chunks");
    }

    /// Frees all blocks. The largest chunk stays, empty; the others go back to the parent, each
    /// with the layout it was asked for. Without a chunk there is nothing to do.
    public void reset() {
        throw todo("free everything, and keep the largest chunk");
    }

    /// Gives all chunks back. Closing twice does nothing more.
    @Override
    public void close() {
        throw todo("give all chunks back");
    }
}
