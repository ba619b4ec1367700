package heapcraft.trace.profile;

import heapcraft.trace.Amdahl;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// One profiler's evidence on one run of a program: how much its allocator matters.
///
/// ```java
/// Profile profile = Profile.read(Path.of("perf.txt"));   // what perf script printed
/// profile.amdahl().ifPresent(most -> IO.println(most.bound()));
/// ```
///
/// Immutable; may be shared between threads.
///
/// @param tool    who recorded it: `perf script`, `perf stat`, `heaptrack` or `JFR`
/// @param head    what the recording says about itself (program, command, version, date), in its
///                order; empty where it says nothing
/// @param share   the allocator's part of the program's time, from 0 to 1; empty where the tool
///                cannot see it
/// @param basis   what kind of figure the share is, in half a sentence; "" without one
/// @param figures what else it counted, each with its unit
/// @param blind   what the tool cannot say, in a sentence
public record Profile(String tool, Map<String, String> head, OptionalDouble share, String basis,
                      Map<String, String> figures, String blind) {

    /// Takes over copies, in their order.
    ///
    /// @throws IllegalArgumentException if the share is not from 0 to 1
    public Profile {
        head = new LinkedHashMap<>(head);
        figures = new LinkedHashMap<>(figures);
        share.ifPresent(Amdahl::new);
    }

    /// Reads what a profiler left, whichever it was.
    ///
    /// @param file the text of `perf script`, of `perf stat` or of `heaptrack_print`, or a recording
    ///             of JFR
    /// @throws IllegalArgumentException if it is something else, or is cut short: one sentence that
    ///                                  names the file
    /// @throws IOException              if it cannot be read
    public static Profile read(Path file) throws IOException {
        try {
            return FlightRecording.isOne(file) ? FlightRecording.read(file)
                    : parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + FOREIGN, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static final String FOREIGN = "neither perf script, perf stat, heaptrack_print nor JFR"
            + " has written this";

    /// {@return what a profiler printed}
    ///
    /// @param text the text of `perf script`, of `perf stat` or of `heaptrack_print`
    /// @throws IllegalArgumentException if it is something else, or is cut short
    public static Profile parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("there is nothing in it");
        }
        if (Heaptrack.wrote(text)) {
            return Heaptrack.parse(text);
        }
        if (PerfStat.wrote(text)) {
            return PerfStat.parse(text);
        }
        if (PerfScript.wrote(text)) {
            return PerfScript.parse(text);
        }
        throw new IllegalArgumentException(FOREIGN);
    }

    /// {@return what a faster allocator could bring at best, where the tool saw the share}
    public Optional<Amdahl> amdahl() {
        return share.isPresent() ? Optional.of(new Amdahl(share.getAsDouble())) : Optional.empty();
    }

    /// The evidence in some lines: where it comes from, what it says, and what it cannot say.
    @Override
    public String toString() {
        return tool + lines(head) + (share.isPresent() ? "\n  share of time: %.1f %% (%s)".formatted(
                100 * share.getAsDouble(), basis) : "") + lines(figures) + "\n  blind: " + blind;
    }

    private static String lines(Map<String, String> facts) {
        return facts.entrySet().stream().map(fact -> "\n  " + fact.getKey() + ": "
                + fact.getValue()).collect(Collectors.joining());
    }
}
