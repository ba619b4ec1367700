package heapcraft.own;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A type whose values own nothing, so that dropping one does nothing.
record PlainType<T>(Layout layout, BiConsumer<MemorySegment, T> writer,
                    Function<MemorySegment, T> reader) implements Type<T> {

    @Override
    public void write(MemorySegment at, T value) {
        writer.accept(at, value);
    }

    @Override
    public T read(MemorySegment at) {
        return reader.apply(at);
    }

    @Override
    public boolean needsDrop() {
        return false;
    }
}
