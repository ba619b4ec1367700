package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole cases, in real processes.
class CareIT {

    @ParameterizedTest
    @EnumSource(value = Situation.class, names = {"CLI", "THREADS", "LONG_RUNNING", "GAME"})
    void a_case_comes_to_its_end_with_a_share_and_a_verdict(Situation situation)
            throws IOException {
        Outcome outcome = Examination.QUICK.run(situation, step -> { });
        assertEquals("", outcome.program().trouble());
        assertEquals("", outcome.calls().trouble());
        for (Track swap : outcome.swaps()) {
            assertTrue(swap.trouble().isEmpty() || swap.trouble().startsWith(Cell.MISSING),
                    swap::trouble);
        }
        double share = outcome.share().orElseThrow();
        assertTrue(share > 0 && share <= 1, "share " + share);
        assertFalse(outcome.weighing().why().isEmpty());
    }
}
