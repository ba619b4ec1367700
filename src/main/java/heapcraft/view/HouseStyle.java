package heapcraft.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.knowm.xchart.internal.series.AxesChartSeries;
import org.knowm.xchart.internal.series.MarkerSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// How our charts look.
///
/// A chart brings its own background, so that it reads on a light page and on a dark one. Each
/// series has a colour, a marker and a kind of line of its own: any one of the three tells it from
/// the others.
final class HouseStyle {

    static final Color PAPER = new Color(0xFFFFFF);
    static final Color INK = new Color(0x1F1F1F);
    private static final Color GRID = new Color(0xDDDDDD);

    /// Dark enough for white paper, and apart from each other for eyes that see fewer colours;
    /// after Paul Tol's [schemes](https://personal.sron.nl/~pault/).
    static final List<Color> COLOURS = List.of(new Color(0x1F1F1F), new Color(0x77777A),
            new Color(0xC04000), new Color(0x0F65A8), new Color(0x117733), new Color(0x882255),
            new Color(0x332288), new Color(0x9A6A00));
    static final List<Marker> MARKERS = List.of(SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_DOWN,
            SeriesMarkers.CROSS, SeriesMarkers.PLUS, SeriesMarkers.TRAPEZOID);
    static final float[][] DASHES = {null, {8, 4}, {2, 3}, {10, 3, 2, 3}, {14, 5}, {5, 5},
        {3, 6}, {12, 3, 3, 3, 3, 3}};

    /// In pixels.
    static final int WIDTH = 860;
    static final int HEIGHT = 440;

    static {
        // A picture is drawn in memory; no window system is asked for one.
        System.setProperty("java.awt.headless", "true");
    }

    private HouseStyle() { }

    static void apply(AxesChartStyler style) {
        Font text = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        style.setBaseFont(text).setChartTitleFont(text.deriveFont(Font.BOLD, 15f))
                .setLegendFont(text)
                .setChartBackgroundColor(PAPER).setPlotBackgroundColor(PAPER)
                .setLegendBackgroundColor(PAPER).setLegendBorderColor(PAPER)
                .setChartFontColor(INK).setPlotBorderColor(GRID)
                .setChartTitleBoxVisible(false)
                .setLegendPosition(LegendPosition.OutsideE)
                .setMarkerSize(9).setAntiAlias(true);
        style.setAxisTitleFont(text).setAxisTickLabelsFont(text)
                .setPlotGridLinesColor(GRID).setAxisTickMarksColor(GRID)
                .setPlotGridVerticalLinesVisible(false);
        style.setXAxisTickLabelsColor(INK).setYAxisTickLabelsColor(INK)
                .setXAxisTitleColor(INK).setYAxisTitleColor(INK);
    }

    /// Gives a series the look with this number.
    static void apply(MarkerSeries series, int look) {
        series.setMarker(MARKERS.get(look % MARKERS.size()));
        series.setMarkerColor(COLOURS.get(look % COLOURS.size()));
        ((AxesChartSeries) series).setLineColor(COLOURS.get(look % COLOURS.size()));
        ((AxesChartSeries) series).setLineStyle(new BasicStroke(1.6f, BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_ROUND, 10, DASHES[look % DASHES.length], 0));
    }
}
