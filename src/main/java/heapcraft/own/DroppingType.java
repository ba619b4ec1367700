package heapcraft.own;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// Another type with a destructor put in front of its own.
record DroppingType<T>(Type<T> inner, Consumer<MemorySegment> destructor) implements Type<T> {

    @Override
    public Layout layout() {
        return inner.layout();
    }

    @Override
    public void write(MemorySegment at, T value) {
        inner.write(at, value);
    }

    @Override
    public T read(MemorySegment at) {
        return inner.read(at);
    }

    @Override
    public void drop(MemorySegment at) {
        try {
            destructor.accept(at);
        } finally {
            inner.drop(at);
        }
    }

    @Override
    public T take(MemorySegment at) {
        try {
            destructor.accept(at);
        } catch (Throwable e) {
            inner.drop(at);
            throw e;
        }
        return inner.take(at);
    }
}
