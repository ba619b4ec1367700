package heapcraft.exercise;

import heapcraft.alloc.BuddyAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.SizeClassAlloc;
import heapcraft.trace.Trace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/// Heaps with nothing wrong in them: whatever a trace does to convict a [Suspect], here it must go
/// well.
///
/// ```java
/// var script = new Script();
/// script.alloc(70_000, 16);
/// Innocent.FIRST_FIT.says(script.trace());   // "event 0, alloc 0 70000 16: refused"
/// ```
///
/// The first three have 64 KiB, as a suspect has; buddies round each size up to a power of two. Size
/// classes have 256 KiB, since each class takes a stretch of memory for itself.
public enum Innocent {

    /// A suspect's own design without any mistake.
    FIRST_FIT(SuspectHeap::new),
    /// The same, but the smallest hole with room is taken.
    BEST_FIT(Innocent::bestFit),
    /// Blocks of powers of two.
    BUDDY(() -> new BuddyAlloc(memory(SuspectHeap.SIZE))),
    /// Blocks of a few sizes, kept apart.
    SIZE_CLASSES(() -> new SizeClassAlloc(memory(4 * SuspectHeap.SIZE)));

    private final Supplier<GlobalAlloc> make;

    Innocent(Supplier<GlobalAlloc> make) {
        this.make = make;
    }

    /// Replays a trace on a new heap of this kind.
    ///
    /// @return what went wrong first; empty if all went well
    public String says(Trace trace) {
        return Hearing.of(make.get(), trace);
    }

    /// At a multiple of 64 KiB, so that a buddy can have all of it.
    private static MemorySegment memory(long size) {
        return Arena.ofAuto().allocate(size, SuspectHeap.SIZE);
    }

    private static GlobalAlloc bestFit() {
        return new SuspectHeap() {
            @Override Long holeFor(long needed, long byteAlignment) {
                Long best = null;
                for (long hole : holes.keySet()) {
                    if (fits(hole, needed, byteAlignment)
                            && (best == null || holes.get(hole) < holes.get(best))) {
                        best = hole;
                    }
                }
                return best;
            }
        };
    }
}
