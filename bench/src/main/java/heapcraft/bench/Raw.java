package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// Memory as C sees it: an address is a number, and whoever writes there vouches for it.
final class Raw {

    /// A heap that hands out addresses.
    interface Heap {
        long alloc(long byteSize, long byteAlignment);
    }

    private Raw() { }

    /// A segment at an address. It is gone once compiled, and so are the checks of accesses at
    /// constant offsets.
    static MemorySegment at(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    static long firstWord(long address) {
        return at(address, Long.BYTES).get(JAVA_LONG, 0);
    }
}
