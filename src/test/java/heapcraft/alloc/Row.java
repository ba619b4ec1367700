package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;

/// One allocator to be tried, and what may be asked of it.
///
/// @param name      how the table calls it
/// @param over      makes one that hands out no memory but this
/// @param traits    what it can
/// @param byteSize  how much memory it is tried with
/// @param largest   the largest block, of alignment 1, that fits into empty memory; from the
///                  memory's address and size
/// @param maxLayout the largest size and alignment it serves at all
/// @param onParent  makes one that takes its memory from a parent, or `null`
record Row(String name, Function<MemorySegment, GlobalAlloc> over, Set<Trait> traits, long byteSize,
           LongBinaryOperator largest, Layout maxLayout, UnaryOperator<GlobalAlloc> onParent) {

    enum Trait {
        /// Hands out memory that was given back.
        REUSES,
        /// All blocks given back, the memory is in one piece again.
        COALESCES,
        /// Has more memory than it is tried with.
        UNBOUNDED,
        /// Reserves addresses without memory behind them, so that a huge alignment may be met.
        RESERVES,
        /// Knows its memory's borders, so it refuses a block from outside.
        SEES_STRANGERS,
        /// Knows which blocks are live, so it refuses one that is not.
        SEES_THE_DEAD
    }

    static Row of(String name, Function<MemorySegment, GlobalAlloc> over, Trait... traits) {
        Set<Trait> set = EnumSet.noneOf(Trait.class);
        set.addAll(Set.of(traits));
        return new Row(name, over, set, 32 * 1024, null, new Layout(16 * 1024, 4096), null);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    Row and(Trait trait) {
        Set<Trait> more = EnumSet.copyOf(Set.of(trait));
        more.addAll(traits);
        return new Row(name, over, more, byteSize, largest, maxLayout, onParent);
    }

    Row largest(LongBinaryOperator largest) {
        return new Row(name, over, traits, byteSize, largest, maxLayout, onParent);
    }

    Row byteSize(long byteSize) {
        return new Row(name, over, traits, byteSize, largest, maxLayout, onParent);
    }

    Row maxLayout(Layout maxLayout) {
        return new Row(name, over, traits, byteSize, largest, maxLayout, onParent);
    }

    Row name(String name) {
        return new Row(name, over, traits, byteSize, largest, maxLayout, onParent);
    }

    Row onParent(UnaryOperator<GlobalAlloc> onParent) {
        return new Row(name, over, traits, byteSize, largest, maxLayout, onParent);
    }

    @Override
    public String toString() {
        return name;
    }
}
