package ch00;

import static java.lang.foreign.ValueLayout.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// Values in raw memory: read them, write them, and know when their memory dies.
///
/// The idea: memory is bytes. Whether four of them are an `int`, and in which order, is up to
/// whoever looks. A segment here may begin at an odd address, so nothing in it need be aligned.
///
/// Be graded: `./lab grade Peek`, `mvn test -Dexercise=Peek`, or `check("Peek")` in the notebook.
public final class Peek {

    private Peek() { }

    /// C's `struct star { int id; double mass; }`: the four bytes between the two are unused.
    public static final MemoryLayout STAR = MemoryLayout.structLayout(
            JAVA_INT.withName("id"),
            MemoryLayout.paddingLayout(4),
            JAVA_DOUBLE.withName("mass"));

    /// The byte at an offset, as a number from 0 to 255.
    public static int byteAt(MemorySegment memory, long offset) {
        // A Java byte has a sign; a byte of memory has none.
        return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset));
    }

    /// The `int` whose first byte lies at an offset, in the byte order of this machine.
    ///
    /// @param offset in bytes; no multiple of anything
    public static int intAt(MemorySegment memory, long offset) {
        // JAVA_INT would insist on an address that is a multiple of 4.
        return memory.get(JAVA_INT_UNALIGNED, offset);
    }

    /// Writes an `int` to the four bytes from an offset on.
    public static void putInt(MemorySegment memory, long offset, int value) {
        memory.set(JAVA_INT_UNALIGNED, offset, value);
    }

    /// The `int` at an offset of a network packet: there, the most significant byte comes first.
    public static int networkIntAt(MemorySegment memory, long offset) {
        // The order belongs to the layout, not to the memory: the same bytes, looked at otherwise.
        return memory.get(JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), offset);
    }

    /// The mass of one star in an array of [#STAR] structs that lie back to back.
    ///
    /// @param index which star, from 0 on
    public static double massOf(MemorySegment stars, long index) {
        // 16 bytes from one star to the next, and 8 from its start to its mass: the padding counts.
        long offset = index * STAR.byteSize() + STAR.byteOffset(PathElement.groupElement("mass"));
        return stars.get(JAVA_DOUBLE_UNALIGNED, offset);
    }

    /// The sum of a segment full of `int`s, however large it gets.
    ///
    /// @param ints memory with a multiple of 4 bytes, or none
    public static long sum(MemorySegment ints) {
        long sum = 0;
        for (long offset = 0; offset < ints.byteSize(); offset += Integer.BYTES) {
            sum += intAt(ints, offset);
        }
        return sum;
    }

    /// A copy that stays when the original goes: it dies with `arena`, neither sooner nor later.
    public static MemorySegment keep(MemorySegment memory, Arena arena) {
        // A slice would share the original's bytes, and die with them.
        return arena.allocate(memory.byteSize()).copyFrom(memory);
    }
}
