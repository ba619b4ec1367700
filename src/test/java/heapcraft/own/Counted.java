package heapcraft.own;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// Another type, with a count of the values that are alive.
final class Counted<T> implements Type<T> {

    private final Type<T> inner;
    private long alive;

    Counted(Type<T> inner) {
        this.inner = inner;
    }

    long alive() {
        return alive;
    }

    @Override
    public Layout layout() {
        return inner.layout();
    }

    @Override
    public void write(MemorySegment at, T value) {
        inner.write(at, value);
        alive++;
    }

    @Override
    public T read(MemorySegment at) {
        return inner.read(at);
    }

    @Override
    public void drop(MemorySegment at) {
        alive--;
        inner.drop(at);
    }
}
