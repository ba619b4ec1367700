package heapcraft.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/// What figures were taken on: without it they mean nothing.
final class Machine {

    private Machine() { }

    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now().toString());
        facts.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors()
                + " cores");
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version")
                + ", " + Glibc.version());
        facts.put("huge pages", firstLine("/sys/kernel/mm/transparent_hugepage/enabled"));
        facts.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        facts.put("load before", firstLine("/proc/loadavg").split(" ")[0]);
        return facts;
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
