// Is one flag enough to say for every box whether it owns its block?
// killed by: agrees_with_a_plain_model_in_any_order
package ch02;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.own.Type;
import java.lang.foreign.MemorySegment;

public final class OwnedBox<T> implements AutoCloseable {

    private final Type<T> type;
    private final GlobalAlloc heap;
    private final MemorySegment block;
    private static boolean owned;

    private OwnedBox(Type<T> type, GlobalAlloc heap, MemorySegment block) {
        this.type = type;
        this.heap = heap;
        this.block = block;
        owned = true;
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
        owned = false;
        return raw;
    }

    @Override
    public void close() {
        if (!owned) {
            return;
        }
        MemorySegment dying = intoRaw();
        try {
            type.drop(dying);
        } finally {
            heap.dealloc(dying, type.layout());
        }
    }

    private MemorySegment owned() {
        if (!owned) {
            throw new IllegalStateException("this box owns nothing: it was closed or given away");
        }
        return block;
    }
}
