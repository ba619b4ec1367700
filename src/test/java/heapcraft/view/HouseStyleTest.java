package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class HouseStyleTest {

    /// Below this, WCAG 2.2 says, a graphic is hard to make out; below the other, text is.
    private static final double GRAPHIC = 3;
    private static final double TEXT = 4.5;

    @Test
    void every_colour_stands_out_from_the_paper() {
        for (Color colour : HouseStyle.COLOURS) {
            assertTrue(contrast(colour, HouseStyle.PAPER) >= GRAPHIC, () -> colour + ": "
                    + contrast(colour, HouseStyle.PAPER));
        }
        assertTrue(contrast(HouseStyle.INK, HouseStyle.PAPER) >= TEXT);
    }

    @Test
    void no_two_looks_have_the_same_colour_marker_or_line() {
        assertEquals(HouseStyle.COLOURS.size(), new HashSet<>(HouseStyle.COLOURS).size());
        assertEquals(HouseStyle.COLOURS.size(), new HashSet<>(HouseStyle.MARKERS).size());
        assertEquals(HouseStyle.COLOURS.size(), Arrays.stream(HouseStyle.DASHES).map(Arrays::toString)
                .distinct().count());
    }

    private static double contrast(Color one, Color other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
