package heapcraft.lab.compare;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// One thread's way to the heap under test. Blocks are plain addresses here, as they are in C, so
/// that the workload itself leaves no garbage and a collection of it is not measured.
final class Blocks {

    /// What every block is aligned to, in bytes.
    private static final long ALIGNMENT = 8;
    /// A program that uses a large block touches each of its pages, and the kernel must find one.
    private static final long PAGE = 4096;

    private final GlobalAlloc heap;
    private final Runnable reset;
    /// The sum of the live blocks' sizes.
    private long liveBytes;

    Blocks(OpenHeap open) {
        heap = open.heap();
        reset = open.reset();
    }

    long liveBytes() {
        return liveBytes;
    }

    /// @throws NoMemory if the heap has none
    long alloc(long byteSize) {
        MemorySegment block = heap.alloc(new Layout(byteSize, ALIGNMENT));
        if (GlobalAlloc.isNull(block)) {
            throw new NoMemory(byteSize);
        }
        touch(block, 0);
        liveBytes += byteSize;
        return block.address();
    }

    void free(long address, long byteSize) {
        heap.dealloc(block(address, byteSize), new Layout(byteSize, ALIGNMENT));
        liveBytes -= byteSize;
    }

    /// @throws NoMemory if the heap has none
    long realloc(long address, long byteSize, long newSize) {
        MemorySegment block = heap.realloc(block(address, byteSize),
                new Layout(byteSize, ALIGNMENT), newSize);
        if (GlobalAlloc.isNull(block)) {
            throw new NoMemory(newSize);
        }
        touch(block, byteSize);
        liveBytes += newSize - byteSize;
        return block.address();
    }

    /// Whether all blocks can be freed at once.
    boolean canReset() {
        return reset != null;
    }

    void reset() {
        reset.run();
        liveBytes = 0;
    }

    /// Writes a word on each page from an offset on, and the last one.
    private static void touch(MemorySegment block, long from) {
        for (long at = from; at < block.byteSize() - Long.BYTES; at += PAGE) {
            block.set(JAVA_LONG_UNALIGNED, at, at);
        }
        block.set(JAVA_LONG_UNALIGNED, block.byteSize() - Long.BYTES, from);
    }

    private static MemorySegment block(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }
}
