package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The chunks of memory that [Bump] has taken from its parent, within a byte limit.
final class Chunks {

    /// The first chunk's size in bytes: as large as bumpalo's, enough for a dozen small nodes.
    private static final long FIRST_SIZE = 512;
    /// The least alignment of a chunk, in bytes: `malloc` gives it for nothing.
    private static final long LEAST_ALIGNMENT = 16;

    private final GlobalAlloc parent;
    /// Oldest first; the last one is being filled.
    private final List<Chunk> chunks = new ArrayList<>();
    /// The sum of the chunks' sizes.
    private long byteSize;
    /// No chunk is added that would lift `byteSize` above this.
    private long limit = Long.MAX_VALUE;

    Chunks(GlobalAlloc parent) {
        this.parent = parent;
    }

    long byteSize() {
        return byteSize;
    }

    long limit() {
        return limit;
    }

    void limit(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit + ": it starts at 0");
        }
        this.limit = limit;
    }

    List<Chunk> all() {
        return chunks;
    }

    /// The chunk to fill, or [Chunk#NONE].
    Chunk last() {
        return chunks.isEmpty() ? Chunk.NONE : chunks.getLast();
    }

    /// The chunk that a block was handed out from.
    Optional<Chunk> home(MemorySegment block) {
        return chunks.reversed().stream().filter(chunk -> chunk.contains(block)).findFirst();
    }

    /// Adds a chunk that has room for one block: twice the size of the last, or, where limit or
    /// parent do not allow that, half of it, a quarter, and so on down to the block itself.
    ///
    /// @return whether there was one
    boolean add(long atLeast, long byteAlignment) {
        long alignment = Math.max(LEAST_ALIGNMENT, byteAlignment);
        if (atLeast > Layout.maxSize(alignment)) {
            return false;
        }
        long size = chunks.isEmpty() ? FIRST_SIZE : 2 * last().layout.byteSize();
        while (size > atLeast && !added(new Layout(size, alignment))) {
            size /= 2;
        }
        return size > atLeast || added(new Layout(atLeast, alignment));
    }

    private boolean added(Layout layout) {
        if (layout.byteSize() > limit - byteSize) {
            return false;
        }
        MemorySegment memory = parent.alloc(layout);
        if (GlobalAlloc.isNull(memory)) {
            return false;
        }
        requireAsAsked(memory, layout);
        chunks.add(new Chunk(memory, layout));
        byteSize += layout.byteSize();
        return true;
    }

    /// Without this an arena on a broken heap would take chunk after chunk and find no room in any.
    private static void requireAsAsked(MemorySegment memory, Layout layout) {
        Contract.law(memory.byteSize() == layout.byteSize()
                        && memory.address() % layout.byteAlignment() == 0,
                "the parent's block is as large and as aligned as was asked", memory.address(),
                layout.toString(), memory.byteSize() + " bytes");
    }

    /// Refuses a chunk that is not here.
    ///
    /// @throws IllegalArgumentException if it was given back
    void requireHere(Chunk chunk) {
        if (chunk != Chunk.NONE && !chunks.contains(chunk)) {
            throw voidCheckpoint("its chunk was given back");
        }
    }

    /// Gives back all chunks behind this one, or all if it is [Chunk#NONE]. A parent may refuse one;
    /// so nothing may lie in them any more.
    void truncateBehind(Chunk kept) {
        int count = chunks.indexOf(kept) + 1;
        while (chunks.size() > count) {
            Chunk freed = chunks.removeLast();
            byteSize -= freed.layout.byteSize();
            parent.dealloc(freed.memory, freed.layout);
        }
    }

    static IllegalArgumentException voidCheckpoint(String because) {
        return new IllegalArgumentException(
                "this checkpoint is void: " + because + "; take a new checkpoint");
    }

    /// Makes the largest chunk the first, since it will hold the most before another is needed.
    ///
    /// @return that, or [Chunk#NONE]
    Chunk largestFirst() {
        if (chunks.size() > 1) {
            chunks.sort(Comparator.comparingLong(chunk -> -chunk.layout.byteSize()));
        }
        return chunks.isEmpty() ? Chunk.NONE : chunks.getFirst();
    }

    void check() {
        chunks.forEach(Chunk::check);
        long sum = chunks.stream().mapToLong(chunk -> chunk.memory.byteSize()).sum();
        Contract.law(sum == byteSize, "the counted bytes are those of all chunks",
                last().memory.address(), Long.toString(sum), byteSize);
    }
}
