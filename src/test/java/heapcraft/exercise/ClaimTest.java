package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClaimTest {

    @Test
    void gives_back_what_the_call_returned() {
        assertEquals(7, Claim.that("seven()", () -> 7).gives(7, "Count again."));
        assertEquals(7, Claim.that("seven()", () -> 7).returns("Come back."));
    }

    @Test
    void tells_the_call_what_came_back_and_what_was_wanted() {
        Story story = assertThrows(Story.class,
                () -> Claim.that("seven()", () -> 8).gives(7, "Count again."));
        assertEquals("seven()", story.call());
        assertEquals("8", story.got());
        assertEquals("7", story.wanted());
        assertEquals("Count again.", story.next());
    }

    @Test
    void tells_an_exception_as_what_came_back() {
        var thrown = new ArithmeticException("/ by zero");
        Story story = assertThrows(Story.class, () -> Claim.that("seven()", throwing(thrown))
                .gives(7, "Count again."));
        assertEquals("threw java.lang.ArithmeticException: / by zero", story.got());
        assertSame(thrown, story.getCause());
    }

    @Test
    void tells_a_missing_exception() {
        Story story = assertThrows(Story.class, () -> Claim.that("run()", () -> { })
                .raises(IllegalStateException.class, "Refuse it."));
        assertEquals("threw nothing", story.got());
        assertEquals("throws IllegalStateException", story.wanted());
    }

    @Test
    void tells_null_apart_from_nothing() {
        Story story = assertThrows(Story.class, () -> Claim.that("seven()", () -> (Integer) null)
                .raises(IllegalStateException.class, "Refuse it."));
        assertEquals("returned null", story.got());
    }

    @Test
    void an_exception_may_have_a_next_step_of_its_own() {
        Claim<Integer> claim = Claim.that("seven()", throwing(new ArithmeticException()))
                .ifItThrows(ArithmeticException.class, "What do you divide by?")
                .ifItThrows(RuntimeException.class, "Anything else?");
        assertEquals("What do you divide by?",
                assertThrows(Story.class, () -> claim.gives(7, "Count again.")).next());
        assertEquals("What do you divide by?", assertThrows(Story.class,
                () -> claim.raises(IllegalStateException.class, "Refuse it.")).next());
    }

    @Test
    void an_exception_nobody_had_in_mind_is_no_reason_to_count_again() {
        for (Throwable thrown : List.of(new StackOverflowError(), new NullPointerException(),
                new ClassCastException(), new AssertionError(), new ExceptionInInitializerError(),
                new UnsupportedOperationException())) {
            Claim<Integer> claim = Claim.that("seven()", throwing(thrown));
            assertNotEquals("Count again.", assertThrows(Story.class,
                    () -> claim.gives(7, "Count again.")).next(), thrown.toString());
            assertEquals("Refuse it.", assertThrows(Story.class, () ->
                    claim.raises(IllegalStateException.class, "Refuse it.")).next());
        }
    }

    @Test
    void a_misaligned_access_is_told_as_one() {
        Claim<Integer> claim = Claim.that("four()", () -> Arena.ofAuto().allocate(8, 4).asSlice(1)
                .get(ValueLayout.JAVA_INT, 0));
        assertTrue(assertThrows(Story.class, () -> claim.gives(4, "Count again.")).next()
                .contains("asks for an aligned address"));
    }

    @Test
    void tells_why_a_class_could_not_be_used() {
        var thrown = new ExceptionInInitializerError(new NumberFormatException("no number"));
        Story story = assertThrows(Story.class, () -> Claim.that("seven()", throwing(thrown))
                .gives(7, "Count again."));
        assertEquals("threw java.lang.NumberFormatException: no number, when the class was first"
                + " used", story.got());
    }

    @Test
    void a_process_out_of_memory_is_no_wrong_answer() {
        Claim<Integer> full = Claim.that("seven()", () -> {
            var hoard = new ArrayList<long[]>();
            hoard.add(new long[Integer.MAX_VALUE]);
            return hoard.size();
        });
        assertThrows(OutOfMemoryError.class, () -> full.gives(7, "Count again."));
        assertThrows(OutOfMemoryError.class,
                () -> full.raises(IllegalStateException.class, "Refuse it."));
    }

    @Test
    void an_allocator_out_of_memory_is_an_answer() {
        var claim = Claim.that("seven()", throwing(new OutOfMemoryError("no block for 7 bytes")));
        claim.raises(OutOfMemoryError.class, "Refuse it.");
        assertEquals("threw java.lang.OutOfMemoryError: no block for 7 bytes",
                assertThrows(Story.class, () -> claim.gives(7, "Count again.")).got());
    }

    @Test
    void lets_a_gap_through_as_a_gap() {
        var gap = Todo.todo("count to seven");
        Todo.takeFirstMet();
        var claim = Claim.that("seven()", throwing(gap));
        assertSame(gap, assertThrows(Todo.class, () -> claim.gives(7, "Count.")));
        assertSame(gap, assertThrows(Todo.class,
                () -> claim.raises(IllegalStateException.class, "Refuse it.")));
    }

    @Test
    void lets_a_story_told_inside_the_call_through() {
        var inner = new Story("one()", "2", "1", "Look.");
        var claim = Claim.that("seven()", throwing(inner));
        assertSame(inner, assertThrows(Story.class, () -> claim.gives(7, "Count again.")));
    }

    private static Supplier<Integer> throwing(Throwable thrown) {
        return () -> ClaimTest.<RuntimeException>sneak(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> int sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
