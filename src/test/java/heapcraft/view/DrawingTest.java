package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class DrawingTest {

    private static LineChart chart() {
        return new LineChart("Resident <memory>", "hour", "MB");
    }

    private final Drawing drawing = chart().line("System & co", List.of(1, 2), List.of(40.0, 47.5))
            .draw();

    private static Element svg(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        // Its DTD lies on a server.
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return document.getDocumentElement();
    }

    @Test
    void the_words_say_what_a_line_does() {
        assertEquals("Resident <memory> (hour, MB); System & co: from 40 at 1 to 47.5 at 2",
                drawing.alt());
    }

    @Test
    void the_svg_is_xml_and_begins_with_the_words() throws Exception {
        Element svg = svg(drawing.svg());
        assertEquals("svg", svg.getTagName());
        assertEquals("img", svg.getAttribute("role"));
        Element title = (Element) svg.getElementsByTagName("title").item(0);
        assertEquals(drawing.alt(), title.getTextContent());
    }

    @Test
    void the_png_shows_the_whole_picture() throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(drawing.png()));
        assertEquals(HouseStyle.WIDTH, image.getWidth());
        assertEquals(HouseStyle.HEIGHT, image.getHeight());
        assertEquals(HouseStyle.PAPER.getRGB(), image.getRGB(1, 1));
    }

    @Test
    void the_html_needs_no_file_and_its_words_cannot_leave_the_attribute() {
        String img = drawing.img();
        assertTrue(img.contains("alt=\"Resident &lt;memory&gt; (hour, MB); System &amp; co:"), img);
        String data = img.replaceAll("(?s).*base64,([^\"]*)\".*", "$1");
        assertEquals(drawing.svg(), new String(Base64.getDecoder().decode(data),
                StandardCharsets.UTF_8));
    }

    @Test
    void who_is_skipped_leaves_its_look_unused() {
        byte[] second = chart().skip().line("A", List.of(1, 2), List.of(1.0, 2.0)).draw().png();
        byte[] first = chart().line("A", List.of(1, 2), List.of(1.0, 2.0)).draw().png();
        assertFalse(Arrays.equals(first, second));
    }

    @Test
    void a_stop_without_a_figure_is_left_out_of_the_words() {
        Drawing stops = new StopChart("Time", "workload", "ns", List.of("small", "mixed", "large"))
                .dots("A", Arrays.asList(1.5, null, 30_000.0)).logarithmic().draw();
        assertEquals("Time (ns); A: small 1.5, large 30000", stops.alt());
    }

    @Test
    void a_line_may_have_no_figure_at_all() {
        Drawing stops = new StopChart("Time", "threads", "ns", List.of("1", "2"))
                .line("A", List.of(1.0, 2.0)).line("B", Arrays.asList(null, null)).draw();
        assertTrue(stops.alt().contains("A: 1 1, 2 2"), stops::alt);
    }
}
