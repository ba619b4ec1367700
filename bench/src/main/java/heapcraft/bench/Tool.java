package heapcraft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Another program, run to its end.
///
/// @param exitCode 0 if all went well, [#MISSING] if there is no such program
/// @param text     what it printed
record Tool(int exitCode, String text) {

    static final int MISSING = -1;

    static Tool run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes()).strip();
            return new Tool(process.waitFor(), text);
        } catch (IOException e) {
            return new Tool(MISSING, "");
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
        }
    }

    /// The first line it prints, or "none" where there is no such program.
    static String firstLine(String... command) {
        Tool tool = run(command);
        return tool.exitCode == 0 ? tool.text.lines().findFirst().orElse("") : "none";
    }
}
