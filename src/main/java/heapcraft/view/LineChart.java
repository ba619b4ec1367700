package heapcraft.view;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/// A figure that depends on another one, as lines.
///
/// ```java
/// Drawing drawing = new LineChart("Resident memory", "hour", "MB")
///         .line("System", List.of(0, 1, 2), List.of(40.0, 44.0, 47.0))
///         .draw();
/// ```
///
/// One thread at a time.
public final class LineChart {

    private final XYChart chart;
    private final List<String> words = new ArrayList<>();
    private int look;

    /// A chart without a line.
    ///
    /// @param title  what it shows
    /// @param xTitle the figure to the right, with its unit
    /// @param yTitle the figure upwards, with its unit
    public LineChart(String title, String xTitle, String yTitle) {
        chart = new XYChartBuilder().width(HouseStyle.WIDTH).height(HouseStyle.HEIGHT)
                .title(title).xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        HouseStyle.apply(chart.getStyler());
        words.add(title + " (" + xTitle + ", " + yTitle + ")");
    }

    /// Makes both axes logarithmic: what grows in proportion is a straight line upwards then, and
    /// what does not grow is level.
    ///
    /// @return this chart
    public LineChart logarithmic() {
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        return this;
    }

    /// Lets the figure upwards begin at 0, so that heights can be compared.
    ///
    /// @return this chart
    public LineChart fromZero() {
        chart.getStyler().setYAxisMin(0.0);
        return this;
    }

    /// One more line, in the next look.
    ///
    /// @param name what the legend calls it
    /// @param xs   where its points are to the right
    /// @param ys   and upwards; as many
    /// @return this chart
    public LineChart line(String name, List<? extends Number> xs, List<? extends Number> ys) {
        HouseStyle.apply(chart.addSeries(name, xs, ys), look++);
        words.add(name + ": from " + Drawing.figure(ys.getFirst()) + " at " + xs.getFirst()
                + " to " + Drawing.figure(ys.getLast()) + " at " + xs.getLast());
        return this;
    }

    /// Leaves out the next look: what is missing in this chart keeps its colour in others.
    ///
    /// @return this chart
    public LineChart skip() {
        look++;
        return this;
    }

    /// {@return the chart as a picture}
    public Drawing draw() {
        return new Drawing(chart, String.join("; ", words));
    }
}
