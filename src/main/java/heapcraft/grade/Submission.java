package heapcraft.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A learner's file as it was at one moment.
///
/// @param sha256 the digest of its bytes; empty if it was not there
record Submission(String text, String sha256) {

    static Submission read(Path file) {
        if (!Files.isRegularFile(file)) {
            return new Submission("", "");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return new Submission(new String(bytes, StandardCharsets.UTF_8), Digest.of(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
