package heapcraft.view;

import heapcraft.alloc.Walkable.Block;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import java.util.ArrayList;
import java.util.List;

/// Where a policy looks for a place, in order, and why it refuses what it refuses: told in words,
/// from what its heap shows before the request.
final class HoleSearch {

    private final HeapSetup setup;
    private final RecordedHeap heap;
    private final long wanted;
    private final List<String> looks = new ArrayList<>();
    private Block found;

    private HoleSearch(HeapSetup setup, RecordedHeap heap, long units) {
        this.setup = setup;
        this.heap = heap;
        this.wanted = units;
    }

    /// The search for so many units.
    ///
    /// @param heap the heap of this setup, before the request
    static HoleSearch of(HeapSetup setup, RecordedHeap heap, long units) {
        HoleSearch search = new HoleSearch(setup, heap, units);
        switch (setup.policy()) {
            case FIRST_FIT -> search.first("First fit looks from the lowest address on.",
                    heap.holes());
            case NEXT_FIT -> search.next();
            case BEST_FIT -> search.all("Best fit looks at every hole.", true);
            case WORST_FIT -> search.all("Worst fit looks at every hole.", false);
            case BUDDY -> search.buddies();
            case SIZE_CLASSES -> search.classes();
        }
        return search;
    }

    /// The first unit of the place that was found, or -1.
    long found() {
        return found == null ? -1 : unit(found);
    }

    /// The search in sentences.
    String words() {
        return String.join(" ", looks);
    }

    private long unit(Block hole) {
        return (hole.address() - heap.start()) / HeapSetup.UNIT;
    }

    private static long size(Block hole) {
        return HeapSetup.units(hole.byteSize());
    }

    private void first(String start, List<Block> holes) {
        looks.add(start);
        for (Block hole : holes) {
            if (size(hole) >= wanted) {
                look(hole, "taken");
                found = hole;
                return;
            }
            look(hole, "too small");
        }
    }

    private void look(Block hole, String verdict) {
        looks.add("The hole at " + unit(hole) + " has " + HeapSetup.counted(size(hole)) + ": "
                + verdict + ".");
    }

    /// From where the last search ended to the end, and then from the lowest address on.
    private void next() {
        long resume = resume();
        List<Block> holes = new ArrayList<>();
        heap.holes().stream().filter(hole -> hole.address() >= resume).forEach(holes::add);
        boolean wraps = holes.isEmpty() || holes.stream().noneMatch(hole -> size(hole) >= wanted);
        heap.holes().stream().filter(hole -> hole.address() < resume).forEach(holes::add);
        first("Next fit goes on behind the block it placed last, at unit "
                + (resume - heap.start()) / HeapSetup.UNIT + (wraps ? ", and from the end on at the"
                        + " lowest address." : "."), holes);
    }

    private long resume() {
        long resume = heap.start();
        for (HeapEvent event : heap.trace().events()) {
            if (event instanceof Alloc alloc && alloc.address() != HeapEvent.REFUSED) {
                resume = alloc.address() + alloc.layout().byteSize();
            }
        }
        return resume;
    }

    private void all(String start, boolean smallest) {
        looks.add(start);
        for (Block hole : heap.holes()) {
            if (size(hole) < wanted) {
                look(hole, "too small");
            } else if (found == null) {
                look(hole, "fits");
                found = hole;
            } else if (smallest ? size(hole) < size(found) : size(hole) > size(found)) {
                look(hole, "fits, and is " + (smallest ? "smaller" : "larger"));
                found = hole;
            } else {
                look(hole, "fits, but is no " + (smallest ? "smaller" : "larger"));
            }
        }
        if (found != null) {
            looks.add("So it takes the one at " + unit(found) + ".");
        }
    }

    private void buddies() {
        long whole = given();
        looks.add("A buddy heap rounds " + HeapSetup.counted(wanted) + " up to " + whole + ".");
        for (long size = whole; size <= setup.units() && found == null; size *= 2) {
            long wantedSize = size;
            found = heap.holes().stream().filter(hole -> size(hole) == wantedSize).findFirst()
                    .orElse(null);
            if (found == null) {
                looks.add("No block of " + size + " is free.");
            } else {
                looks.add("The lowest free block of " + size + " is at " + unit(found) + ": taken"
                        + (size == whole ? "." : ", and halved until " + whole
                                + " are left; the lower half is used each time."));
            }
        }
    }

    private long given() {
        return setup.policy().given(wanted, heap);
    }

    /// Which of a class's free blocks comes next is the span's secret: the real heap is asked.
    private void classes() {
        RecordedHeap twin = setup.build();
        long number = twin.nextNumber();
        twin.ask(new Alloc(number, HeapSetup.layout(wanted)));
        looks.add("A request of " + HeapSetup.counted(wanted) + " belongs to the class of "
                + given() + ".");
        if (twin.block(number) != null) {
            long offset = twin.block(number).address() - twin.start();
            found = heap.holeAt(heap.start() + offset);
            looks.add(size(found) == given()
                    ? "A free block of it is at " + unit(found) + ": taken. Its span hands out the"
                            + " block freed last, or else the first one never used."
                    : "No block of it is free, so free pages from " + unit(found)
                            + " on become a span of such blocks: the first is taken.");
        }
    }
}
