package ch09;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.NoSuchElementException;

/// Null for no block; every layout is that of the whole block, to its last byte.
public final class ArenaVec implements AutoCloseable {

    public static final Layout ELEMENT = new Layout(8, 8);
    public static final long MOST = Layout.maxSize(8) / 8;

    private final Allocator heap;
    private MemorySegment block;
    private long length;

    public ArenaVec(Allocator heap) {
        this.heap = heap;
    }

    public long length() {
        return length;
    }

    public long capacity() {
        return block == null ? 0 : block.byteSize() / 8;
    }

    public MemorySegment slice() {
        return block == null ? MemorySegment.ofAddress(8) : block.asSlice(0, 8 * length);
    }

    public static long grown(long capacity, long needed) {
        long[] all = {4, needed, capacity + capacity};
        java.util.Arrays.sort(all);
        return all[2];
    }

    public boolean reserve(long additional) {
        long room = capacity() - length;
        if (room >= additional) {
            return true;
        }
        if (Long.compareUnsigned(length + additional, MOST) > 0
                || grown(capacity(), length + additional) > MOST) {
            return false;
        }
        Layout next = new Layout(8 * grown(capacity(), length + additional), 8);
        MemorySegment larger;
        if (block == null) {
            larger = heap.allocate(next);
        } else {
            Layout now = new Layout(block.byteSize(), 8);
            larger = heap.grow(block, now,
                    new Layout(Math.max(next.byteSize(), now.byteSize()), 8));
        }
        if (larger.address() == 0) {
            return false;
        }
        block = larger;
        return true;
    }

    public boolean push(long value) {
        if (length == capacity() && !reserve(1)) {
            return false;
        }
        block.set(ValueLayout.JAVA_LONG, 8 * length++, value);
        return true;
    }

    public long get(long index) {
        if (Long.compareUnsigned(index, length) >= 0) {
            throw new IndexOutOfBoundsException(index);
        }
        return block.get(ValueLayout.JAVA_LONG, 8 * index);
    }

    public long pop() {
        if (length < 1) {
            throw new NoSuchElementException("empty");
        }
        return block.get(ValueLayout.JAVA_LONG, 8 * --length);
    }

    @Override
    public void close() {
        if (block == null) {
            return;
        }
        MemorySegment dying = block;
        block = null;
        length = 0;
        heap.deallocate(dying, new Layout(dying.byteSize(), 8));
    }
}
