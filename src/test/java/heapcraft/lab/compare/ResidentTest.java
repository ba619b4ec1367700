package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ResidentTest {

    private static final String STATUS = """
            Name:	java
            VmHWM:	   81234 kB
            VmRSS:	   80000 kB
            voluntary_ctxt_switches:	17
            nonvoluntary_ctxt_switches:	4
            """;

    @Test
    void a_number_is_found_by_its_whole_name() {
        assertEquals(81_234, Resident.number(STATUS, "VmHWM"));
        assertEquals(17, Resident.number(STATUS, "voluntary_ctxt_switches"));
    }

    @Test
    void what_is_not_there_is_unknown_and_not_0() {
        assertEquals(Resident.UNKNOWN, Resident.number(STATUS, "Rss"));
    }

    @Test
    void the_peak_is_never_below_what_is_resident_before() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/smaps_rollup")));
        long before = Resident.now();
        assertTrue(before > 0, () -> before + " bytes");
        assertTrue(Resident.peak() >= before * 9 / 10, () -> Resident.peak() + " < " + before);
    }
}
