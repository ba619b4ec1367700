package heapcraft.own;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// Java's primitives as C has them: each as large as it is aligned.
///
/// Each one is a class of its own, so that compiled code that meets one kind only has one target to
/// call; and each takes its offset apart from the block, which saves a slice per access.
abstract class Primitive<T> implements Type<T> {

    static final Type<Boolean> BOOLEAN = new Primitive<>(1) {
        @Override public void write(MemorySegment block, long offset, Boolean value) {
            block.set(JAVA_BOOLEAN, offset, value);
        }

        @Override public Boolean read(MemorySegment block, long offset) {
            return block.get(JAVA_BOOLEAN, offset);
        }
    };

    static final Type<Byte> BYTE = new Primitive<>(1) {
        @Override public void write(MemorySegment block, long offset, Byte value) {
            block.set(JAVA_BYTE, offset, value);
        }

        @Override public Byte read(MemorySegment block, long offset) {
            return block.get(JAVA_BYTE, offset);
        }
    };

    static final Type<Short> SHORT = new Primitive<>(2) {
        @Override public void write(MemorySegment block, long offset, Short value) {
            block.set(JAVA_SHORT_UNALIGNED, offset, value);
        }

        @Override public Short read(MemorySegment block, long offset) {
            return block.get(JAVA_SHORT_UNALIGNED, offset);
        }
    };

    static final Type<Character> CHAR = new Primitive<>(2) {
        @Override public void write(MemorySegment block, long offset, Character value) {
            block.set(JAVA_CHAR_UNALIGNED, offset, value);
        }

        @Override public Character read(MemorySegment block, long offset) {
            return block.get(JAVA_CHAR_UNALIGNED, offset);
        }
    };

    static final Type<Integer> INT = new Primitive<>(4) {
        @Override public void write(MemorySegment block, long offset, Integer value) {
            block.set(JAVA_INT_UNALIGNED, offset, value);
        }

        @Override public Integer read(MemorySegment block, long offset) {
            return block.get(JAVA_INT_UNALIGNED, offset);
        }
    };

    static final Type<Long> LONG = new Primitive<>(8) {
        @Override public void write(MemorySegment block, long offset, Long value) {
            block.set(JAVA_LONG_UNALIGNED, offset, value);
        }

        @Override public Long read(MemorySegment block, long offset) {
            return block.get(JAVA_LONG_UNALIGNED, offset);
        }
    };

    static final Type<Float> FLOAT = new Primitive<>(4) {
        @Override public void write(MemorySegment block, long offset, Float value) {
            block.set(JAVA_FLOAT_UNALIGNED, offset, value);
        }

        @Override public Float read(MemorySegment block, long offset) {
            return block.get(JAVA_FLOAT_UNALIGNED, offset);
        }
    };

    static final Type<Double> DOUBLE = new Primitive<>(8) {
        @Override public void write(MemorySegment block, long offset, Double value) {
            block.set(JAVA_DOUBLE_UNALIGNED, offset, value);
        }

        @Override public Double read(MemorySegment block, long offset) {
            return block.get(JAVA_DOUBLE_UNALIGNED, offset);
        }
    };

    private final Layout layout;

    private Primitive(long byteSize) {
        layout = new Layout(byteSize, byteSize);
    }

    @Override
    public final Layout layout() {
        return layout;
    }

    @Override
    public final void write(MemorySegment at, T value) {
        write(at, 0, value);
    }

    @Override
    public final T read(MemorySegment at) {
        return read(at, 0);
    }

    @Override
    public final boolean needsDrop() {
        return false;
    }

    /// One store either happens or does not, and there is nothing to drop.
    @Override
    public final void replace(MemorySegment at, T value) {
        write(at, 0, value);
    }
}
