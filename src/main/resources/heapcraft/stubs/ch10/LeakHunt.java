package ch10;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A heap that remembers who asked for each block, and names who never gave it back.
///
/// The idea: a note for every live block, found by its address. Who asks says where he is, the
/// *site*. What still has a note at the end has leaked; what comes back without one is a mistake.
///
/// ```text
///   alloc(100, "parser")   0x1000: 100 bytes, parser
///   alloc(50, "cache")     0x1070:  50 bytes, cache
///   dealloc(0x1000)        gone; but it was the parser's
///   leaks()                cache: 1 block, 50 bytes
///   dealloc(0x1000)        a double free, and the parser's
/// ```
///
/// One thread at a time.
///
/// Be graded: `./lab grade LeakHunt`, `mvn test -Dexercise=LeakHunt`, or `check("LeakHunt")` in the
/// notebook. The library's `TrackingAllocator` and `CheckedAlloc` are not allowed here.
public final class LeakHunt {

    /// What one site asked for and nobody gave back.
    ///
    /// @param site   who asked
    /// @param blocks how many live blocks it asked for
    /// @param bytes  their size in all
    public record Leak(String site, long blocks, long bytes) { }

    /// What can be wrong with a block that comes back.
    public enum Kind {
        /// It came back before, or has moved elsewhere.
        DOUBLE_FREE,
        /// Nobody ever got a block at that address from here.
        FOREIGN_FREE,
        /// It is live, but has another layout.
        WRONG_LAYOUT
    }

    /// A mistake that was noticed before any harm was done. This one is finished.
    public static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Kind kind;
        private final String site;

        /// @param site who asked for the block, or `nobody`
        public Misuse(Kind kind, String site) {
            super(kind + ", the block was asked for by " + site);
            this.kind = kind;
            this.site = site;
        }

        /// What is wrong.
        public Kind kind() {
            return kind;
        }

        /// Who asked for the block, or `nobody`.
        public String site() {
            return site;
        }
    }

    /// The note for a live block.
    private record Note(Layout layout, String site) { }

    private final GlobalAlloc below;
    /// The live blocks, by their addresses: `block.address()`.
    private final Map<Long, Note> live = new HashMap<>();
    // What else must be known, to tell a block that came back from one that never was here?

    /// @param below does the work
    public LeakHunt(GlobalAlloc below) {
        this.below = below;
    }

    /// A block from the heap below, and a note of who asked for it.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
    public MemorySegment alloc(Layout layout, String site) {
        throw todo("hand out a block and note who asked for it");
    }

    /// What was asked for and not given back: one entry for each site, the most bytes first; of
    /// equals, the site that comes first in the alphabet.
    public List<Leak> leaks() {
        throw todo("add up what is live, site by site, and put it in order");
    }

    /// Gives a block back to the heap below.
    ///
    /// @param layout the layout it has
    /// @throws Misuse if it is none of the live blocks, or has another layout; then the heap below
    ///                is not asked, and everything is as it was
    public void dealloc(MemorySegment block, Layout layout) {
        throw todo("take back what is ours, and name what is not");
    }

    /// The same block with another size, resized by the heap below; it may move. Who asked for it
    /// stays the same.
    ///
    /// @return `MemorySegment.NULL` if there is no memory; then the block is as it was
    /// @throws Misuse as `dealloc` does
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        throw todo("have the block resized, and keep the notes right");
    }
}
