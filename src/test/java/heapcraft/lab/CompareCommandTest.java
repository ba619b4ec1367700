package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.lab.compare.Contest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareCommandTest {

    @TempDir
    private Path root;

    @Test
    void the_help_names_every_workload() throws IOException {
        String help = new Desk(root).run("compare", "--help").out();
        for (String name : Contest.names().keySet()) {
            assertTrue(help.contains("  " + name + "  "), help);
        }
        help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void an_unknown_workload_is_not_understood_and_the_known_ones_are_named() throws IOException {
        Desk.Said said = new Desk(root).run("compare", "smal");
        assertEquals(2, said.code());
        assertTrue(said.err().contains("There is no workload smal; there are small, mixed"),
                said.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quick", "small"})
    void the_docs_take_no_figures_from_a_part(String part) throws IOException {
        Desk.Said said = new Desk(root).run("compare", "--write-docs", part);
        assertEquals(2, said.code());
        assertTrue(said.err().contains("--write-docs needs all workloads at full length"),
                said.err());
    }
}
