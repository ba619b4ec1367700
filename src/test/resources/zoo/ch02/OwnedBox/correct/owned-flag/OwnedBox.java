package ch02;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.own.Type;
import java.lang.foreign.MemorySegment;

public final class OwnedBox<T> implements AutoCloseable {

    private final Type<T> type;
    private final GlobalAlloc heap;
    private final Layout layout;
    private final MemorySegment block;
    private boolean owned = true;

    private OwnedBox(Type<T> type, GlobalAlloc heap) {
        this.type = type;
        this.heap = heap;
        this.layout = type.layout();
        this.block = heap.alloc(layout);
        if (block.address() == 0) {
            throw new OutOfMemoryError("no block for " + layout);
        }
    }

    public static <T> OwnedBox<T> of(Type<T> type, T value, GlobalAlloc heap) {
        OwnedBox<T> box = new OwnedBox<>(type, heap);
        boolean written = false;
        try {
            type.write(box.block, value);
            written = true;
        } finally {
            if (!written) {
                heap.dealloc(box.intoRaw(), box.layout);
            }
        }
        return box;
    }

    public T get() {
        requireOwned();
        return type.read(block);
    }

    public void set(T value) {
        requireOwned();
        type.drop(block);
        type.write(block, value);
    }

    public MemorySegment intoRaw() {
        requireOwned();
        owned = false;
        return block;
    }

    @Override
    public void close() {
        if (owned) {
            owned = false;
            try {
                type.drop(block);
            } finally {
                heap.dealloc(block, layout);
            }
        }
    }

    private void requireOwned() {
        if (!owned) {
            throw new IllegalStateException("this box owns nothing");
        }
    }
}
