package ch02;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.own.Type;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

public final class OwnedBox<T> implements AutoCloseable {

    private final Type<T> type;
    private final GlobalAlloc heap;
    private Optional<MemorySegment> block;

    private OwnedBox(Type<T> type, GlobalAlloc heap, MemorySegment block) {
        this.type = type;
        this.heap = heap;
        this.block = Optional.of(block);
    }

    public static <T> OwnedBox<T> of(Type<T> type, T value, GlobalAlloc heap) {
        Layout layout = type.layout();
        MemorySegment block = heap.alloc(layout);
        if (block.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError();
        }
        try {
            type.write(block, value);
            return new OwnedBox<>(type, heap, block);
        } catch (RuntimeException | Error e) {
            heap.dealloc(block, layout);
            throw e;
        }
    }

    public T get() {
        return block.map(type::read).orElseThrow(IllegalStateException::new);
    }

    public void set(T value) {
        MemorySegment mine = block.orElseThrow(IllegalStateException::new);
        type.drop(mine);
        type.write(mine, value);
    }

    public MemorySegment intoRaw() {
        MemorySegment mine = block.orElseThrow(IllegalStateException::new);
        block = Optional.empty();
        return mine;
    }

    @Override
    public void close() {
        block.ifPresent(mine -> {
            block = Optional.empty();
            try {
                type.drop(mine);
            } finally {
                heap.dealloc(mine, type.layout());
            }
        });
    }
}
