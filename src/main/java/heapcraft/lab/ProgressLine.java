package heapcraft.lab;

import java.io.PrintWriter;
import java.util.function.Consumer;

/// One line on a terminal that says what goes on; elsewhere, a line for each part of the work.
final class ProgressLine implements Consumer<String>, AutoCloseable {

    /// A line as long as the terminal would break.
    private static final int WIDTH = 79;

    private final PrintWriter out;
    private final boolean redraws = System.console() != null && System.console().isTerminal();
    private String part = "";

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    /// @param step what is done, and after a colon how far it is
    @Override
    public void accept(String step) {
        String now = step.split(":", 2)[0];
        if (redraws) {
            draw("  " + step);
        } else if (!now.equals(part)) {
            out.println("  " + now);
        }
        part = now;
        out.flush();
    }

    private void draw(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
    }

    /// Leaves the line empty.
    @Override
    public void close() {
        if (redraws) {
            draw("");
            out.print("\r");
            out.flush();
        }
    }
}
