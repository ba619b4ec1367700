package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.FailingAlloc;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.CheckedAlloc;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrTest {

    /// Characters of 1, 2, 3 and 4 bytes.
    private static final int[] LETTERS = {'a', 'é', '힙', 0x1F600};

    private final CheckedAlloc heap = new CheckedAlloc(new SystemAlloc());

    @AfterEach
    void nothingLeaks() {
        heap.close();
    }

    private Str str(String text) {
        Str str = Str.in(heap);
        str.pushStr(text);
        return str;
    }

    @Test
    void a_str_holds_utf_8() {
        try (Str str = str("é힙")) {
            assertEquals("é힙", str.toString());
            assertEquals(5, str.len());
            assertEquals("é힙", new String(str.slice().toArray(ValueLayout.JAVA_BYTE),
                    StandardCharsets.UTF_8));
            assertTrue(str.slice().isReadOnly());
        }
    }

    @Test
    void a_str_needs_no_heap_named() {
        try (Str str = Str.of("heap")) {
            assertEquals("heap", str.toString());
        }
    }

    @Test
    void an_empty_str_has_no_block() {
        try (Str str = Str.in(heap)) {
            assertTrue(str.isEmpty());
            assertEquals(0, str.capacity());
            assertEquals("", str.toString());
            assertTrue(heap.live().isEmpty());
        }
    }

    @Test
    void a_str_grows_as_a_vec_of_bytes_does() {
        try (Str str = str("a")) {
            assertEquals(8, str.capacity());
            str.pushStr("12345678");
            assertEquals(16, str.capacity());
            str.shrinkToFit();
            assertEquals(9, str.capacity());
            str.reserve(100);
            assertEquals(109, str.capacity());
        }
    }

    @Test
    void a_random_program_does_what_a_string_builder_does() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            StringBuilder model = new StringBuilder();
            String where = "seed " + seed;
            try (Str str = Str.in(heap)) {
                for (int step = 0; step < 50; step++) {
                    step(random, str, model, where);
                    assertEquals(model.toString(), str.toString(), where);
                }
            } catch (RuntimeException e) {
                throw new AssertionError(where + ": " + e, e);
            }
        }
    }

    private static void step(Random random, Str str, StringBuilder model, String where) {
        int letter = LETTERS[random.nextInt(LETTERS.length)];
        switch (random.nextInt(6)) {
            case 0 -> {
                str.push(letter);
                model.appendCodePoint(letter);
            }
            case 1 -> {
                String twice = Character.toString(letter).repeat(2);
                str.pushStr(twice);
                model.append(twice);
            }
            case 2 -> {
                int at = randomBoundary(random, model);
                str.insert(bytesBefore(model, at), Character.toString(letter));
                model.insert(at, Character.toChars(letter));
            }
            case 3 -> {
                int at = randomBoundary(random, model);
                str.truncate(bytesBefore(model, at));
                model.setLength(at);
            }
            default -> {
                if (!model.isEmpty()) {
                    int last = model.codePointBefore(model.length());
                    assertEquals(last, str.pop(), where);
                    model.setLength(model.length() - Character.charCount(last));
                }
            }
        }
    }

    private static int randomBoundary(Random random, StringBuilder model) {
        int count = model.codePointCount(0, model.length());
        return model.offsetByCodePoints(0, random.nextInt(count + 1));
    }

    private static long bytesBefore(StringBuilder model, int at) {
        return model.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void an_index_inside_a_character_is_refused() {
        try (Str str = str("a힙b")) {
            assertEquals(List.of(0L, 1L, 4L, 5L),
                    LongStream.rangeClosed(-1, 6).filter(str::isBoundary).boxed().toList());
            assertThrows(IndexOutOfBoundsException.class, () -> str.truncate(2));
            assertThrows(IndexOutOfBoundsException.class, () -> str.truncate(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> str.insert(3, "x"));
            assertThrows(IndexOutOfBoundsException.class, () -> str.insert(6, "x"));
            str.truncate(99);
            assertEquals("a힙b", str.toString());
        }
    }

    @Test
    void what_utf_8_cannot_say_is_refused() {
        try (Str str = str("a")) {
            assertThrows(IllegalArgumentException.class, () -> str.push(0xD83D));
            assertThrows(IllegalArgumentException.class, () -> str.push(0x110000));
            assertThrows(IllegalArgumentException.class, () -> str.pushStr("x\uDE00"));
            assertEquals("a", str.toString());
        }
    }

    @Test
    void popping_nothing_is_refused() {
        try (Str str = Str.in(heap)) {
            assertThrows(NoSuchElementException.class, str::pop);
        }
    }

    @Test
    void a_str_that_cannot_grow_is_as_it_was() {
        try (Str str = Str.in(FailingAlloc.onlyNth(2, heap))) {
            str.pushStr("12345678");
            assertThrows(OutOfMemoryError.class, () -> str.insert(4, "힙"));
            assertEquals("12345678", str.toString());
        }
    }

    @Test
    void a_closed_str_says_so() {
        Str str = str("a");
        str.close();
        str.close();
        assertThrows(IllegalStateException.class, () -> str.push('b'));
        assertThrows(IllegalStateException.class, str::toString);
        assertFalse(str.isBoundary(1));
    }
}
