package heapcraft.view;

import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// All memory that the blocks of a trace ever stand on.
final class Ground {

    /// Blocks farther apart than a page, in bytes, are not in one piece of memory.
    private static final long PAGE = 4096;

    /// @param end behind the last byte
    record Stretch(long start, long end) { }

    /// The ends of the stretches by their starts. Between two of them is a gap.
    private final NavigableMap<Long, Long> ends = new TreeMap<>();

    private Ground() { }

    static Ground of(Trace trace) {
        Ground ground = new Ground();
        for (HeapEvent event : trace.events()) {
            switch (event) {
                case Alloc alloc -> ground.add(alloc.address(), alloc.layout().byteSize());
                case Realloc realloc -> ground.add(realloc.address(), realloc.newSize());
                default -> { }
            }
        }
        return ground;
    }

    private void add(long address, long byteSize) {
        if (address <= HeapEvent.REFUSED) {
            return;
        }
        long start = address;
        long end = address + byteSize;
        Map.Entry<Long, Long> below = ends.floorEntry(end);
        while (below != null && below.getValue() >= start) {
            start = Math.min(start, below.getKey());
            end = Math.max(end, below.getValue());
            ends.remove(below.getKey());
            below = ends.floorEntry(end);
        }
        ends.put(start, end);
    }

    /// The stretches, those that lie close to each other joined.
    List<Stretch> pieces() {
        List<Stretch> pieces = new ArrayList<>();
        ends.forEach((start, end) -> {
            boolean close = !pieces.isEmpty() && start - pieces.getLast().end() <= PAGE;
            pieces.add(new Stretch(close ? pieces.removeLast().start() : start, end));
        });
        return pieces;
    }

    /// The parts of the stretches between two addresses.
    List<Stretch> within(long start, long end) {
        List<Stretch> within = new ArrayList<>();
        if (start < end) {
            Long first = ends.floorKey(start);
            ends.subMap(first == null ? start : first, end).forEach((from, to) -> {
                if (to > start) {
                    within.add(new Stretch(Math.max(from, start), Math.min(to, end)));
                }
            });
        }
        return within;
    }
}
