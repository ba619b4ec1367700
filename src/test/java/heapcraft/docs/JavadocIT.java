package heapcraft.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The javadoc tool has nothing to say against the library's comments.
class JavadocIT {

    @TempDir
    Path pages;

    @ParameterizedTest
    @ValueSource(strings = {"alloc"})
    void is_clean(String name) {
        Path sources = Path.of("src", "main", "java");
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int exitCode = ToolProvider.findFirst("javadoc").orElseThrow().run(out, out,
                "-quiet", "-Xdoclint:all", "-Werror", "-d", pages.toString(),
                "-tag", "implSpec:a:Implementation Requirements:", "-tag", "apiNote:a:API Note:",
                "-cp", sources + File.pathSeparator + System.getProperty("java.class.path"),
                "--source-path", sources.toString(), "heapcraft." + name);
        assertEquals(0, exitCode, said.toString());
    }
}
