package heapcraft.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every ```` ```java ```` block in the exported packages' javadoc, compiled as the body of a
/// method.
class JavadocExamplesTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "heapcraft");
    private static final List<String> EXPORTED = List.of("alloc", "own", "trace", "exercise");
    private static final Pattern FENCE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    /// A method cannot stand within another one: such an example is a class's body.
    private static final Pattern MEMBER = Pattern.compile("^static ", Pattern.MULTILINE);
    /// What examples know of the exercises.
    private static final String EXERCISES = """
            final class LayoutMath {
                static long padded(long byteSize, long byteAlignment) {
                    return 0;
                }
            }
            """;
    private static final String IMPORTS = """
            import static java.lang.foreign.ValueLayout.*;
            import java.lang.foreign.*;
            import java.util.*;
            """;

    /// @param where file and line of its first line
    private record Example(String where, String code) { }

    @TestFactory
    Stream<DynamicTest> every_example_compiles() throws IOException {
        return examples().stream().map(example -> DynamicTest.dynamicTest(example.where,
                () -> assertEquals(List.of(), errors(example), example.code)));
    }

    @Test
    void there_are_examples() throws IOException {
        assertFalse(examples().isEmpty());
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String name : EXPORTED) {
            Path folder = SOURCES.resolve(name);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.sorted().toList()) {
                        examples.addAll(examplesIn(file));
                    }
                }
            }
        }
        return examples;
    }

    /// Only `///` lines are kept, each in its own line, so that line numbers stay right.
    private static List<Example> examplesIn(Path file) throws IOException {
        String comments = Files.readString(file).lines().map(String::strip)
                .map(line -> line.startsWith("///") ? line.substring(3).replaceFirst("^ ", "") : "")
                .reduce("", (text, line) -> text + line + "\n");
        List<Example> examples = new ArrayList<>();
        for (Matcher fence = FENCE.matcher(comments); fence.find(); ) {
            long line = comments.substring(0, fence.start(1)).lines().count() + 1;
            examples.add(new Example(file.getFileName() + ":" + line, fence.group(1)));
        }
        return examples;
    }

    private static List<String> errors(Example example) {
        boolean member = MEMBER.matcher(example.code).find();
        String body = member ? example.code
                : "void example() throws Exception {\n" + example.code + "}";
        String source = imports() + "class Example {\n" + body + "\n}\n" + EXERCISES;
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        // Stops before class files are written.
        javac.getTask(null, null, found, List.of("-proc:none", "-XDshould-stop.ifNoError=FLOW",
                "-cp", System.getProperty("java.class.path")), null,
                List.of(new Source(source))).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(null)).toList();
    }

    private static String imports() {
        StringBuilder imports = new StringBuilder(IMPORTS);
        for (String name : EXPORTED) {
            if (Files.isDirectory(SOURCES.resolve(name))) {
                imports.append("import heapcraft.").append(name).append(".*;\n");
            }
        }
        return imports.append("import static heapcraft.exercise.Todo.todo;\n").toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
