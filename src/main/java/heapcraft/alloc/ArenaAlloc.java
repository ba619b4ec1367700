package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// An `Arena`, or another of the JDK's allocators, as a heap: so that it can be anyone's parent.
///
/// ```java
/// try (Arena arena = Arena.ofConfined(); var nodes = new Bump(new ArenaAlloc(arena))) {
///     nodes.allocStr("alice");
/// }                                     // nodes gives its chunks back, then arena frees them
/// ```
///
/// A block lives as long as the arena; giving it back alone frees nothing. An `Arena.ofAuto()`
/// collects garbage, and waits for it, before it says that it has no memory. As safe between
/// threads as the arena.
///
/// @param arena hands out fresh memory at every call, off the Java heap: a `prefixAllocator`, which
///              hands out the same again and again, is none
public record ArenaAlloc(SegmentAllocator arena) implements GlobalAlloc {

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        try {
            return Contract.requireNative(
                    arena.allocate(layout.byteSize(), layout.byteAlignment()));
        } catch (OutOfMemoryError | IndexOutOfBoundsException full) {
            // An arena runs out in the first way, a slicing allocator in the second.
            return MemorySegment.NULL;
        }
    }

    /// Frees nothing: the block stays taken until the arena is closed.
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
    }
}
