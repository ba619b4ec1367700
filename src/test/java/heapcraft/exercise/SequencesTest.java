package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private final List<Long> seeds = new ArrayList<>();
    private String seedBefore;

    @BeforeEach
    void without_a_seed() {
        seedBefore = System.clearProperty(Sequences.SEED);
    }

    @AfterEach
    void as_it_was() {
        System.clearProperty(Sequences.SEED);
        if (seedBefore != null) {
            System.setProperty(Sequences.SEED, seedBefore);
        }
    }

    /// Twenty calls on a counter, some of them `down()`.
    private List<String> random(long seed) {
        seeds.add(seed);
        return new Random(seed).ints(20, 0, 4)
                .mapToObj(n -> n == 0 ? "down" : "up").collect(Collectors.toList());
    }

    private Sequences<List<String>> sequences() {
        return Sequences.of(this::random, calls -> calls.stream()
                .map(call -> "counter." + call + "();").collect(Collectors.joining("\n")));
    }

    /// A counter that goes wrong at the second `down()`.
    private static void stuck(List<String> calls) {
        long count = calls.stream().filter("down"::equals).count();
        Claim.that("counter.get()", () -> -Math.min(count, 1)).gives(-count, "Count down again.");
    }

    private Story story(Consumer<List<String>> run) {
        return assertThrows(Story.class, () -> sequences().hold(run));
    }

    @Test
    void tells_the_shortest_calls_as_code_with_the_seed_and_the_claim() {
        Story story = story(SequencesTest::stuck);
        assertEquals("""
                // Seed 1, shortened to what still goes wrong.
                // In a notebook, run your class first, without its package line.
                counter.down();
                counter.down();
                counter.get()""", story.call());
        assertEquals("-1", story.got());
        assertEquals("-2", story.wanted());
        assertEquals("Count down again.", story.next());
    }

    @Test
    void an_empty_call_of_the_claim_adds_no_line() {
        Story story = story(calls -> {
            throw new Story("", "1", "2", "Count.");
        });
        assertTrue(story.call().endsWith("package line.\n"), story.call());
    }

    @Test
    void tells_the_same_story_twice() {
        assertEquals(story(SequencesTest::stuck).getMessage(),
                story(SequencesTest::stuck).getMessage());
    }

    @Test
    void begins_at_the_seed_that_was_asked_for() {
        System.setProperty(Sequences.SEED, "4711");
        assertTrue(story(SequencesTest::stuck).call().startsWith("// Seed 4711,"));
        assertEquals(List.of(4711L), seeds);
    }

    @Test
    void tries_a_hundred_seeds_before_it_is_content() {
        sequences().hold(calls -> { });
        assertEquals(100, seeds.stream().distinct().count());
    }

    @Test
    void what_the_learners_code_has_thrown_stays_the_cause() {
        var thrown = new IllegalStateException("mine");
        assertSame(thrown, story(calls -> Claim.that("counter.get()", () -> {
            throw thrown;
        }).returns("What throws?")).getCause());
    }

    @Test
    void a_gap_stays_a_gap() {
        assertThrows(Todo.class, () -> sequences().hold(calls -> {
            throw Todo.todo("count");
        }));
        Todo.takeFirstMet();
    }

    @Test
    void a_run_that_throws_what_is_no_story_is_the_tests_own_fault() {
        assertThrows(IllegalStateException.class, () -> sequences().hold(calls -> {
            throw new ArithmeticException("the model divides by 0");
        }));
    }
}
