package heapcraft.trace.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// A recording of JDK Flight Recorder: what the JVM knows of memory. That is its own heap and, with
/// `-XX:NativeMemoryTracking=summary`, what its parts took from the system; C's `malloc` is called
/// behind its back.
final class FlightRecording {

    private static final byte[] MAGIC = "FLR\0".getBytes(StandardCharsets.US_ASCII);
    /// The parts of the JVM that a table names; the others are many and small.
    private static final int PARTS = 3;

    private final Map<String, String> head = new LinkedHashMap<>();
    private final Map<String, Long> committed = new TreeMap<>();
    private long samples;
    private long sampledBytes;
    private long mostCommitted;
    private long events;

    private FlightRecording() { }

    static boolean isOne(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Arrays.equals(bytes.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /// @throws IllegalArgumentException if it is cut short, or holds nothing about memory
    static Profile read(Path file) throws IOException {
        FlightRecording recording = new FlightRecording();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                recording.take(events.readEvent());
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("this recording of JFR is cut short or broken", e);
        }
        return recording.profile();
    }

    private void take(RecordedEvent event) {
        if (events++ == 0) {
            head.put("date", LocalDate.ofInstant(event.getStartTime(), ZoneOffset.UTC).toString());
        }
        switch (event.getEventType().getName()) {
            case "jdk.JVMInformation" -> {
                head.put("program", event.getString("javaArguments"));
                head.put("command", "java " + event.getString("jvmArguments"));
                head.put("version", event.getString("jvmVersion"));
            }
            case "jdk.ObjectAllocationSample" -> {
                samples++;
                sampledBytes += event.getLong("weight");
            }
            case "jdk.NativeMemoryUsage" -> committed.merge(event.getString("type"),
                    event.getLong("committed"), Math::max);
            case "jdk.NativeMemoryUsageTotal" -> mostCommitted = Math.max(mostCommitted,
                    event.getLong("committed"));
            default -> { }
        }
    }

    private Profile profile() {
        if (samples == 0 && mostCommitted == 0) {
            throw new IllegalArgumentException("this recording of JFR has neither allocation samples"
                    + " nor native memory; record with settings=profile and"
                    + " -XX:NativeMemoryTracking=summary");
        }
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("Java objects", "about %s allocated, from %d samples".formatted(
                megabytes(sampledBytes), samples));
        figures.put("native memory", mostCommitted == 0
                ? "not tracked: -XX:NativeMemoryTracking=summary was not on"
                : megabytes(mostCommitted) + " committed at most" + largest());
        return new Profile("JFR", head, OptionalDouble.empty(), "", figures,
                "malloc: neither its time nor its calls; of native memory, only what the JVM itself"
                        + " has asked for, arenas of java.lang.foreign (Other) included");
    }

    private String largest() {
        return committed.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(PARTS)
                .map(part -> ", " + part.getKey() + " " + megabytes(part.getValue()))
                .reduce("", String::concat);
    }

    private static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / 1e6);
    }
}
