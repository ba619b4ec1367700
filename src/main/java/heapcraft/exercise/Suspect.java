package heapcraft.exercise;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.trace.Trace;
import java.util.function.Supplier;

/// Heaps of 64 KiB with something wrong in them, of which only a symptom is known. A trace that
/// shows what is wrong convicts them.
///
/// ```java
/// var script = new Script();
/// script.free(script.alloc(100, 16));
/// Suspect.MOSTLY_FREE.says(script.trace());    // "": all went well, nothing is proven
/// ```
///
/// Each trace is replayed on a new heap. Its sizes are rounded up to multiples of 16; alignments up
/// to 4096 are served.
public enum Suspect {

    /// Says no while there is memory.
    MOSTLY_FREE("After a while it says no, though nearly everything is free.",
            Mistakes::forgetsTheLeftNeighbour),
    /// Has less and less.
    SHRINKING_STOCK("Every morning all is given back, and there is a little less than the day"
            + " before.", Mistakes::losesAHeaderAtEachCut),
    /// Hurts a neighbour.
    SMALLER_ROOM("When somebody moves into a smaller room, somebody next door finds his things"
            + " gone.", Mistakes::copiesTheOldSize),
    /// Does not begin at 0.
    OLD_NUMBERS("A new counter should begin at 0. Now and then it begins at 37.",
            Mistakes::trustsThatMemoryIsZero),
    /// Crashes what wants to be well aligned.
    CRASHING_VECTORS("Vector instructions crash, though not with the first block.",
            Mistakes::alignsTo16),
    /// Leaves a hole alone.
    PERFECT_HOLE("There is a hole of just the right size, and nobody gets it.",
            Mistakes::refusesAnExactFit),
    /// Serves two with one block.
    TWIN_KEYS("Of two who asked for the same size, one after the other, both got the same room.",
            Mistakes::keepsWhatFitsExactly),
    /// Takes offence.
    TOO_MUCH_ONCE("Once, somebody asked for far too much, and was refused. Since then, somebody"
            + " else writes into his block.", Mistakes::freesBeforeItMoves);

    private final String symptom;
    private final Supplier<GlobalAlloc> make;

    Suspect(String symptom, Supplier<GlobalAlloc> make) {
        this.symptom = symptom;
        this.make = make;
    }

    /// What customers say of it.
    public String symptom() {
        return symptom;
    }

    /// Replays a trace on a new heap of this kind.
    ///
    /// @return what went wrong first; empty if all went well
    public String says(Trace trace) {
        return Hearing.of(make.get(), trace);
    }
}
