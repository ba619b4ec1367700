package heapcraft.own;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Strings that own their text: an address and a length in place, UTF-8 bytes in another block.
///
/// An address read from memory is only a number. The way from it back to the block goes through
/// [#blocks], so that no number that somebody wrote there can reach anybody else's memory.
final class StringType implements Type<String> {

    private static final Layout ADDRESS_AND_LENGTH = new Layout(16, 8);

    private final Supplier<Allocator> heap;
    /// The text blocks that are alive, by address. An empty text has none.
    private final Map<Long, MemorySegment> blocks = new ConcurrentHashMap<>();

    /// @param heap asked for at the first text, so that a constant of this type does not fix the
    ///             global allocator by existing
    StringType(Supplier<Allocator> heap) {
        this.heap = heap;
    }

    @Override
    public Layout layout() {
        return ADDRESS_AND_LENGTH;
    }

    @Override
    public void write(MemorySegment at, String value) {
        byte[] text = Utf8.encode(value);
        long address = text.length == 0 ? 1 : store(text).address();
        at.set(JAVA_LONG_UNALIGNED, 0, address);
        at.set(JAVA_LONG_UNALIGNED, 8, text.length);
    }

    private MemorySegment store(byte[] text) {
        Layout layout = new Layout(text.length, 1);
        MemorySegment block = heap.get().allocate(layout);
        if (isNull(block)) {
            throw new OutOfMemoryError(heap.get() + " has no block for " + layout);
        }
        MemorySegment.copy(text, 0, block, JAVA_BYTE, 0, text.length);
        blocks.put(block.address(), block);
        return block;
    }

    @Override
    public String read(MemorySegment at) {
        int length = Math.toIntExact(length(at));
        if (length == 0) {
            return "";
        }
        byte[] text = new byte[length];
        MemorySegment.copy(found(at, blocks.get(address(at))), JAVA_BYTE, 0, text, 0, length);
        return Utf8.decode(text);
    }

    @Override
    public void drop(MemorySegment at) {
        if (length(at) > 0) {
            MemorySegment block = found(at, blocks.remove(address(at)));
            heap.get().deallocate(block, new Layout(length(at), 1));
        }
    }

    private static long address(MemorySegment at) {
        return at.get(JAVA_LONG_UNALIGNED, 0);
    }

    private static long length(MemorySegment at) {
        return at.get(JAVA_LONG_UNALIGNED, 8);
    }

    private static MemorySegment found(MemorySegment at, MemorySegment block) {
        if (block == null) {
            throw new IllegalStateException("no string lives at 0x" + Long.toHexString(at.address())
                    + ": its text is not at 0x" + Long.toHexString(address(at))
                    + "; was it dropped, overwritten, or written by another type?");
        }
        return block;
    }
}
