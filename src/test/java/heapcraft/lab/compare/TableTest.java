package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table("Bytes", List.of("", "live", "all"),
            List.of(List.of("A", "1", "10"), List.of("Long & <b>", "1000", "2")));

    @Test
    void in_a_terminal_figures_stand_to_the_right() {
        assertEquals("""
                Bytes
                            live  all
                A              1   10
                Long & <b>  1000    2
                """, table.text());
    }

    @Test
    void in_markdown_it_has_a_head_and_as_many_columns_in_each_row() {
        List<String> lines = table.markdown().lines().toList();
        assertEquals("|------------|-----:|----:|", lines.get(3));
        lines.subList(2, 6).forEach(line -> assertEquals(4, line.chars()
                .filter(c -> c == '|').count(), line));
    }

    @Test
    void in_html_no_text_becomes_an_element() {
        assertTrue(table.html().contains("<th scope=\"row\">Long &amp; &lt;b&gt;</th>"),
                table::html);
    }

    @Test
    void a_row_that_does_not_fit_the_head_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Table("", List.of("a", "b"),
                List.of(List.of("only one"))));
    }
}
