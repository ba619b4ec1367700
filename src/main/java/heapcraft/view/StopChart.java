package heapcraft.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;

/// A figure at a few named stops, such as workloads or thread counts: a marker for each, joined by
/// lines where the way from one to the next means something.
///
/// ```java
/// Drawing drawing = new StopChart("Time for a block", "workload", "ns", List.of("small", "mixed"))
///         .dots("System", List.of(20.1, 35.0))
///         .draw();
/// ```
///
/// One thread at a time.
public final class StopChart {

    private final CategoryChart chart;
    private final List<String> stops;
    private final List<String> words = new ArrayList<>();
    private int look;

    /// A chart without a figure.
    ///
    /// @param title  what it shows
    /// @param xTitle what a stop is
    /// @param yTitle the figure upwards, with its unit
    /// @param stops  from left to right
    public StopChart(String title, String xTitle, String yTitle, List<String> stops) {
        chart = new CategoryChartBuilder().width(HouseStyle.WIDTH).height(HouseStyle.HEIGHT)
                .title(title).xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        HouseStyle.apply(chart.getStyler());
        // The default, bars, stand on 0, which no logarithmic axis has.
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
        this.stops = List.copyOf(stops);
        words.add(title + " (" + yTitle + ")");
    }

    /// Makes the axis upwards logarithmic, for figures of very different size.
    ///
    /// @return this chart
    public StopChart logarithmic() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    /// Lets the figure upwards begin at 0, so that heights can be compared.
    ///
    /// @return this chart
    public StopChart fromZero() {
        chart.getStyler().setYAxisMin(0.0);
        return this;
    }

    /// One more figure at each stop, in the next look.
    ///
    /// @param name what the legend calls it
    /// @param ys   one for each stop; `null` where there is none
    /// @return this chart
    public StopChart dots(String name, List<Double> ys) {
        return add(name, ys, CategorySeriesRenderStyle.Scatter);
    }

    /// The same, with lines from stop to stop.
    ///
    /// @param name what the legend calls it
    /// @param ys   one for each stop; `null` where there is none
    /// @return this chart
    public StopChart line(String name, List<Double> ys) {
        // Side by side, the points of a stop would not stand above it.
        chart.getStyler().setOverlapped(true);
        return add(name, ys, CategorySeriesRenderStyle.Line);
    }

    private StopChart add(String name, List<Double> ys, CategorySeriesRenderStyle style) {
        CategorySeries series = chart.addSeries(name, stops, ys);
        series.setChartCategorySeriesRenderStyle(style);
        HouseStyle.apply(series, look++);
        words.add(name + ": " + IntStream.range(0, stops.size())
                .filter(i -> ys.get(i) != null)
                .mapToObj(i -> stops.get(i) + " " + Drawing.figure(ys.get(i)))
                .collect(Collectors.joining(", ")));
        return this;
    }

    /// Leaves out the next look: what is missing in this chart keeps its colour in others.
    ///
    /// @return this chart
    public StopChart skip() {
        look++;
        return this;
    }

    /// {@return the chart as a picture}
    public Drawing draw() {
        return new Drawing(chart, String.join("; ", words));
    }
}
