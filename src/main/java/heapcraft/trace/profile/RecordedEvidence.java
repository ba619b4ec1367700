package heapcraft.trace.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Profiles of real programs that come with the course, for machines without the tools. The
/// programs' sources lie beside them.
///
/// ```java
/// RecordedEvidence.all().get("parser.perf.txt").share();   // how much of it is malloc and free
/// ```
public final class RecordedEvidence {

    private static final String FOLDER = "/heapcraft/evidence/";
    private static final List<String> TEXTS = List.of("words.perf.txt", "words.perf-stat.txt",
            "words.heaptrack.txt", "requests.perf.txt", "parser.perf.txt",
            "parser.heaptrack.txt");
    private static final String RECORDING = "parser.jfr";

    private RecordedEvidence() { }

    /// {@return every profile that comes with the course, by the name of its file}
    public static Map<String, Profile> all() {
        Map<String, Profile> all = new LinkedHashMap<>();
        try {
            for (String name : TEXTS) {
                try (InputStream text = open(name)) {
                    all.put(name, Profile.parse(
                            new String(text.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
            all.put(RECORDING, recording());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /// JFR reads files, and a resource may lie in a jar.
    private static Profile recording() throws IOException {
        Path copy = Files.createTempFile("heapcraft-", ".jfr");
        try (InputStream bytes = open(RECORDING)) {
            Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
            return Profile.read(copy);
        } finally {
            Files.delete(copy);
        }
    }

    private static InputStream open(String name) {
        return RecordedEvidence.class.getResourceAsStream(FOLDER + name);
    }
}
