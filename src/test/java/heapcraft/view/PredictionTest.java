package heapcraft.view;

import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Walkable.Block;
import heapcraft.trace.Trace;
import heapcraft.view.Prediction.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionTest {

    /// Holes of 6, 4 and 3 units at 0, 8 and 15, with a request of 3 after the last free.
    private static HeapSetup holes(Policy policy) {
        return HeapSetup.of(policy, 20).alloc(6, 2, 4, 3, 5).free(0, 2, 4);
    }

    @ParameterizedTest
    @CsvSource({"FIRST_FIT, 0", "BEST_FIT, 8", "NEXT_FIT, 0", "WORST_FIT, 0"})
    void the_real_heap_says_where_the_next_block_goes(Policy policy, String unit) {
        Outcome outcome = new WhereNext(holes(policy), 4).run(unit);
        assertTrue(outcome.isRight(), outcome.toString());
    }

    @Test
    void a_wrong_guess_is_told_what_was_looked_at_in_order() {
        assertEquals("You said 0; it is 8. Best fit looks at every hole."
                + " The hole at 0 has 6 units: fits."
                + " The hole at 8 has 4 units: fits, and is smaller."
                + " The hole at 15 has 5 units: fits, but is no smaller."
                + " So it takes the one at 8.",
                new WhereNext(holes(Policy.BEST_FIT), 4).run("0").toString());
        assertEquals("You said 0; it is 15. First fit looks from the lowest address on."
                + " The hole at 0 has 2 units: too small. The hole at 6 has 3 units: too small."
                + " The hole at 15 has 5 units: taken.",
                new WhereNext(HeapSetup.of(Policy.FIRST_FIT, 20).alloc(2, 4, 3, 6).free(0, 2), 4)
                        .run("0").toString());
    }

    @Test
    void next_fit_goes_on_where_it_was_and_then_begins_again() {
        HeapSetup setup = HeapSetup.of(Policy.NEXT_FIT, 20).alloc(5, 2, 5).free(0).alloc(3).free(1);
        assertEquals("Right: 15. Next fit goes on behind the block it placed last, at unit 15."
                + " The hole at 15 has 5 units: taken.",
                new WhereNext(setup, 3).run("15").toString());
        assertEquals("Right: 0. Next fit goes on behind the block it placed last, at unit 15, and"
                + " from the end on at the lowest address. The hole at 15 has 5 units: too small."
                + " The hole at 0 has 7 units: taken.",
                new WhereNext(setup, 6).run("0").toString());
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void the_search_that_is_told_ends_where_the_real_block_lies(Policy policy) {
        for (long seed = 1; seed <= 300; seed++) {
            HeapSetup setup = random(policy, seed);
            int units = 1 + new Random(seed).nextInt(8);
            RecordedHeap heap = setup.build();
            long found = HoleSearch.of(setup, heap, units).found();
            String truth = new WhereNext(setup, units).run("nowhere").truth();
            assertEquals(truth, found < 0 ? "nowhere" : found + "", setup + " " + setup.asked());
        }
    }

    /// A heap of 40 units with a past.
    private static HeapSetup random(Policy policy, long seed) {
        Random random = new Random(seed);
        HeapSetup setup = HeapSetup.of(policy, 40).coalescing(random.nextBoolean());
        List<Long> live = new ArrayList<>();
        long next = 0;
        for (int i = 0; i < 30; i++) {
            if (live.isEmpty() || random.nextInt(5) < 3) {
                setup = setup.alloc(1 + random.nextInt(8));
                live.add(next++);
            } else {
                setup = setup.free(live.remove(random.nextInt(live.size())));
            }
        }
        return setup;
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void each_question_has_exactly_one_right_option(Policy policy) {
        for (long seed = 1; seed <= 40; seed++) {
            HeapSetup setup = random(policy, seed);
            List<Prediction> questions = new ArrayList<>(List.of(new WhereNext(setup, 3),
                    new WhichFails(setup, List.of(2, 5, 1))));
            setup.build().liveNumbers().forEach(block ->
                    questions.add(new WhatIsFree(setup, block)));
            for (Prediction question : questions) {
                assertEquals(1, question.options().stream()
                        .filter(option -> question.run(option).isRight()).count(),
                        question.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void what_is_free_is_what_the_real_heap_has(Policy policy) {
        for (long seed = 1; seed <= 100; seed++) {
            HeapSetup setup = random(policy, seed);
            for (long block : setup.build().liveNumbers()) {
                String truth = new WhatIsFree(setup, block).run(
                        new WhatIsFree(setup, block).options().getFirst()).truth();
                RecordedHeap after = setup.free(block).build();
                List<String> holes = new ArrayList<>();
                for (Block hole : after.holes()) {
                    long start = (hole.address() - after.start()) / 1024;
                    long last = start + hole.byteSize() / 1024 - 1;
                    holes.add(start == last ? "" + start : start + "-" + last);
                }
                assertEquals(String.join(", ", holes), truth);
            }
        }
    }

    @Test
    void a_freed_block_joins_its_free_neighbours_and_the_words_say_which() {
        HeapSetup setup = HeapSetup.of(Policy.FIRST_FIT, 12).alloc(2, 3, 4).free(0);
        assertEquals("Right: 0-4, 9-11. Block 1 had 2-4. It joins what was free at 0-1.",
                new WhatIsFree(setup, 1).run("0-4 9-11").toString());
        assertEquals(List.of("0-1, 2-4, 9-11", "0-4, 9-11"), new WhatIsFree(setup, 1).options());
        assertEquals("You said 0-4, 9-11; it is 0-1, 2-4, 9-11. Block 1 had 2-4. It stays apart."
                + " The free neighbour 0-1 does not join: nobody joins holes without coalescing.",
                new WhatIsFree(setup.coalescing(false), 1).run("0-4,9-11").toString());
    }

    @Test
    void buddies_join_and_other_neighbours_do_not() {
        HeapSetup setup = HeapSetup.of(Policy.BUDDY, 8).alloc(2, 2, 2, 2).free(1);
        assertEquals("Right: 2-3, 4-5. Block 2 had 4-5. It stays apart. The free neighbour 2-3 does"
                + " not join: it is not the buddy.", new WhatIsFree(setup, 2).run("2-3, 4-5")
                        .toString());
        assertTrue(new WhatIsFree(setup, 0).run("0-3").isRight());
    }

    @Test
    void the_first_request_that_fails_is_found_by_asking() {
        assertEquals("Right: 3. Request 1, of 4 units, goes to 0. Request 2, of 4 units, goes to 4."
                + " No block of 6 units: only 4 units are free.",
                new WhichFails(HeapSetup.of(Policy.WORST_FIT, 12), List.of(4, 4, 6)).run("3")
                        .toString());
        assertTrue(new WhichFails(HeapSetup.of(Policy.WORST_FIT, 12), List.of(4, 4)).run("none")
                .isRight());
    }

    @Test
    void what_is_no_answer_is_refused_with_the_answers_there_are() {
        WhereNext next = new WhereNext(holes(Policy.FIRST_FIT), 4);
        var refused = assertThrows(IllegalArgumentException.class, () -> next.run("7"));
        assertEquals("'7' is no answer to this question; say one of: 0 | 8 | 15 | nowhere",
                refused.getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> new WhatIsFree(holes(Policy.FIRST_FIT), 0));
    }

    @Test
    void a_form_runs_only_after_a_guess_and_tells_once() {
        List<Outcome> told = new ArrayList<>();
        var form = new PredictionForm(new WhereNext(holes(Policy.BEST_FIT), 4), outcome -> {
            told.add(outcome);
            return "Kept.";
        });
        assertFalse(form.scene().controls().getLast().enabled());
        assertEquals("Say first what you expect.", press(form, "run").alert());
        set(form, "guess", "8");
        assertTrue(form.scene().controls().getLast().enabled());
        Scene after = press(form, "run", "run");
        set(form, "guess", "0");
        assertEquals(1, told.size());
        assertTrue(told.getFirst().isRight());
        assertTrue(after.say().matches("Right: 8\\. .* Kept\\."), after.say());
        assertEquals(2, after.strips().size());
        assertEquals(List.of(), after.controls());
    }

    @Test
    void a_click_on_a_hole_is_a_guess_and_a_click_on_a_block_is_not() {
        var form = new PredictionForm(new WhereNext(holes(Policy.BEST_FIT), 4), outcome -> "");
        long start = form.scene().strips().getFirst().picture().pieces().getFirst().start();
        set(form, "heap", "0x" + Long.toHexString(start + 9 * 1024));
        assertEquals("8", Click.fact(form, "your guess"));
        Scene scene = set(form, "heap", "0x" + Long.toHexString(start + 6 * 1024));
        assertEquals("Unit 6 is no answer to this question.", scene.alert());
        assertEquals("8", Click.fact(form, "your guess"));
    }

    @Test
    void a_form_never_shows_the_answer_before_the_run() {
        for (Policy policy : Policy.values()) {
            Scene scene = new PredictionForm(new WhereNext(holes(policy), 4), o -> "").scene();
            assertEquals(1, scene.strips().size());
            assertFalse(scene.toString().contains("taken"));
        }
    }

    @Test
    void a_setup_is_a_value() {
        assertEquals(holes(Policy.BUDDY), holes(Policy.BUDDY));
        assertEquals(new Trace(List.of()), HeapSetup.of(Policy.BUDDY, 4).asked());
        assertThrows(IllegalArgumentException.class,
                () -> HeapSetup.of(Policy.BUDDY, 4).alloc(1).free(1));
    }
}
