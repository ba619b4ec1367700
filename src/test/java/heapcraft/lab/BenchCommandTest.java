package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"--quick", "nodes32"})
    void the_docs_take_no_figures_from_a_part(String part) throws IOException {
        Desk.Said said = new Desk(root).run("bench", "--write-docs", part);
        assertEquals(2, said.code());
        assertTrue(said.err().contains("--write-docs needs all groups at full length"), said.err());
    }

    @Test
    void the_help_says_what_quick_is_worth() throws IOException {
        // The help is wrapped at the screen's width.
        String help = new Desk(root).run("bench", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("not to believe it"), help);
    }
}
