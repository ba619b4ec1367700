package heapcraft.own;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The block of a growing array and the rule by which it grows; it knows nothing of the values.
///
/// Follows Rust's
/// [RawVec](https://doc.rust-lang.org/src/alloc/raw_vec/mod.rs.html), which `Vec` stands on there
/// too.
final class RawVec {

    private final Layout element;
    private final Allocator heap;
    /// From one element to the next, in bytes.
    private final long stride;
    /// Room for `capacity` elements; dangling if that takes no bytes; `null` once closed.
    private MemorySegment block;
    private long capacity;

    RawVec(Layout element, Allocator heap) {
        this.element = element;
        this.heap = heap;
        this.stride = element.padToAlign().byteSize();
        this.block = element.dangling();
        this.capacity = stride == 0 ? Long.MAX_VALUE : 0;
    }

    long capacity() {
        return capacity;
    }

    boolean isClosed() {
        return block == null;
    }

    MemorySegment block() {
        return block;
    }

    /// Where in the block the element at `index` begins, in bytes.
    long offset(long index) {
        return index * stride;
    }

    /// Where the element at `index` lies, whether there is one or not.
    MemorySegment slot(long index) {
        return block.asSlice(index * stride, element.byteSize());
    }

    /// Several elements in a row, each with its padding.
    MemorySegment slots(long from, long count) {
        return block.asSlice(from * stride, count * stride);
    }

    /// Copies elements to where they, or others of them, may lie already.
    void move(long from, long to, long count) {
        MemorySegment.copy(block, from * stride, block, to * stride, count * stride);
    }

    /// Puts at each index the element that was at `from[index]`.
    void reorder(int[] from) {
        try (Arena aside = Arena.ofConfined()) {
            MemorySegment old = aside.allocate(from.length * stride);
            old.copyFrom(slots(0, from.length));
            for (int i = 0; i < from.length; i++) {
                MemorySegment.copy(old, from[i] * stride, block, i * stride, stride);
            }
        }
    }

    /// Makes room by doubling, so that many small steps cost no more than a large one.
    void reserve(long length, long additional) {
        long needed = needed(length, additional);
        if (needed > capacity) {
            resize(Math.max(needed, Math.max(2 * capacity, firstCapacity())));
        }
    }

    void reserveExact(long length, long additional) {
        long needed = needed(length, additional);
        if (needed > capacity) {
            resize(needed);
        }
    }

    private static long needed(long length, long additional) {
        if (additional < 0 || additional > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("room for " + additional + " more elements: from 0"
                    + " to " + (Long.MAX_VALUE - length) + " can be asked for");
        }
        return length + additional;
    }

    /// Rust's choice: a first block below this is not worth a call to the heap.
    private long firstCapacity() {
        return stride == 1 ? 8 : stride <= 1024 ? 4 : 1;
    }

    void shrinkTo(long newCapacity) {
        if (newCapacity < capacity && stride > 0) {
            if (newCapacity == 0) {
                free(element.dangling());
            } else {
                resize(newCapacity);
            }
        }
    }

    /// If the heap has no block, everything is as it was.
    private void resize(long newCapacity) {
        Layout wanted = room(newCapacity);
        MemorySegment resized = resized(wanted);
        if (isNull(resized)) {
            throw new OutOfMemoryError(heap + " has no block for " + wanted);
        }
        block = resized;
        capacity = newCapacity;
    }

    private MemorySegment resized(Layout wanted) {
        Layout old = room(capacity);
        if (old.byteSize() == 0) {
            return heap.allocate(wanted);
        }
        return wanted.byteSize() > old.byteSize()
                ? heap.grow(block, old, wanted) : heap.shrink(block, old, wanted);
    }

    void close() {
        free(null);
    }

    private void free(MemorySegment instead) {
        MemorySegment freed = block;
        Layout layout = room(capacity);
        block = instead;
        capacity = 0;
        if (layout.byteSize() > 0) {
            heap.deallocate(freed, layout);
        }
    }

    private Layout room(long elements) {
        return Layout.array(element, elements);
    }
}
