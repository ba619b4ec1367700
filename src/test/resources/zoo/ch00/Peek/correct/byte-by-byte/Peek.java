package ch00;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

public final class Peek {

    public static final MemoryLayout STAR = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT.withName("id"),
            MemoryLayout.paddingLayout(4),
            ValueLayout.JAVA_DOUBLE.withName("mass"));

    private Peek() { }

    public static int byteAt(MemorySegment memory, long offset) {
        int value = memory.get(ValueLayout.JAVA_BYTE, offset);
        return value < 0 ? value + 256 : value;
    }

    public static int intAt(MemorySegment memory, long offset) {
        int network = networkIntAt(memory, offset);
        return littleEndian() ? Integer.reverseBytes(network) : network;
    }

    public static void putInt(MemorySegment memory, long offset, int value) {
        int network = littleEndian() ? Integer.reverseBytes(value) : value;
        for (int i = 0; i < 4; i++) {
            memory.set(ValueLayout.JAVA_BYTE, offset + i, (byte) (network >>> 24 - 8 * i));
        }
    }

    public static int networkIntAt(MemorySegment memory, long offset) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | byteAt(memory, offset + i);
        }
        return value;
    }

    public static double massOf(MemorySegment stars, long index) {
        MemorySegment star = stars.asSlice(16 * index, 16);
        long low = Integer.toUnsignedLong(intAt(star, littleEndian() ? 8 : 12));
        long high = intAt(star, littleEndian() ? 12 : 8);
        return Double.longBitsToDouble(high << 32 | low);
    }

    public static long sum(MemorySegment ints) {
        return ints.byteSize() == 0 ? 0 : intAt(ints, 0) + sum(ints.asSlice(4));
    }

    public static MemorySegment keep(MemorySegment memory, Arena arena) {
        MemorySegment copy = arena.allocate(memory.byteSize());
        for (long i = 0; i < memory.byteSize(); i++) {
            copy.set(ValueLayout.JAVA_BYTE, i, memory.get(ValueLayout.JAVA_BYTE, i));
        }
        return copy;
    }

    private static boolean littleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }
}
