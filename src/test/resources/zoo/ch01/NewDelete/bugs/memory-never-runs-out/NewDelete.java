// Does a heap always have memory?
// killed by: throws_bad_alloc_when_memory_runs_out, runs_no_constructor_without_memory, gets_raw_memory_or_throws_bad_alloc
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

    public MemorySegment operatorNew(Layout layout) {
        MemorySegment memory = heap.alloc(layout);
        return memory;
    }

    public void operatorDelete(MemorySegment memory, Layout layout) {
        heap.dealloc(memory, layout);
    }

    public MemorySegment create(Layout layout, Consumer<MemorySegment> constructor) {
        MemorySegment memory = operatorNew(layout);
        try {
            constructor.accept(memory);
        } catch (Throwable e) {
            operatorDelete(memory, layout);
            throw e;
        }
        return memory;
    }

    public void delete(MemorySegment p, Layout layout, Consumer<MemorySegment> destructor) {
        if (GlobalAlloc.isNull(p)) {
            return;
        }
        try {
            destructor.accept(p);
        } finally {
            operatorDelete(p, layout);
        }
    }
}
