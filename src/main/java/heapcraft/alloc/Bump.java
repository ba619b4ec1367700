package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A bump arena that grows: when its chunk is full it takes another one, twice as large.
///
/// ```java
/// try (var arena = new Bump(new SystemAlloc())) {
///     MemorySegment name = arena.allocStr("alice");
///     Bump.Checkpoint before = arena.checkpoint();
///     MemorySegment scratch = arena.allocate(4096, 16);
///     arena.rewind(before);   // scratch is dead, name is not
/// }                           // name is dead too, and all chunks are given back
/// ```
///
/// A block lives until [#reset()], [#close()] or a rewind to a checkpoint before it; reading it
/// later shows whatever lies there then, if anything does. Only the last block can be freed alone,
/// and only the last one grows where it stands. One thread at a time.
///
/// Follows Rust's [bumpalo](https://docs.rs/bumpalo), except that the finger moves upwards: that
/// is how the last block can grow where it stands.
public final class Bump implements GlobalAlloc, SliceAllocator, Walkable, AutoCloseable {

    private final Chunks chunks;
    /// The chunk being filled: always the last of `chunks`.
    private Chunk chunk = Chunk.NONE;
    /// The first byte of `chunk` not handed out. It lies here and not in the chunk so that an allocation
    /// finds it at one and the same place, in whichever chunk that is.
    private long finger;
    /// Behind the last byte of `chunk`.
    private long end;
    /// How often [#reset()] was called: each time makes all earlier checkpoints void.
    private long resets;
    private boolean closed;

    /// An arena without a chunk; the first one is taken when it is needed.
    ///
    /// @param parent where the chunks come from
    public Bump(GlobalAlloc parent) {
        chunks = new Chunks(parent);
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        long address = allocAddress(layout.byteSize(), layout.byteAlignment());
        return address == 0 ? MemorySegment.NULL : block(chunk, address, layout.byteSize());
    }

    private static MemorySegment block(Chunk chunk, long address, long byteSize) {
        // A slice inherits its bounds and its lifetime, and reading these costs more than all the
        // rest. Here the bounds are known, and often there is no lifetime.
        return chunk.isEndless ? CHeap.block(address, byteSize)
                : chunk.memory.asSlice(address - chunk.start, byteSize);
    }

    /// A block, of size 0 too: the way in for the JDK's methods and for typed values.
    ///
    /// @throws OutOfMemoryError if there is no memory
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        Layout layout = new Layout(byteSize, byteAlignment);
        return byteSize == 0 ? layout.dangling() : Contract.orThrow(this, layout);
    }

    /// The raw way: only an address. No bounds and no lifetime come with it; whoever writes there
    /// needs a segment and native access of their own.
    ///
    /// @param byteSize      at least 1, unchecked
    /// @param byteAlignment a power of two, unchecked
    /// @return the address of a block, or 0 if there is no memory
    public long allocAddress(long byteSize, long byteAlignment) {
        assert new Layout(byteSize, byteAlignment).byteSize() > 0;
        // The address is aligned, not the offset. A sum may wrap around; the room behind an
        // address cannot. That `from` is compared too makes the JIT load it by itself, not as the
        // operand of the sum: only so did the Xeon of docs/benchmarks.md answer the load from the
        // store before it at once.
        long from = finger;
        long address = (from + byteAlignment - 1) & -byteAlignment;
        if (address < from || byteSize > end - address) {
            return allocAddressInNewChunk(byteSize, byteAlignment);
        }
        finger = address + byteSize;
        assert chunk.start <= address && finger <= end : this;
        return address;
    }

    private long allocAddressInNewChunk(long byteSize, long byteAlignment) {
        if (closed) {
            throw new IllegalStateException("this Bump is closed; its chunks were given back");
        }
        chunk.filledTo(finger);
        if (!chunks.add(byteSize, byteAlignment)) {
            return 0;
        }
        continueIn(chunks.last(), chunks.last().start);
        return allocAddress(byteSize, byteAlignment);
    }

    private void continueIn(Chunk chunk, long finger) {
        this.chunk = chunk;
        this.finger = finger;
        end = chunk.end;
    }

    /// Frees the block if it is the last one; any other stays taken.
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        homeOf(block, layout);
        if (isLast(block)) {
            finger = block.address();
        }
    }

    /// Resizes the last block where it stands, if there is room; any other block shrinks where it
    /// stands and moves to grow.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Contract.requireSize(new Layout(newSize, layout.byteAlignment()).byteSize());
        Chunk home = homeOf(block, layout);
        if (isLast(block) && newSize <= end - block.address()) {
            finger = block.address() + newSize;
        } else if (newSize > block.byteSize()) {
            return GlobalAlloc.super.realloc(block, layout, newSize);
        }
        return block(home, block.address(), newSize);
    }

    private boolean isLast(MemorySegment block) {
        return block.address() >= chunk.start && block.address() + block.byteSize() == finger;
    }

    private Chunk homeOf(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        chunk.filledTo(finger);
        return chunks.home(block).orElseThrow(
                () -> Contract.notOurs(block, "no chunk has handed it out"));
    }

    /// Frees everything and keeps the largest chunk, so that the next round need not grow again.
    public void reset() {
        Chunk largest = chunks.largestFirst();
        continueIn(largest, largest.start);
        resets++;
        chunks.truncateBehind(largest);
    }

    /// {@return a mark to go back to, where the blocks are those that there are now}
    public Checkpoint checkpoint() {
        return new Checkpoint(this, chunk, finger, resets);
    }

    /// Frees every block that was handed out since the checkpoint. Where one from before it was freed
    /// and the room used again, that room stays taken.
    ///
    /// @param to a checkpoint of this arena
    /// @throws IllegalArgumentException if the arena was reset since, or rewound to before the
    ///                                  checkpoint's chunk, or the checkpoint is another arena's
    public void rewind(Checkpoint to) {
        if (to.arena != this) {
            throw Chunks.voidCheckpoint("it is another arena's");
        }
        if (to.resets != resets) {
            throw Chunks.voidCheckpoint("the arena was reset since");
        }
        chunk.filledTo(finger);
        chunks.requireHere(to.chunk);
        continueIn(to.chunk, Math.min(to.chunk.finger(), to.finger));
        chunks.truncateBehind(to.chunk);
    }

    /// A moment in an arena's life that it can go back to.
    public static final class Checkpoint {
        private final Bump arena;
        private final Chunk chunk;
        private final long finger;
        private final long resets;

        private Checkpoint(Bump arena, Chunk chunk, long finger, long resets) {
            this.arena = arena;
            this.chunk = chunk;
            this.finger = finger;
            this.resets = resets;
        }
    }

    /// {@return the size of all chunks in bytes: what was taken from the parent}
    public long allocatedBytes() {
        return chunks.byteSize();
    }

    /// {@return the most that [#allocatedBytes()] may become, at first `Long.MAX_VALUE`}
    public long limit() {
        return chunks.limit();
    }

    /// Changes the limit, at any time. One below [#allocatedBytes()] takes nothing back; it keeps
    /// new chunks away.
    ///
    /// @param limit in bytes
    /// @throws IllegalArgumentException if it is negative
    public void limit(long limit) {
        chunks.limit(limit);
    }

    /// Gives all chunks back. Closing twice does nothing; allocating afterwards is refused.
    @Override
    public void close() {
        closed = true;
        continueIn(Chunk.NONE, Chunk.NONE.start);
        chunks.truncateBehind(Chunk.NONE);
    }

    /// Chunk by chunk, oldest first; what is left of a chunk that is no longer filled is overhead.
    @Override
    public List<Block> blocks() {
        chunk.filledTo(finger);
        List<Block> blocks = new ArrayList<>();
        chunks.all().forEach(
                each -> blocks.addAll(each.blocks(each == chunk ? Use.FREE : Use.OVERHEAD)));
        return blocks;
    }

    @Override
    public void check() {
        chunk.filledTo(finger);
        chunks.check();
        Contract.law(chunk == chunks.last(), "the chunk being filled is the last one",
                chunk.memory.address(), Contract.hex(chunks.last().memory.address()),
                Contract.hex(chunk.memory.address()));
    }

    @Override
    public String toString() {
        return "Bump(" + allocatedBytes() + " bytes in " + chunks.all().size() + " chunks)";
    }
}
