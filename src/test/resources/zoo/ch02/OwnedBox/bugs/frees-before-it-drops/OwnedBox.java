// Is a value still there once its block was freed?
// killed by: drops_the_value_then_frees_its_block, agrees_with_a_plain_model_in_any_order
package ch02;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.own.Type;
import java.lang.foreign.MemorySegment;

public final class OwnedBox<T> implements AutoCloseable {

    private final Type<T> type;
    private final GlobalAlloc heap;
    private MemorySegment block;

    private OwnedBox(Type<T> type, GlobalAlloc heap, MemorySegment block) {
        this.type = type;
        this.heap = heap;
        this.block = block;
    }

    public static <T> OwnedBox<T> of(Type<T> type, T value, GlobalAlloc heap) {
        Layout layout = type.layout();
        MemorySegment block = heap.alloc(layout);
        if (GlobalAlloc.isNull(block)) {
            throw new OutOfMemoryError("no block for " + layout);
        }
        try {
            type.write(block, value);
        } catch (Throwable e) {
            heap.dealloc(block, layout);
            throw e;
        }
        return new OwnedBox<>(type, heap, block);
    }

    public T get() {
        return type.read(owned());
    }

    public void set(T value) {
        type.drop(owned());
        type.write(block, value);
    }

    public MemorySegment intoRaw() {
        MemorySegment raw = owned();
        block = null;
        return raw;
    }

    @Override
    public void close() {
        if (block == null) {
            return;
        }
        MemorySegment dying = intoRaw();
        try {
            heap.dealloc(dying, type.layout());
        } finally {
            type.drop(dying);
        }
    }

    private MemorySegment owned() {
        if (block == null) {
            throw new IllegalStateException("this box owns nothing: it was closed or given away");
        }
        return block;
    }
}
