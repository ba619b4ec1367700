package ch00;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

public final class Peek {

    private static final VarHandle INT = ValueLayout.JAVA_INT_UNALIGNED.varHandle();
    private static final VarHandle NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED
            .withOrder(ByteOrder.BIG_ENDIAN).varHandle();

    public static final MemoryLayout STAR = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT_UNALIGNED.withName("id"),
            MemoryLayout.paddingLayout(4),
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withName("mass"));
    private static final VarHandle MASS =
            STAR.arrayElementVarHandle(PathElement.groupElement("mass"));

    private Peek() { }

    public static int byteAt(MemorySegment memory, long offset) {
        return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
    }

    public static int intAt(MemorySegment memory, long offset) {
        return (int) INT.get(memory, offset);
    }

    public static void putInt(MemorySegment memory, long offset, int value) {
        INT.set(memory, offset, value);
    }

    public static int networkIntAt(MemorySegment memory, long offset) {
        return (int) NETWORK_INT.get(memory, offset);
    }

    public static double massOf(MemorySegment stars, long index) {
        return (double) MASS.get(stars, 0L, index);
    }

    public static long sum(MemorySegment ints) {
        return ints.elements(ValueLayout.JAVA_INT_UNALIGNED)
                .mapToLong(one -> one.get(ValueLayout.JAVA_INT_UNALIGNED, 0)).sum();
    }

    public static MemorySegment keep(MemorySegment memory, Arena arena) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, memory.toArray(ValueLayout.JAVA_BYTE));
    }
}
