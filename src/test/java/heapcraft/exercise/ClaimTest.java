package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
