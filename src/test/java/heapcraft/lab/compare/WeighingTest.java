package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.lab.compare.Weighing.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WeighingTest {

    private static final OptionalDouble NONE = OptionalDouble.empty();

    private static OptionalDouble of(double value) {
        return OptionalDouble.of(value);
    }

    private static Weighing time(double share, double speedUp) {
        return new Weighing(of(share), of(speedUp), NONE);
    }

    @Test
    void to_care_takes_a_large_share_and_a_swap_that_saved_some_of_it() {
        assertEquals(Verdict.CARE, time(0.4, 1.3).verdict());
        assertEquals(Verdict.DO_NOT, time(0.4, 1.05).verdict());
        assertEquals(Verdict.DO_NOT, time(0.4, 0.8).verdict());
    }

    @Test
    void what_a_small_share_cannot_explain_is_no_reason_to_care() {
        Weighing lucky = time(0.02, 1.5);
        assertEquals(Verdict.DO_NOT, lucky.verdict());
        assertTrue(lucky.why().contains("1.02"), lucky.why());
        assertTrue(lucky.why().contains("chance"), lucky.why());
    }

    @Test
    void a_tenth_counts_and_less_does_not() {
        assertEquals(Verdict.CARE, time(0.5, Weighing.FASTER).verdict());
        assertEquals(Verdict.DO_NOT, time(0.5, Math.nextDown(Weighing.FASTER)).verdict());
        assertEquals(Verdict.DO_NOT, time(0.09, 2).verdict());
        assertEquals(Verdict.CARE, time(0.1, 2).verdict());
    }

    @Test
    void memory_is_a_reason_of_its_own() {
        assertEquals(Verdict.CARE, new Weighing(of(0.01), of(1), of(1.5)).verdict());
        assertEquals(Verdict.DO_NOT, new Weighing(of(0.01), of(1), of(1.1)).verdict());
        assertTrue(new Weighing(of(0.01), of(1), of(1.5)).why().contains("keeps 1.5 times"));
    }

    @Test
    void without_a_figure_there_is_no_verdict() {
        assertEquals(Verdict.NOT_MEASURED, new Weighing(NONE, of(2), NONE).verdict());
        assertEquals(Verdict.NOT_MEASURED, new Weighing(of(0.5), NONE, NONE).verdict());
        assertEquals(Verdict.DO_NOT, new Weighing(of(0.01), NONE, NONE).verdict());
    }

    private static Track track(Entrant entrant, long idle, String trouble, long... nanos) {
        return new Track(entrant, new Ready(idle, 0, ""), Arrays.stream(nanos)
                .mapToObj(each -> new Slice(each, 0, 0, 0, 1000)).toList(), trouble);
    }

    private static Outcome outcome(Situation situation, Track... swaps) {
        return new Outcome(situation, track(Entrant.SYSTEM, 200, "", 100, 50),
                track(Entrant.SYSTEM, 200, "", 30, 25), List.of(swaps));
    }

    /// The text without its line breaks.
    private static String words(Outcome... outcomes) {
        return new Care(Map.of(), List.of(outcomes), false).text().replace("\n", " ");
    }

    @Test
    void the_share_is_that_of_the_fastest_slices() {
        assertEquals(0.5, outcome(Situation.PARSER).share().orElseThrow());
    }

    @Test
    void of_a_day_all_hours_count_and_what_stays_at_its_end() {
        Outcome day = outcome(Situation.LONG_RUNNING, track(Entrant.JEMALLOC, 600, "", 90, 60));
        assertEquals(55.0 / 150, day.share().orElseThrow());
        assertEquals(1, day.speedUp().orElseThrow());
        assertEquals(800.0 / 400, day.memory().orElseThrow());
        assertEquals(Verdict.CARE, day.weighing().verdict());
        assertTrue(words(day).contains("idle process: System 0.0 MB, jemalloc 0.0 MB."), words(day));
    }

    @Test
    void a_swap_that_keeps_more_memory_is_no_reason_to_swap() {
        Outcome day = outcome(Situation.LONG_RUNNING, track(Entrant.JEMALLOC, 100, "", 150, 50));
        assertTrue(words(day).contains("memory is no reason to swap here."), words(day));
        assertEquals(Verdict.DO_NOT, day.weighing().verdict());
    }

    @Test
    void calls_that_chance_made_longer_than_their_program_are_all_of_it() {
        Outcome odd = new Outcome(Situation.GAME, track(Entrant.SYSTEM, 0, "", 10),
                track(Entrant.SYSTEM, 0, "", 12), List.of());
        assertEquals(1, odd.share().orElseThrow());
        new Care(Map.of(), List.of(odd), true).text();
    }

    @Test
    void the_fastest_swap_that_came_to_its_end_counts() {
        Outcome two = outcome(Situation.PARSER, track(Entrant.MIMALLOC, 0, "died", 1),
                track(Entrant.BUMP, 0, "", 25, 40));
        assertEquals(Entrant.BUMP, two.fastest().orElseThrow().entrant());
        assertEquals(2, two.speedUp().orElseThrow());
    }

    @Test
    void the_table_says_where_the_figures_contradict_the_rule() {
        Outcome agrees = outcome(Situation.PARSER, track(Entrant.BUMP, 0, "", 25));
        Outcome contradicts = outcome(Situation.CLI, track(Entrant.BUMP, 0, "", 25));
        assertFalse(agrees.contradicts());
        assertTrue(contradicts.contradicts());
        assertTrue(outcome(Situation.PARSER, track(Entrant.BUMP, 0, "", 49)).contradicts());
        String text = words(agrees, contradicts);
        assertTrue(text.contains("care*"), text);
        assertTrue(text.contains("contradicts the rule of thumb"), text);
    }

    @Test
    void a_swap_that_is_missing_is_said_and_the_rest_goes_on() {
        String text = words(outcome(Situation.PARSER,
                track(Entrant.MIMALLOC, 0, "is not here. Run: ./lab")));
        assertTrue(text.contains("mimalloc is not here. Run: ./lab"), text);
        assertTrue(text.contains("no swap was there to be tried"), text);
    }

    @Test
    void recorded_evidence_stands_below_the_whole_table_and_not_below_a_part() {
        List<Outcome> all = all();
        assertEquals(2, new Care(Map.of(), all, false).tables().size());
        assertEquals(1, new Care(Map.of(), all.subList(0, 3), false).tables().size());
    }

    private static List<Outcome> all() {
        return Arrays.stream(Situation.values()).map(each -> new Outcome(each,
                track(Entrant.SYSTEM, 0, "", 123_456_789), track(Entrant.SYSTEM, 0, "", 23_456_789),
                List.of(track(Entrant.JEMALLOC, 0, "", 234_567_891)))).toList();
    }

    @Test
    void the_table_is_no_wider_than_a_terminal() {
        List<Outcome> all = all();
        new Care(Map.of(), all, false).text().lines().forEach(
                line -> assertTrue(line.length() <= Table.WIDTH, line));
    }
}
