package heapcraft.view;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Units in a row, counted from a heap's start.
///
/// @param start the first
/// @param end   the first one behind them
record UnitRange(long start, long end) {

    /// The units of so many bytes at an address; a header counts to its block.
    static UnitRange of(RecordedHeap heap, long address, long byteSize) {
        long start = (address - heap.start()) / HeapSetup.UNIT;
        return new UnitRange(start, start + HeapSetup.units(byteSize));
    }

    /// What is free, block by block.
    static List<UnitRange> free(RecordedHeap heap) {
        return heap.holes().stream().map(hole -> of(heap, hole.address(), hole.byteSize()))
                .toList();
    }

    /// What a live block has, with what was rounded up.
    static UnitRange live(RecordedHeap heap, long number) {
        return of(heap, heap.block(number).address(), heap.heap().goodSize(heap.layout(number)));
    }

    /// In order: "0-3, 9".
    static String words(Collection<UnitRange> ranges) {
        return ranges.stream().sorted(Comparator.comparing(UnitRange::start))
                .map(UnitRange::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return end - start == 1 ? "" + start : start + "-" + (end - 1);
    }
}
