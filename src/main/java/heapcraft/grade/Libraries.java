package heapcraft.grade;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.AssertionFailedError;

/// The jars a worker needs, found by asking the classes where they came from: inside a kernel, an
/// IDE or Surefire, `java.class.path` does not say.
final class Libraries {

    private static final List<Class<?>> THIRD_PARTY = List.of(Test.class, JupiterTestEngine.class,
            JUnitException.class, TestEngine.class, Launcher.class, AssertionFailedError.class,
            API.class, JsonFactory.class);

    private Libraries() { }

    /// heapcraft itself: the jar that `-Dheapcraft.jar` names, or where these classes came from.
    static Path heapcraft() {
        String jar = System.getProperty("heapcraft.jar");
        return jar == null ? origin(Libraries.class) : Path.of(jar);
    }

    /// Everything a worker loads classes from.
    static List<Path> jars() {
        return Stream.concat(Stream.of(heapcraft()), THIRD_PARTY.stream().map(Libraries::origin))
                .distinct().toList();
    }

    /// Tells this JDK and these jars from any others.
    static String fingerprint() throws IOException {
        StringBuilder made = new StringBuilder(System.getProperty("java.home"))
                .append(System.getProperty("java.vm.version"));
        for (Path jar : jars()) {
            made.append('\n').append(jar).append(' ').append(Files.size(jar)).append(' ')
                    .append(Files.getLastModifiedTime(jar).toMillis());
        }
        return Digest.of(made.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /// JUnit and what it stands on, with the reader of event lines.
    static String thirdParty() {
        return paths(THIRD_PARTY.stream().map(Libraries::origin));
    }

    /// What the compiler needs for an exercise and its test.
    static String forCompiling() {
        return paths(jars().stream());
    }

    private static String paths(Stream<Path> jars) {
        return jars.distinct().map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of " + type + " is no path", e);
        }
    }
}
