package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class GlibcTest {

    /// As `malloc_info` writes it: each arena has sums of its own, and those of all come last.
    private static final String INFO = """
            <malloc version="1">
            <heap nr="0">
            <sizes></sizes>
            <total type="fast" count="1" size="9000000"/>
            <system type="current" size="5000000"/>
            </heap>
            <heap nr="1">
            <sizes></sizes>
            <total type="rest" count="1" size="9000000"/>
            <system type="current" size="7000000"/>
            </heap>
            <total type="fast" count="10" size="1000000"/>
            <total type="rest" count="20" size="2500000"/>
            <total type="mmap" count="1" size="4000000"/>
            <system type="current" size="12000000"/>
            <system type="max" size="99000000"/>
            </malloc>
            """;

    @Test
    void the_sums_are_those_of_all_arenas() {
        assertEquals("2 arenas; taken from the system 12.0 MB and 4.0 MB in mappings of their own;"
                + " free in them 3.5 MB", Glibc.summary(INFO));
    }

    @Test
    void a_process_has_at_least_one_arena() {
        Assumptions.assumeTrue(Glibc.isHere(), Glibc.version());
        assertTrue(Glibc.statistics().matches("[1-9]\\d* arenas; .*"), Glibc::statistics);
    }
}
