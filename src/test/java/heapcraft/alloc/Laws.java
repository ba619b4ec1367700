package heapcraft.alloc;

import heapcraft.alloc.Row.Trait;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The laws that every heap must keep: one line, one law.
final class Laws {

    static final List<Law> ALL = List.of(
            law("gives as many bytes as asked for", HeapLaws::givesTheSizeAskedFor),
            law("aligns the address", HeapLaws::alignsTheAddress),
            law("lets no live blocks overlap", HeapLaws::letsNoLiveBlocksOverlap),
            law("keeps contents until freed", HeapLaws::keepsContents),
            law("writes nothing outside its memory", HeapLaws::staysWithinItsMemory),
            law("zeroes dirty memory", HeapLaws::zeroesDirtyMemory),
            law("realloc keeps the smaller of both sizes", HeapLaws::reallocKeepsContents),
            law("a failed realloc leaves the old block", HeapLaws::failedReallocLeavesTheOldBlock),
            law("refuses size 0", HeapLaws::refusesSizeZero),
            law("refuses another layout", HeapLaws::refusesAnotherLayout),
            law("refuses an address without its block", HeapLaws::refusesBareAddresses),
            law("failure is a value", HeapLaws::failureIsAValue),
            law("the last byte can be had", row -> row.largest() != null, HeapLaws::fitsExactly),
            law("hands out again what was freed", row -> row.has(Trait.REUSES), HeapLaws::reuses),
            law("is one piece again when all is freed", row -> row.has(Trait.COALESCES),
                    HeapLaws::coalesces),
            law("refuses strangers", row -> row.has(Trait.SEES_STRANGERS),
                    HeapLaws::refusesStrangers),
            law("refuses a second free", row -> row.has(Trait.SEES_THE_DEAD),
                    HeapLaws::refusesASecondFree),
            law("survives a failing parent", row -> row.onParent() != null,
                    HeapLaws::survivesAFailingParent),
            law("check finds nothing wrong", HeapLaws::checkFindsNothing),
            law("blocks tile the memory", HeapLaws::isWalkable, HeapLaws::blocksTileTheMemory),
            law("Allocator: size 0 needs no memory", AllocatorLaws::sizeZeroNeedsNoMemory),
            law("Allocator: gives at least as many bytes", AllocatorLaws::givesAtLeastAsManyBytes),
            law("Allocator: grow and shrink keep contents", AllocatorLaws::resizingKeepsContents),
            law("Allocator: growZeroed zeroes what is new",
                    AllocatorLaws::growZeroedZeroesWhatIsNew),
            law("Allocator: a failed resize leaves the old block",
                    AllocatorLaws::failedResizeLeavesTheOld),
            law("Allocator: grow never shrinks, shrink never grows",
                    AllocatorLaws::directionsAreKept),
            law("serves the JDK as a SegmentAllocator", AllocatorLaws::servesTheJdk));

    private Laws() { }

    private static Law law(String name, Consumer<Trial> check) {
        return law(name, row -> true, check);
    }

    private static Law law(String name, Predicate<Row> concerns, Consumer<Trial> check) {
        return new Law(name, concerns, check);
    }
}
