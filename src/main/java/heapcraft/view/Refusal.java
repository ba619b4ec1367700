package heapcraft.view;

import heapcraft.alloc.Walkable.Block;

/// Why a request got no memory, in words: what is free, and why none of it was good enough.
final class Refusal {

    /// A page and the largest class, in units: what is larger gets pages of its own.
    private static final long PAGE = 4;
    private static final long LARGEST_CLASS = 32;

    private final HeapSetup setup;
    private final RecordedHeap heap;
    private final long wanted;

    private Refusal(HeapSetup setup, RecordedHeap heap, long units) {
        this.setup = setup;
        this.heap = heap;
        this.wanted = units;
    }

    /// The sentence for a request of so many units that this heap has just refused.
    static String words(HeapSetup setup, RecordedHeap heap, long units) {
        long free = HeapSetup.units(heap.now().free());
        String start = "No block of " + HeapSetup.counted(units) + ": ";
        if (free < units) {
            return start + (free == 0 ? "nothing is free." : "only " + isFree(free) + ".");
        }
        return start + isFree(free) + ", but " + new Refusal(setup, heap, units).why() + ".";
    }

    private static String isFree(long units) {
        return HeapSetup.counted(units) + (units == 1 ? " is free" : " are free");
    }

    private String why() {
        long largest = HeapSetup.units(heap.now().largestFree());
        return switch (setup.policy()) {
            case SIZE_CLASSES -> noBlockOfTheClass();
            case BUDDY -> "a buddy heap needs one block of " + setup.policy().given(wanted, heap)
                    + ", and the largest free one has " + largest;
            default -> "the largest hole has " + largest + unjoined();
        };
    }

    private String noBlockOfTheClass() {
        long pages = Math.ceilDiv(wanted, PAGE);
        String inARow = pages == 1 ? "no page is free"
                : "no " + pages + " free pages stand in a row";
        return wanted > LARGEST_CLASS ? inARow : "no block of the class of "
                + HeapSetup.counted(setup.policy().given(wanted, heap)) + " is free, and " + inARow
                + " to make some";
    }

    private String unjoined() {
        long row = HeapSetup.units(longestRow());
        return row < wanted ? ""
                : "; neighbouring holes make " + row + " in a row, but nobody joins them";
    }

    /// The longest row of holes without a live block between them, in bytes.
    private long longestRow() {
        long longest = 0;
        long row = 0;
        long end = 0;
        for (Block hole : heap.holes()) {
            row = hole.address() == end ? row + hole.byteSize() : hole.byteSize();
            end = hole.end();
            longest = Math.max(longest, row);
        }
        return longest;
    }
}
