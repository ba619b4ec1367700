package heapcraft.lab.compare;

import static heapcraft.lab.compare.MadeUp.cell;
import static heapcraft.lab.compare.MadeUp.troubled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.lab.compare.Claim.Finding;
import heapcraft.lab.compare.Claim.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimTest {

    private static Finding about(String words, Cell... cells) {
        Claim claim = Claim.all().stream().filter(each -> each.words().contains(words)).findFirst()
                .orElseThrow();
        return claim.finding().apply(new Evidence(MadeUp.run(cells), Optional.empty()));
    }

    private static Verdict verdict(String words, Cell... cells) {
        return about(words, cells).verdict();
    }

    @Test
    void without_a_figure_there_is_no_verdict() {
        for (Claim claim : Claim.all()) {
            Evidence none = new Evidence(MadeUp.run(cell(Entrant.ONE_ARENA, Work.GROWING, 1, 0, 1)),
                    Optional.empty());
            Verdict verdict = claim.finding().apply(none).verdict();
            assertTrue(verdict != Verdict.FAILS && verdict != Verdict.PARTLY
                    && (verdict != Verdict.HOLDS || claim.about().equals("System")),
                    () -> claim.words() + ": " + verdict);
        }
    }

    @Test
    void what_was_never_tried_says_so() {
        assertEquals(Verdict.UNTRIED,
                verdict("Windows", cell(Entrant.SYSTEM, Work.SMALL, 1, 0, 1)));
    }

    @Test
    void fast_at_small_blocks_is_who_is_no_slower_than_the_fastest_other() {
        Cell system = cell(Entrant.SYSTEM, Work.SMALL, 1, 0, 20);
        Cell jemalloc = cell(Entrant.JEMALLOC, Work.SMALL, 1, 0, 10);
        assertEquals(Verdict.HOLDS, verdict("very fast", system, jemalloc,
                cell(Entrant.MIMALLOC, Work.SMALL, 1, 0, 8)));
        assertEquals(Verdict.FAILS, verdict("very fast", system, jemalloc,
                cell(Entrant.MIMALLOC, Work.SMALL, 1, 0, 12)));
    }

    @Test
    void slower_at_large_blocks_needs_a_tenth_of_difference() {
        Cell jemalloc = cell(Entrant.JEMALLOC, Work.LARGE, 1, 0, 100);
        assertEquals(Verdict.HOLDS, verdict("large blocks", jemalloc,
                cell(Entrant.MIMALLOC, Work.LARGE, 1, 0, 120)));
        assertEquals(Verdict.FAILS, verdict("large blocks", jemalloc,
                cell(Entrant.MIMALLOC, Work.LARGE, 1, 0, 105)));
    }

    @Test
    void locks_are_contended_where_threads_sleep() {
        Cell oneArena = cell(Entrant.ONE_ARENA, Work.SMALL, 8, 50, 20);
        assertEquals(Verdict.HOLDS, verdict("contended", oneArena,
                cell(Entrant.SYSTEM, Work.SMALL, 8, 50, 20)));
        assertEquals(Verdict.PARTLY, verdict("contended", oneArena,
                cell(Entrant.SYSTEM, Work.SMALL, 8, 0, 20)));
    }

    @Test
    void a_bump_arena_that_runs_full_supports_that_it_frees_nothing() {
        Finding full = about("no single block", troubled(Entrant.BUMP, Work.CHURN, "no memory"));
        assertEquals(Verdict.HOLDS, full.verdict());
        assertEquals("churn: no memory", full.figure());
        assertEquals(Verdict.FAILS, verdict("no single block",
                cell(Entrant.BUMP, Work.CHURN, 1, 0, 5)));
    }

    @Test
    void sleeps_count_where_blocks_are_small() {
        Cell small = cell(Entrant.SYSTEM, Work.SMALL, 8, 0, 20);
        Cell oneArena = cell(Entrant.ONE_ARENA, Work.SMALL, 8, 0, 20);
        assertEquals(Verdict.FAILS, verdict("contended", oneArena, small,
                cell(Entrant.SYSTEM, Work.LARGE, 8, 50, 20)));
    }

    @Test
    void an_arena_that_keeps_what_ends_one_by_one_shows_it_in_resident_memory() {
        Cell system = cell(Entrant.SYSTEM, Work.HANDOVER, 1, 0, 5);
        assertEquals(Verdict.FAILS, verdict("equally long", system,
                cell(Entrant.BUMP, Work.HANDOVER, 1, 0, 5)));
        Cell piled = MadeUp.resident(cell(Entrant.BUMP, Work.HANDOVER, 1, 0, 5), 900 * MadeUp.MB);
        assertEquals(Verdict.HOLDS, verdict("equally long", system, piled));
    }

    @Test
    void who_fragments_as_much_as_all_others_does_not_fragment_little() {
        assertEquals(Verdict.PARTLY, verdict("fragments little",
                cell(Entrant.SYSTEM, Work.CHURN, 1, 0, 5),
                cell(Entrant.JEMALLOC, Work.CHURN, 1, 0, 5)));
    }

    @Test
    void a_library_without_its_profiler_contradicts_that_it_is_built_in() {
        assertEquals(Verdict.FAILS, verdict("profiler",
                cell(Entrant.JEMALLOC, Work.SMALL, 1, 0, 5)));
    }

    @Test
    void every_allocator_of_the_list_has_claims_and_every_claim_a_row() {
        Table table = Claim.table(new Evidence(MadeUp.whole(), Optional.empty()));
        assertEquals(Claim.all().size(), table.rows().size());
        for (String about : new String[] {"System", "jemalloc", "mimalloc", "bump"}) {
            assertTrue(table.rows().stream().anyMatch(row -> row.getFirst().equals(about)), about);
        }
    }
}
