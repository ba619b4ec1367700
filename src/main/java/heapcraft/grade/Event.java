package heapcraft.grade;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// One line between driver and worker: a flat JSON object of strings.
///
/// Written and read by token, not by binding: a worker then loads a fraction of Jackson, and this
/// package needs no door for reflection.
record Event(Kind kind, Map<String, String> fields) {

    /// What a line says.
    enum Kind {
        /// Driver to worker: run these tests.
        JOB,
        /// A test begins.
        STARTED,
        /// A test is over, with its verdict.
        FINISHED,
        /// Driver to worker: where does the test stand? Its time is over.
        WHERE,
        /// There it stands.
        STUCK,
        /// All tests have been run.
        END
    }

    private static final JsonFactory JSON = new JsonFactory();

    static Event of(Kind kind, String... keysAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Event(kind, fields);
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    String toLine() throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("event", kind.name());
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        }
        return line.append('\n').toString();
    }

    static Event parse(String line) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                fields.put(json.currentName(), json.nextTextValue());
            }
        }
        String kind = fields.remove("event");
        if (kind == null) {
            throw new IOException("a line without an event: " + line);
        }
        return new Event(Kind.valueOf(kind), fields);
    }
}
