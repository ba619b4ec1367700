// What is the block of an array that has none?
// killed by: is_empty_once_it_was_closed
package ch09;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.NoSuchElementException;

public final class ArenaVec implements AutoCloseable {

    public static final Layout ELEMENT = new Layout(8, 8);
    public static final long MOST = Layout.maxSize(8) / 8;

    private final Allocator heap;
    private MemorySegment block = ELEMENT.dangling();
    private long capacity;
    private long length;

    public ArenaVec(Allocator heap) {
        this.heap = heap;
    }

    public long length() {
        return length;
    }

    public long capacity() {
        return capacity;
    }

    public MemorySegment slice() {
        return block.asSlice(0, ELEMENT.byteSize() * length);
    }

    public static long grown(long capacity, long needed) {
        return Math.max(needed, Math.max(2 * capacity, 4));
    }

    public boolean reserve(long additional) {
        if (additional <= capacity - length) {
            return true;
        }
        if (additional > MOST - length) {
            return false;
        }
        long wanted = grown(capacity, length + additional);
        if (wanted > MOST) {
            return false;
        }
        Layout larger = Layout.array(ELEMENT, wanted);
        MemorySegment answer = capacity == 0 ? heap.allocate(larger)
                : heap.grow(block, room(), larger);
        if (GlobalAlloc.isNull(answer)) {
            return false;
        }
        block = answer;
        capacity = answer.byteSize() / ELEMENT.byteSize();
        return true;
    }

    private Layout room() {
        return Layout.array(ELEMENT, capacity);
    }

    public boolean push(long value) {
        if (!reserve(1)) {
            return false;
        }
        block.setAtIndex(ValueLayout.JAVA_LONG, length, value);
        length++;
        return true;
    }

    public long get(long index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException("index " + index + " of " + length + " elements");
        }
        return block.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    public long pop() {
        if (length == 0) {
            throw new NoSuchElementException("pop without an element");
        }
        length--;
        return block.getAtIndex(ValueLayout.JAVA_LONG, length);
    }

    @Override
    public void close() {
        if (capacity > 0) {
            heap.deallocate(block, room());
        }
        block = null;
        capacity = 0;
        length = 0;
    }
}
