package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import heapcraft.alloc.Walkable.Block;
import heapcraft.alloc.Walkable.Use;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The blocks of a [FreeListAlloc] as they stand in memory, and the list of the free ones.
///
/// A block begins with a header: one word, its size in bytes, plus 1 if it is live. A free block, a
/// *hole*, has one more word: the next hole's address, or 0.
final class Holes {

    /// Bytes before a payload.
    static final long HEADER = 8;
    /// Block sizes are multiples of this, in bytes, and so payloads are aligned to it. The smallest
    /// hole has just room for its two words.
    static final long UNIT = 16;
    /// Stands before the first hole as a hole stands before the next one.
    static final long HEAD = 0;

    private static final long LIVE = 1;

    private final MemorySegment heap;
    /// The first block's address, `HEADER` below a multiple of `UNIT`.
    final long start;
    /// Behind the last block: blocks fill `start..end` without a gap.
    final long end;
    /// The hole with the lowest address, or 0. Each hole's next one lies above it.
    private long first;
    /// The hole behind which [Fit#NEXT] goes on searching, or `HEAD`.
    private long rover = HEAD;
    /// Where the block taken last ends; a hole that appears below lies behind the search.
    private long resume;
    private long steps;

    Holes(MemorySegment heap) {
        this.heap = Contract.requireNative(heap);
        long base = heap.address();
        start = base + (-(base + HEADER) & (UNIT - 1));
        end = start + Math.max(0, (base + heap.byteSize() - start) & -UNIT);
        if (start < end) {
            insert(HEAD, start, end - start);
        }
    }

    /// The bytes for a payload and its header. What no heap can hold stays that large.
    static long blockSize(long byteSize) {
        return byteSize > Long.MAX_VALUE - HEADER - UNIT ? Long.MAX_VALUE
                : (byteSize + HEADER + UNIT - 1) & -UNIT;
    }

    /// What stays free at a hole's start for the payload to be aligned: a multiple of `UNIT`, so
    /// it can be a hole of its own.
    static long front(long hole, long byteAlignment) {
        return -(hole + HEADER) & (byteAlignment - 1) & -UNIT;
    }

    long sizeOf(long block) {
        return word(block) & ~LIVE;
    }

    boolean isLive(long block) {
        return (word(block) & LIVE) != 0;
    }

    MemorySegment payload(long block, long byteSize) {
        return heap.asSlice(block + HEADER - heap.address(), byteSize);
    }

    void putLive(long block, long byteSize) {
        putWord(block, byteSize | LIVE);
    }

    /// The hole behind this one, or behind `HEAD`; 0 at the end.
    long next(long hole) {
        steps++;
        return hole == HEAD ? first : word(hole + HEADER);
    }

    /// The last hole below an address, or `HEAD`.
    long before(long address) {
        long before = HEAD;
        for (long hole = next(HEAD); hole != 0 && hole < address; hole = next(hole)) {
            before = hole;
        }
        return before;
    }

    /// Makes a hole, and puts it into the list.
    void insert(long before, long hole, long byteSize) {
        putWord(hole, byteSize);
        putWord(hole + HEADER, next(before));
        link(before, hole);
        if (before == rover && hole < resume) {
            rover = hole;
        }
    }

    void remove(long before, long hole) {
        link(before, next(hole));
        if (rover == hole) {
            rover = before;
        }
    }

    long rover() {
        return rover;
    }

    /// Lets the next search begin behind a block just taken.
    void resume(long before, long blockEnd) {
        rover = before;
        resume = blockEnd;
    }

    void resize(long hole, long byteSize) {
        putWord(hole, byteSize);
    }

    /// How often a hole was looked up since the beginning.
    long steps() {
        return steps;
    }

    private void link(long before, long hole) {
        if (before == HEAD) {
            first = hole;
        } else {
            putWord(before + HEADER, hole);
        }
    }

    private long word(long address) {
        return heap.get(JAVA_LONG, address - heap.address());
    }

    private void putWord(long address, long value) {
        heap.set(JAVA_LONG, address - heap.address(), value);
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (long block = start; block < end; block += sizeOf(block)) {
            if (isLive(block)) {
                blocks.add(new Block(block, HEADER, Use.HEADER));
                blocks.add(new Block(block + HEADER, sizeOf(block) - HEADER, Use.LIVE));
            } else {
                blocks.add(new Block(block, sizeOf(block), Use.FREE));
            }
        }
        return blocks;
    }

    /// Walks the blocks from header to header, and the list beside them.
    void check(boolean coalesced) {
        long hole = first;
        long holeEnd = 0;
        for (long block = start; block < end; block += sizeOf(block)) {
            long size = sizeOf(block);
            Contract.law(size >= UNIT && size % UNIT == 0 && size <= end - block,
                    "a header holds a block's size", block,
                    "a multiple of " + UNIT + " up to " + (end - block), size);
            if (!isLive(block)) {
                Contract.law(hole == block, "the list leads to every hole in order", block,
                        Contract.hex(block), Contract.hex(hole));
                Contract.law(!coalesced || holeEnd != block, "no hole touches another", block,
                        "a live block before it", "a hole");
                hole = word(hole + HEADER);
                holeEnd = block + size;
            }
        }
        Contract.law(hole == 0, "the list ends with the last hole", end, "0", Contract.hex(hole));
        Contract.law(rover == HEAD || next(before(rover)) == rover, "the rover is a hole", rover,
                "a hole's address", Contract.hex(rover));
    }
}
