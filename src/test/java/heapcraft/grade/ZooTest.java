package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Zoo.Bug;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ZooTest {

    private static final Zoo ZOO = new Zoo(List.of(
            new Bug("Peek", "one", "Is it one?", Set.of("a", "b")),
            new Bug("Peek", "two", "Is it two?", Set.of("c")),
            new Bug("Peek", "twin", "Is it a twin?", Set.of("d")),
            new Bug("Peek", "other-twin", "Is it the other twin?", Set.of("d")),
            new Bug("Else", "three", "Is it elsewhere?", Set.of("b"))));

    @Test
    void the_same_failures_are_the_same_mistake() {
        assertEquals(Optional.of("Is it one?"), likeness(Verdict.WRONG, "a", "b"));
    }

    @Test
    void too_little_in_common_says_nothing() {
        assertEquals(Optional.empty(), likeness(Verdict.WRONG, "b"));
    }

    @Test
    void two_that_fit_as_well_say_nothing() {
        assertEquals(Optional.empty(), likeness(Verdict.WRONG, "d"));
    }

    @Test
    void no_failure_is_no_mistake() {
        assertEquals(Optional.empty(), likeness(Verdict.WRONG));
    }

    @Test
    void an_unfinished_exercise_is_like_nothing() {
        assertEquals(Optional.empty(), likeness(Verdict.TODO, "c"));
    }

    @Test
    void a_crash_is_like_nothing() {
        assertEquals(Optional.empty(), likeness(Verdict.CRASHED, "c"));
    }

    private static Optional<String> likeness(Verdict verdict, String... failed) {
        return ZOO.likeness("Peek", Stream.of("a", "b", "c", "d", "e").map(name -> new Result(
                new GradedTest(name, 1), Set.of(failed).contains(name) ? verdict : Verdict.PASSED,
                Finding.NONE, 0)).toList());
    }
}
