package heapcraft.exercise;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A first-fit heap of 64 KiB that keeps its books beside the memory: whatever goes wrong in it
/// hurts nobody but its customers. Each decision is a method of its own, for [Mistakes] to get it
/// wrong.
///
/// It is here and not public so that a trace is written against a symptom: the file of a learner
/// cannot name it, and nobody meets it on the way to an exercise or its tests.
class SuspectHeap implements GlobalAlloc {

    /// The bytes there are.
    static final long SIZE = 64 * 1024;
    /// All sizes are rounded up to this, and so every block is aligned to it.
    static final long UNIT = 16;

    final MemorySegment memory = Arena.ofAuto().allocate(SIZE, 4096);
    /// The free parts: where each begins, and its size. No two of them touch.
    final NavigableMap<Long, Long> holes = new TreeMap<>(Map.of(0L, SIZE));
    /// The sizes of the blocks that are handed out, by where they begin.
    private final Map<Long, Long> live = new HashMap<>();

    @Override
    public MemorySegment alloc(Layout layout) {
        if (layout.byteSize() > SIZE) {
            return MemorySegment.NULL;
        }
        long needed = layout.byteSize() + UNIT - 1 & -UNIT;
        Long hole = holeFor(needed, layout.byteAlignment());
        if (hole == null) {
            return MemorySegment.NULL;
        }
        long at = aligned(hole, layout.byteAlignment());
        take(hole, at, needed);
        live.put(at, needed);
        return memory.asSlice(at, layout.byteSize());
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        long at = block.address() - memory.address();
        Long size = live.remove(at);
        if (size != null) {
            giveBack(at, size);
        }
    }

    /// Where the hole begins that serves a request; `null` for none.
    Long holeFor(long needed, long byteAlignment) {
        for (long hole : holes.keySet()) {
            if (fits(hole, needed, byteAlignment)) {
                return hole;
            }
        }
        return null;
    }

    boolean fits(long hole, long needed, long byteAlignment) {
        return aligned(hole, byteAlignment) + needed <= hole + holes.get(hole);
    }

    long aligned(long hole, long byteAlignment) {
        return hole + (-(memory.address() + hole) & byteAlignment - 1);
    }

    void take(long hole, long at, long needed) {
        long end = hole + holes.remove(hole);
        addHole(hole, at - hole);
        addHole(at + needed, end - at - needed);
    }

    final void addHole(long at, long size) {
        if (size > 0) {
            holes.put(at, size);
        }
    }

    void giveBack(long at, long size) {
        holes.put(at, size);
        joinWithRight(at);
        Map.Entry<Long, Long> left = holes.lowerEntry(at);
        if (left != null) {
            joinWithRight(left.getKey());
        }
    }

    /// Makes one hole of two, if the second begins where the first ends.
    final void joinWithRight(long at) {
        long size = holes.get(at);
        Long right = holes.remove(at + size);
        if (right != null) {
            holes.put(at, size + right);
        }
    }
}
