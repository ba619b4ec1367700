package ch00;

import heapcraft.exercise.Claim;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PeekTest {

    private static final byte DIRT = (byte) 0xA5;
    private static final String ANY_BYTES =
            "The bytes may be anything, and any number of them. Which method copies just that?";

    @Test
    void reads_a_byte_as_a_number_from_0_to_255() {
        MemorySegment memory = bytes(0x00, 0x7F, 0x80, 0xFF);
        String next = "A Java byte goes from -128 to 127. Which number has the same eight bits?";
        byteAt(memory, 0, 0, next);
        byteAt(memory, 1, 127, next);
        byteAt(memory, 2, 128, next);
        byteAt(memory, 3, 255, next);
    }

    @Test
    void reads_an_int_at_any_address() {
        for (long offset : new long[] {0, 1, 2, 3, 8, 12}) {
            MemorySegment memory = dirty(16);
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, -123_456_789);
            unaligned("intAt(memory, " + offset + ")", () -> Peek.intAt(memory, offset))
                    .gives(-123_456_789, "An int is four bytes. Which ones do you take?");
        }
    }

    @Test
    void writes_an_int_and_leaves_its_neighbours_alone() {
        for (long offset : new long[] {0, 5, 8, 12}) {
            MemorySegment wanted = dirty(16);
            wanted.set(ValueLayout.JAVA_INT_UNALIGNED, offset, 42);
            unaligned("putInt(memory, " + offset + ", 42), then the bytes", () -> {
                MemorySegment memory = dirty(16);
                Peek.putInt(memory, offset, 42);
                return hex(memory);
            }).gives(hex(wanted), "An int is four bytes. Which of these bytes did you write?");
        }
    }

    @Test
    void reads_an_int_from_the_network() {
        MemorySegment packet = bytes(0xA5, 0x00, 0x01, 0xFF, 0x80, 0xA5);
        unaligned("networkIntAt(A5 00 01 FF 80 A5, 1)", () -> Peek.networkIntAt(packet, 1))
                .gives(0x0001FF80, PeekTest::hex,
                        "This machine puts the " + (littleEndian() ? "least" : "most")
                                + " significant byte first. How do you say another order?");
    }

    @Test
    void finds_a_field_in_the_first_struct() {
        massOf(0, "Where in its struct does the mass begin? STAR knows the offset of each field.");
    }

    @Test
    void steps_over_whole_structs() {
        String next = "How many bytes, unused ones included, lie between two stars' starts?";
        massOf(1, next);
        massOf(3, next);
    }

    @Test
    void adds_up_more_than_an_int_can_hold() {
        sum(2L * Integer.MAX_VALUE, "The sum is larger than any int. Which type do you add with?",
                Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
    }

    @Test
    void adds_every_int_of_a_segment() {
        String next = "How many ints are in this many bytes, and at which offset is the last one?";
        sum(0, next);
        sum(7, next, 7);
        sum(1234, next, 1000, 200, 30, 4);
    }

    @Test
    void a_copy_outlives_the_original() {
        try (Arena arena = Arena.ofConfined()) {
            Claim.that("keep(01 02 03 04 05, arena), then the original's arena closes", () -> {
                MemorySegment copy;
                try (Arena dying = Arena.ofConfined()) {
                    copy = Peek.keep(bytes(dying, 1, 2, 3, 4, 5), arena);
                }
                return state(copy);
            }).ifItThrows(RuntimeException.class, ANY_BYTES).gives("alive: 01 02 03 04 05",
                    "A view of the original dies with it. Does your segment own its bytes?");
        }
    }

    @Test
    void a_copy_dies_with_its_arena() {
        Claim.that("keep(01 02 03 04 05, arena), then arena closes", () -> {
            MemorySegment copy;
            try (Arena arena = Arena.ofConfined()) {
                copy = Peek.keep(bytes(1, 2, 3, 4, 5), arena);
            }
            return state(copy);
        }).ifItThrows(RuntimeException.class, ANY_BYTES).gives("dead",
                "A segment lives as long as the arena it came from. Which one made yours?");
    }

    /// Memory at an odd address that somebody has used before.
    private static MemorySegment dirty(long byteSize) {
        return Arena.ofAuto().allocate(byteSize + 1, 8).asSlice(1).fill(DIRT);
    }

    private static MemorySegment bytes(int... values) {
        return bytes(Arena.ofAuto(), values);
    }

    private static MemorySegment bytes(Arena arena, int... values) {
        MemorySegment memory = arena.allocate(values.length + 1, 8).asSlice(1);
        for (int i = 0; i < values.length; i++) {
            memory.set(ValueLayout.JAVA_BYTE, i, (byte) values[i]);
        }
        return memory;
    }

    private static void byteAt(MemorySegment memory, long offset, int wanted, String next) {
        Claim.that("byteAt(00 7F 80 FF, " + offset + ")", () -> Peek.byteAt(memory, offset))
                .gives(wanted, next);
    }

    private static void massOf(long index, String next) {
        MemorySegment stars = dirty(4 * Peek.STAR.byteSize());
        for (int i = 0; i < 4; i++) {
            stars.set(ValueLayout.JAVA_INT_UNALIGNED, 16 * i, i);
            stars.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 16 * i + 8, i + 1.5);
        }
        unaligned("massOf(stars of mass 1.5, 2.5, 3.5, 4.5; " + index + ")",
                () -> Peek.massOf(stars, index)).gives(index + 1.5, next);
    }

    private static void sum(long wanted, String next, int... values) {
        MemorySegment ints = dirty(4L * values.length);
        for (int i = 0; i < values.length; i++) {
            ints.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, values[i]);
        }
        unaligned("sum(" + Arrays.toString(values) + ")", () -> Peek.sum(ints))
                .ifItThrows(IndexOutOfBoundsException.class, "The segment has " + ints.byteSize()
                        + " bytes. Where does the last int in them begin?")
                .gives(wanted, next);
    }

    /// A claim about memory at an odd address.
    private static <T> Claim<T> unaligned(String call, Supplier<T> code) {
        return Claim.that(call, code).ifItThrows(IllegalArgumentException.class,
                "The address is odd, and may be. What does your layout ask of it?");
    }

    private static boolean littleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    private static String state(MemorySegment memory) {
        if (memory == null) {
            return "null";
        }
        return memory.scope().isAlive() ? "alive: " + hex(memory) : "dead";
    }

    private static String hex(int value) {
        return "0x%08X".formatted(value);
    }

    private static String hex(MemorySegment memory) {
        return HexFormat.ofDelimiter(" ").withUpperCase()
                .formatHex(memory.toArray(ValueLayout.JAVA_BYTE));
    }
}
