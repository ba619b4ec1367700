package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/// Memory cut into pages, handed out as runs of neighbours.
final class Pages {

    /// As large as the smallest page of today's processors, in bytes.
    static final long PAGE = 4096;

    private final MemorySegment memory;
    /// The first page's address, a multiple of `PAGE`.
    final long start;
    final int count;
    /// Which pages are handed out. The one behind the last counts as such: there a run ends.
    private final BitSet taken = new BitSet();
    /// No page below this one is free.
    private int lowest;

    Pages(MemorySegment memory) {
        this.memory = Contract.requireNative(memory);
        start = memory.address() + (-memory.address() & (PAGE - 1));
        count = Math.toIntExact(
                Math.max(0, memory.address() + memory.byteSize() - start) / PAGE);
        taken.set(count);
    }

    /// The first page of the lowest run of so many pages, or -1.
    int take(long length, long byteAlignment) {
        lowest = taken.nextClearBit(lowest);
        for (int free = lowest; free < count; ) {
            int end = taken.nextSetBit(free);
            long first = free + (-address(free) & (byteAlignment - 1)) / PAGE;
            if (length <= end - first) {
                taken.set((int) first, (int) (first + length));
                return (int) first;
            }
            free = taken.nextClearBit(end);
        }
        return -1;
    }

    void give(int first, int length) {
        taken.clear(first, first + length);
        lowest = Math.min(lowest, first);
    }

    boolean isTaken(int page) {
        return taken.get(page);
    }

    long address(int page) {
        return start + page * PAGE;
    }

    /// The page that an address lies in.
    int pageOf(long address) {
        return (int) ((address - start) / PAGE);
    }

    /// How many pages so many bytes need.
    static long needed(long byteSize) {
        return Math.ceilDiv(byteSize, PAGE);
    }

    MemorySegment run(int first, long length) {
        return slice(address(first), length * PAGE);
    }

    long end() {
        return address(count);
    }

    MemorySegment slice(long address, long byteSize) {
        return memory.asSlice(address - memory.address(), byteSize);
    }
}
