package heapcraft.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The work of one round: allocate nodes, write each one and link it to the one before. `main.rs`
/// and `peer.c` do the same.
///
/// One loop serves all heaps of a kind. In a JVM that runs one benchmark and no other, the call in
/// it has one target, and is inlined.
final class Nodes {

    /// Nodes per round: 32 KiB of the small ones, which a first-level cache can hold.
    static final int COUNT = 1024;
    /// 16 to 136 bytes, multiples of 8.
    static final long[] SIZES = mixedSizes();

    private Nodes() { }

    private static long[] mixedSizes() {
        long[] sizes = new long[COUNT];
        long random = 42;
        for (int i = 0; i < COUNT; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            sizes[i] = 16 + 8 * ((random >>> 33) % 16);
        }
        return sizes;
    }

    /// Nodes of 32 bytes, all of them written.
    static long of32(Raw.Heap heap) {
        long head = 0;
        for (int i = 0; i < COUNT; i++) {
            long address = heap.alloc(32, 8);
            fill32(Raw.at(address, 32), head, i);
            head = address;
        }
        return head;
    }

    static long of32(SegmentAllocator heap) {
        long head = 0;
        for (int i = 0; i < COUNT; i++) {
            MemorySegment node = heap.allocate(32, 8);
            fill32(node, head, i);
            head = node.address();
        }
        return head;
    }

    static void fill32(MemorySegment node, long next, long key) {
        node.set(JAVA_LONG_UNALIGNED, 0, next);
        node.set(JAVA_LONG_UNALIGNED, 8, key);
        node.set(JAVA_LONG_UNALIGNED, 16, key);
        node.set(JAVA_LONG_UNALIGNED, 24, key);
    }

    /// Nodes of mixed sizes, whose first and last words are written.
    static long ofMixedSizes(Raw.Heap heap) {
        long head = 0;
        for (long size : SIZES) {
            long address = heap.alloc(size, 8);
            fillEnds(Raw.at(address, size), head, size);
            head = address;
        }
        return head;
    }

    static long ofMixedSizes(SegmentAllocator heap) {
        long head = 0;
        for (long size : SIZES) {
            MemorySegment node = heap.allocate(size, 8);
            fillEnds(node, head, size);
            head = node.address();
        }
        return head;
    }

    private static void fillEnds(MemorySegment node, long next, long size) {
        node.set(JAVA_LONG_UNALIGNED, 0, next);
        node.set(JAVA_LONG_UNALIGNED, size - 8, size);
    }
}
