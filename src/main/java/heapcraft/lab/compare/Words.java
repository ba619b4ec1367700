package heapcraft.lab.compare;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Memory by its address, as the programs of [Situation] use their blocks: no bounds, no lifetime.
final class Words {

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Words() { }

    static long get(long address) {
        return ALL.get(JAVA_LONG_UNALIGNED, address);
    }

    static void put(long address, long word) {
        ALL.set(JAVA_LONG_UNALIGNED, address, word);
    }

    static byte getByte(long address) {
        return ALL.get(JAVA_BYTE, address);
    }

    static void putByte(long address, int value) {
        ALL.set(JAVA_BYTE, address, (byte) value);
    }

    /// Copies bytes of an array to an address.
    static void copy(byte[] from, int start, int length, long to) {
        MemorySegment.copy(from, start, ALL, JAVA_BYTE, to, length);
    }

    static boolean same(byte[] text, int start, int length, long address) {
        for (int i = 0; i < length; i++) {
            if (text[start + i] != getByte(address + i)) {
                return false;
            }
        }
        return true;
    }
}
