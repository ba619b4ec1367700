package heapcraft.trace;

import heapcraft.alloc.Layout;

/// One thing that a program asked of its heap, and where the answer lay.
///
/// Blocks have numbers, given in the order of their allocation: an address may come back, a number
/// does not. So the same events can be asked of another heap.
///
/// ```java
/// HeapEvent ask = new HeapEvent.Alloc(0, new Layout(64, 8));   // planned: no address yet
/// HeapEvent got = new HeapEvent.Alloc(0, new Layout(64, 8), false, 0x7f00_0010L);
/// ```
///
/// Events are immutable and may be shared between threads.
public sealed interface HeapEvent {

    /// The address of a block that nobody has asked for yet.
    long PLANNED = -1;

    /// The address when there was no memory: that of `MemorySegment.NULL`.
    long REFUSED = 0;

    /// A new block.
    ///
    /// @param block   the block's number
    /// @param layout  its size and alignment in bytes
    /// @param zeroed  whether its bytes had to be 0
    /// @param address where it lies, or [#REFUSED], or [#PLANNED]
    record Alloc(long block, Layout layout, boolean zeroed, long address) implements HeapEvent {

        /// A block that nobody has asked for yet.
        ///
        /// @param block  the block's number
        /// @param layout its size and alignment in bytes
        public Alloc(long block, Layout layout) {
            this(block, layout, false, PLANNED);
        }
    }

    /// A block that changes its size, and perhaps its place.
    ///
    /// @param block   the block's number, which stays
    /// @param newSize its new size in bytes; the alignment stays
    /// @param address where it lies now, or [#REFUSED] (then it is as it was), or [#PLANNED]
    record Realloc(long block, long newSize, long address) implements HeapEvent {

        /// A change that nobody has asked for yet.
        ///
        /// @param block   the block's number
        /// @param newSize its new size in bytes
        public Realloc(long block, long newSize) {
            this(block, newSize, PLANNED);
        }
    }

    /// A block that is given back.
    ///
    /// @param block the block's number
    record Free(long block) implements HeapEvent { }

    /// The end of all live blocks at once, as an arena's `reset` ends them.
    record Reset() implements HeapEvent { }

    /// {@return the event as a line of a [Trace], such as `alloc 0 64 8 @7f001040`}
    default String line() {
        return TraceText.format(this);
    }
}
