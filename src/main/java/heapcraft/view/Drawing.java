package heapcraft.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/// A chart as a picture.
///
/// ```java
/// Drawing drawing = new LineChart("Growth", "live blocks", "nanoseconds")
///         .line("SizeClassAlloc", List.of(1, 10, 100), List.of(20.0, 21.0, 23.0)).draw();
/// Files.writeString(Path.of("growth.svg"), drawing.svg());
/// ```
///
/// Immutable; may be shared between threads.
public final class Drawing {

    private static final Pattern DECIMALS = Pattern.compile("(\\d\\.\\d\\d)\\d+");

    private final String alt;
    private final String svg;
    private final byte[] png;

    Drawing(Chart<?, ?> chart, String alt) {
        this.alt = alt;
        try {
            var vectors = new ByteArrayOutputStream();
            VectorGraphicsEncoder.saveVectorGraphic(chart, vectors, VectorGraphicsFormat.SVG);
            svg = titled(rounded(vectors.toString(StandardCharsets.UTF_8)), alt);
            png = BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Letters come as outlines with ten decimals of a pixel: two thirds of the file.
    private static String rounded(String svg) {
        return DECIMALS.matcher(svg).replaceAll("$1");
    }

    /// An SVG by itself has no text for those who cannot see it; its first child can be one.
    private static String titled(String svg, String alt) {
        int root = svg.indexOf("<svg");
        int open = svg.indexOf('>', root) + 1;
        return svg.substring(0, root) + "<svg role=\"img\"" + svg.substring(root + 4, open)
                + "<title>" + escaped(alt) + "</title>" + svg.substring(open);
    }

    /// {@return what the chart says, in words: its title, and where each series begins and ends}
    public String alt() {
        return alt;
    }

    /// {@return the picture as SVG}
    public String svg() {
        return svg;
    }

    /// {@return the picture as PNG}
    public byte[] png() {
        return png.clone();
    }

    /// {@return the picture as an HTML element that needs no file beside it}
    public String img() {
        return "<img style=\"max-width: 100%\" alt=\"" + escaped(alt)
                + "\" src=\"data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8))
                + "\">";
    }

    /// A number in the words of a chart: three digits, whatever its size.
    static String figure(Number number) {
        return new BigDecimal(number.doubleValue()).round(new MathContext(3)).toPlainString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
