// Does a sum of ints fit in an int?
// killed by: adds_up_more_than_an_int_can_hold
package ch00;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

public final class Peek {

    private Peek() { }

    public static final MemoryLayout STAR = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT.withName("id"),
            MemoryLayout.paddingLayout(4),
            ValueLayout.JAVA_DOUBLE.withName("mass"));

    public static int byteAt(MemorySegment memory, long offset) {
        return Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, offset));
    }

    public static int intAt(MemorySegment memory, long offset) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
    }

    public static void putInt(MemorySegment memory, long offset, int value) {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, value);
    }

    public static int networkIntAt(MemorySegment memory, long offset) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), offset);
    }

    public static double massOf(MemorySegment stars, long index) {
        long offset = index * STAR.byteSize() + STAR.byteOffset(PathElement.groupElement("mass"));
        return stars.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset);
    }

    public static long sum(MemorySegment ints) {
        int sum = 0;
        for (long offset = 0; offset < ints.byteSize(); offset += Integer.BYTES) {
            sum += intAt(ints, offset);
        }
        return sum;
    }

    public static MemorySegment keep(MemorySegment memory, Arena arena) {
        return arena.allocate(memory.byteSize()).copyFrom(memory);
    }
}
