package heapcraft.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the figures were taken on: without it they mean nothing.
final class Machine {

    private Machine() { }

    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now().toString());
        facts.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors()
                + " cores");
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version")
                + ", " + Tool.firstLine("getconf", "GNU_LIBC_VERSION"));
        facts.put("load before", "%.1f".formatted(
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        facts.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        facts.put("rust", Tool.firstLine("rustc", "--version"));
        facts.put("c", Tool.firstLine("cc", "--version"));
        return facts;
    }

    /// Its name may say nothing, as in a virtual machine; family and model say which one it is.
    private static String processor() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return "%s (family %s, model %s)".formatted(value(lines, "model name"),
                    value(lines, "cpu family"), value(lines, "model"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String value(List<String> lines, String key) {
        return lines.stream().map(line -> line.split(":", 2))
                .filter(parts -> parts[0].strip().equals(key)).findFirst()
                .map(parts -> parts[1].strip()).orElse("unknown");
    }
}
