package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleTest {

    @Test
    void plain_text_of_any_script_stays_as_it_is() {
        String text = "a\tb\nc é 한글 עברית 👩‍💻 ✔";
        assertEquals(text, Visible.text(text));
    }

    @Test
    void what_a_terminal_obeys_is_shown_instead() {
        assertEquals("\\u001B[31mred \\u0007 \\u009B1m \\u000D",
                Visible.text("\u001B[31mred \u0007 \u009B1m \r"));
    }

    @Test
    void what_turns_the_reading_direction_is_shown_instead() {
        assertEquals("\\u202Ex\\u202C \\u2067y\\u2069", Visible.text("\u202Ex\u202C \u2067y\u2069"));
    }

    @Test
    void half_a_character_is_shown_instead_of_lost() {
        String visible = Visible.text("\uD800x\uDC00 \uFFFE \u0000");
        assertEquals("\\uD800x\\uDC00 \\uFFFE \\u0000", visible);
        assertEquals(visible, new String(visible.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8));
    }

    @Test
    void windows_line_ends_become_plain_ones() {
        assertEquals("a\nb\n", Visible.text("a\r\nb\r\n"));
    }

    @Test
    void a_part_too_long_to_read_is_cut_and_counted() {
        assertEquals("x".repeat(4000), Visible.part("x".repeat(4000)));
        assertTrue(Visible.part("x".repeat(5000)).endsWith("x… and 1001 characters more"));
    }

    @Test
    void a_cut_splits_no_character() {
        String cut = Visible.part("x" + "👩".repeat(3000));
        assertTrue(cut.startsWith("x👩") && cut.contains("👩… and "), cut);
    }

    @Test
    void findings_outputs_and_paths_are_visible_from_the_start() {
        Finding finding = new Finding("\u0000", "\u0001", "\u0002", "\u0003", List.of("\u0004"));
        assertEquals(new Finding("\\u0000", "\\u0001", "\\u0002", "\\u0003", List.of("\\u0004")),
                finding);
        assertEquals("\\u001B", MadeUp.graded("Sums", Verdict.PASSED, Finding.NONE, "\u001B").output());
        Project project = new Project(Path.of("/course"), Path.of("/course/x"));
        assertEquals("x/\\u001B", project.shown(Path.of("/course/x/\u001B")));
    }
}
