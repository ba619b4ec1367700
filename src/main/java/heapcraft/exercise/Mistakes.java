package heapcraft.exercise;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What is wrong with the heaps behind [Suspect], one mistake each. All of them were met in real
/// allocators.
final class Mistakes {

    private Mistakes() { }

    /// Joins a free block with its right neighbour only.
    static GlobalAlloc forgetsTheLeftNeighbour() {
        return new SuspectHeap() {
            @Override void giveBack(long at, long size) {
                holes.put(at, size);
                joinWithRight(at);
            }
        };
    }

    /// Loses what would be a header's room, each time a hole is cut in two.
    static GlobalAlloc losesAHeaderAtEachCut() {
        return new SuspectHeap() {
            @Override void take(long hole, long at, long needed) {
                long end = hole + holes.remove(hole);
                addHole(hole, at - hole);
                addHole(at + needed, end - at - needed - UNIT);
            }
        };
    }

    /// Copies as many bytes as the old block had, whatever the new one has.
    static GlobalAlloc copiesTheOldSize() {
        return new SuspectHeap() {
            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                MemorySegment moved = alloc(new Layout(size, layout.byteAlignment()));
                if (!GlobalAlloc.isNull(moved)) {
                    long to = moved.address() - memory.address();
                    long bytes = Math.min(layout.byteSize(), SIZE - to);
                    MemorySegment.copy(block, 0, memory, to, bytes);
                    dealloc(block, layout);
                }
                return moved;
            }
        };
    }

    /// Takes all memory for fresh, and fresh memory is 0.
    static GlobalAlloc trustsThatMemoryIsZero() {
        return new SuspectHeap() {
            @Override public MemorySegment allocZeroed(Layout layout) {
                return alloc(layout);
            }
        };
    }

    /// Aligns as `malloc` does, and no better.
    static GlobalAlloc alignsTo16() {
        return new SuspectHeap() {
            @Override long aligned(long hole, long byteAlignment) {
                return super.aligned(hole, Math.min(UNIT, byteAlignment));
            }
        };
    }

    /// Wants one byte more than it needs.
    static GlobalAlloc refusesAnExactFit() {
        return new SuspectHeap() {
            @Override boolean fits(long hole, long needed, long byteAlignment) {
                return aligned(hole, byteAlignment) + needed < hole + holes.get(hole);
            }
        };
    }

    /// Cuts holes to size, and leaves alone what needs no cut: it stays in the list.
    static GlobalAlloc keepsWhatFitsExactly() {
        return new SuspectHeap() {
            @Override void take(long hole, long at, long needed) {
                if (at != hole || holes.get(hole) != needed) {
                    super.take(hole, at, needed);
                }
            }
        };
    }

    /// Frees the old block before it knows whether there is a new one.
    static GlobalAlloc freesBeforeItMoves() {
        return new SuspectHeap() {
            @Override public MemorySegment realloc(MemorySegment block, Layout layout, long size) {
                byte[] kept = block.toArray(ValueLayout.JAVA_BYTE);
                dealloc(block, layout);
                MemorySegment moved = alloc(new Layout(size, layout.byteAlignment()));
                if (!GlobalAlloc.isNull(moved)) {
                    MemorySegment.copy(MemorySegment.ofArray(kept), 0, moved, 0,
                            Math.min(kept.length, size));
                }
                return moved;
            }
        };
    }
}
