package ch00;

import static heapcraft.exercise.Todo.todo;
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
        throw todo("give the byte at the offset as a number from 0 to 255");
    }

    /// The `int` whose first byte lies at an offset, in the byte order of this machine.
    ///
    /// @param offset in bytes; no multiple of anything
    public static int intAt(MemorySegment memory, long offset) {
        throw todo("give the int that begins at the offset");
    }

    /// Writes an `int` to the four bytes from an offset on.
    public static void putInt(MemorySegment memory, long offset, int value) {
        throw todo("write the int at the offset, and nothing beside it");
    }

    /// The `int` at an offset of a network packet: there, the most significant byte comes first.
    public static int networkIntAt(MemorySegment memory, long offset) {
        throw todo("give the int whose most significant byte comes first");
    }

    /// The mass of one star in an array of [#STAR] structs that lie back to back.
    ///
    /// @param index which star, from 0 on
    public static double massOf(MemorySegment stars, long index) {
        throw todo("give the mass field of the star with this index");
    }

    /// The sum of a segment full of `int`s, however large it gets.
    ///
    /// @param ints memory with a multiple of 4 bytes, or none
    public static long sum(MemorySegment ints) {
        throw todo("add up all the ints in the segment");
    }

    /// A copy that stays when the original goes: it dies with `arena`, neither sooner nor later.
    public static MemorySegment keep(MemorySegment memory, Arena arena) {
        throw todo("give a copy of the bytes that lives exactly as long as the arena");
    }
}
