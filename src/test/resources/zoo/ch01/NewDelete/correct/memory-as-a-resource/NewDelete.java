package ch01;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

public final class NewDelete {

    private final GlobalAlloc heap;

    public NewDelete(GlobalAlloc heap) {
        this.heap = heap;
    }

    public static final class BadAlloc extends RuntimeException {
        private static final long serialVersionUID = 1;

        public BadAlloc(Layout layout) {
            super("std::bad_alloc: no memory for " + layout);
        }
    }

    private final class Memory implements AutoCloseable {
        private final MemorySegment bytes;
        private final Layout layout;
        private boolean mine = true;

        Memory(MemorySegment bytes, Layout layout) {
            this.bytes = bytes;
            this.layout = layout;
        }

        MemorySegment release() {
            mine = false;
            return bytes;
        }

        @Override public void close() {
            if (mine) {
                operatorDelete(bytes, layout);
            }
        }
    }

    public MemorySegment operatorNew(Layout layout) {
        MemorySegment memory = heap.alloc(layout);
        if (!GlobalAlloc.isNull(memory)) {
            return memory;
        }
        throw new BadAlloc(layout);
    }

    public void operatorDelete(MemorySegment memory, Layout layout) {
        heap.dealloc(memory, layout);
    }

    public MemorySegment create(Layout layout, Consumer<MemorySegment> constructor) {
        try (Memory memory = new Memory(operatorNew(layout), layout)) {
            constructor.accept(memory.bytes);
            return memory.release();
        }
    }

    public void delete(MemorySegment p, Layout layout, Consumer<MemorySegment> destructor) {
        if (GlobalAlloc.isNull(p)) {
            return;
        }
        try (Memory memory = new Memory(p, layout)) {
            destructor.accept(memory.bytes);
        }
    }
}
