package heapcraft.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What the pages of this package are put together from.
final class Page {

    private Page() { }

    /// A file that lies beside this class in the library, as text.
    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An SVG document as an image: nothing in it can run or fetch anything.
    ///
    /// @param says what it shows, in words
    static String image(String svg, String says) {
        return "<img style=\"max-width: 100%\" alt=\"" + Still.escape(says)
                + "\" src=\"data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8))
                + "\"/>\n";
    }

    /// JSON that cannot end the script element it stands in, in HTML's eyes or JavaScript's.
    static String inScript(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
                .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }
}
