package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The exercises as they are shipped. They are resources of the library, because the files in
/// `exercises/` belong to the learner.
public final class Stubs {

    /// `throw todo("…")` at the start of a statement: a comment's example is no gap.
    private static final Pattern GAP =
            Pattern.compile("(?m)^\\s*throw todo\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*\\);");

    private Stubs() { }

    /// The shipped file of an exercise; nothing if the course ships none.
    public static Optional<String> text(Exercise exercise) {
        String file = "/heapcraft/stubs/" + exercise.className().replace('.', '/') + ".java";
        try (InputStream in = Stubs.class.getResourceAsStream(file)) {
            return in == null ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a source is the shipped file, whatever its line endings.
    public static boolean isStub(Exercise exercise, String source) {
        return text(exercise).map(Stubs::withoutReturns).equals(Optional.of(withoutReturns(source)));
    }

    /// The goal of the first gap in the shipped file.
    ///
    /// @return nothing for any other source
    static Optional<String> firstGap(Exercise exercise, String source) {
        Matcher gap = GAP.matcher(source);
        return isStub(exercise, source) && gap.find()
                ? Optional.of(gap.group(1).translateEscapes()) : Optional.empty();
    }

    private static String withoutReturns(String source) {
        return source.replace("\r\n", "\n");
    }
}
