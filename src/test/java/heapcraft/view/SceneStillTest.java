package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is left of a live picture where nothing is live.
class SceneStillTest {

    private final String html = new SceneStill(new LiveWidget(new Counting())).html();

    @Test
    void needs_neither_script_nor_style_nor_network() {
        assertFalse(html.matches("(?s).*<(script|style|link|iframe|svg|object)\\b.*"), html);
        assertFalse(html.matches("(?s).*(src|href)=\"(?!data:).*"), html);
    }

    @Test
    void holds_the_picture_itself() {
        Matcher image = Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"").matcher(html);
        assertTrue(image.find(), html);
        String svg = new String(Base64.getDecoder().decode(image.group(1)), StandardCharsets.UTF_8);
        assertTrue(svg.contains("<svg") && svg.contains("The heap"), svg);
    }

    @Test
    void says_it_in_words_for_who_cannot_see_it() {
        assertTrue(html.contains("alt=\"The heap: 96 bytes"), html);
        assertTrue(html.contains("done: 0 times"), html);
    }

    @Test
    void says_how_it_comes_to_life() {
        assertTrue(html.contains("run the cell, and the picture is live"), html);
    }

    @Test
    void shows_names_as_they_are() {
        assertTrue(html.contains("Counting &lt;clicks&gt;"), html);
    }
}
