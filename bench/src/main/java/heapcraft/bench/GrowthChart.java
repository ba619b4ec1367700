package heapcraft.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/// The cost of a block against the number of live ones, both on logarithmic axes: what grows in
/// proportion is a straight line upwards there, and what does not grow is level.
final class GrowthChart {

    /// Each dash of a dashed line would be a shape of its own in the file, a megabyte of them.
    private static final BasicStroke SOLID = new BasicStroke(0.5f);

    private GrowthChart() { }

    static void draw(Results results, Path file) throws IOException {
        XYChart chart = new XYChartBuilder().width(720).height(420)
                .title("Free one block and allocate it again")
                .xAxisTitle("live blocks").yAxisTitle("nanoseconds (minimum)").build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true)
                .setXAxisDecimalPattern("#,###").setYAxisDecimalPattern("#,###")
                .setPlotGridLinesStroke(SOLID).setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.InsideNW);
        for (Growth line : Suite.GROWTH_LINES) {
            chart.addSeries(line.label(), Growth.LIVE, line.subjects().stream()
                    .map(each -> results.minimum(each).orElseThrow()).toList());
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }
}
