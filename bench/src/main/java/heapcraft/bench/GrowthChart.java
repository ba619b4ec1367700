package heapcraft.bench;

import heapcraft.view.LineChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The cost of a block against the number of live ones, both on logarithmic axes: what grows in
/// proportion is a straight line upwards there, and what does not grow is level.
final class GrowthChart {

    private GrowthChart() { }

    static void draw(Results results, Path file) throws IOException {
        LineChart chart = new LineChart("Free one block and allocate it again", "live blocks",
                "nanoseconds (minimum)").logarithmic();
        for (Growth line : Suite.GROWTH_LINES) {
            chart.line(line.label(), Growth.LIVE, line.subjects().stream()
                    .map(each -> results.minimum(each).orElseThrow()).toList());
        }
        Files.writeString(file, chart.draw().svg());
    }
}
