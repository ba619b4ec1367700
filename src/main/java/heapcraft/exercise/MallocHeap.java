package heapcraft.exercise;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;

/// A [Malloc] on a [Brk] behind the contract of all other heaps: so it can be replayed, checked,
/// measured and filmed as they are.
///
/// ```java
/// long steps(Brk memory, Malloc mine) {                  // mine works on that memory
///     Replay.on(new MallocHeap(memory, mine)).run(Workload.SERVER.trace(42, 1000));
///     return memory.steps();                             // what it has read and written
/// }
/// ```
///
/// Payloads are written and read past the counters. For one thread; blocks live as long as the
/// memory does.
public final class MallocHeap implements GlobalAlloc {

    /// What every block is aligned to.
    public static final long ALIGNMENT = 16;

    private final Brk memory;
    private final Malloc malloc;

    /// @param memory what the allocator works on
    /// @param malloc the allocator
    public MallocHeap(Brk memory, Malloc malloc) {
        this.memory = memory;
        this.malloc = malloc;
    }

    /// A new block with unknown contents.
    ///
    /// @throws IllegalArgumentException if the alignment is above 16
    /// @throws IndexOutOfBoundsException if the answer lies outside of the memory
    @Override
    public MemorySegment alloc(Layout layout) {
        requireAlignment(layout);
        return block("malloc(" + layout.byteSize() + ")", malloc.malloc(layout.byteSize()),
                layout.byteSize());
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        malloc.free(memory.addressOf(block));
    }

    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        long address = memory.addressOf(block);
        return block("realloc(0x" + Long.toHexString(address) + ", " + newSize + ")",
                malloc.realloc(address, newSize), newSize);
    }

    /// A text about blocks of this heap with the memory's own addresses in the place of the
    /// machine's, such as `0x1010` for `0x7f0000001010`.
    public String translated(String text) {
        return Pattern.compile("0x([0-9a-f]{1,15})\\b").matcher(text).replaceAll(found ->
                "0x" + Long.toHexString(memory.translated(Long.parseLong(found.group(1), 16))));
    }

    /// The allocator's name, for a film's title.
    @Override
    public String toString() {
        return malloc.getClass().getSimpleName();
    }

    private MemorySegment block(String call, long address, long size) {
        return address == 0 ? MemorySegment.NULL : memory.slice(
                call + " = 0x" + Long.toHexString(address) + ", with " + size + " bytes", address,
                size);
    }

    private static void requireAlignment(Layout layout) {
        if (layout.byteAlignment() > ALIGNMENT) {
            throw new IllegalArgumentException("malloc aligns to 16, not to "
                    + layout.byteAlignment());
        }
    }
}
