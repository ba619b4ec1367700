package heapcraft.docs;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Every Java example in the library's documentation, compiled.
class JavadocExamplesIT {

    private static final Path SOURCES = Path.of("src", "main", "java", "heapcraft");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)\n ```", Pattern.DOTALL);
    private static final String IMPORTS = """
            import heapcraft.alloc.*;
            import heapcraft.exercise.*;
            import heapcraft.lab.*;
            import heapcraft.lab.compare.*;
            import heapcraft.own.*;
            import heapcraft.trace.*;
            import heapcraft.trace.profile.*;
            import heapcraft.view.*;
            import java.lang.foreign.*;
            import java.nio.file.*;
            import java.util.*;
            import static heapcraft.exercise.Todo.todo;
            import static java.lang.foreign.ValueLayout.*;
            """;

    /// What the examples of `Claim` claim something about.
    private static final String LEARNERS_CLASS = """
            class LayoutMath {
                static long padded(long byteSize, long byteAlignment) {
                    return 16;
                }
            }
            """;

    /// @param where the file, and the example's number in it
    private record Example(String where, String code) { }

    /// An example as a source file.
    private static final class Source extends SimpleJavaFileObject {
        private final Example example;
        private final String text;

        Source(Example example, String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.example = example;
            this.text = text;
        }

        @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void every_example_compiles() throws IOException {
        List<Example> all = examples();
        assertTrue(all.size() > 30, all.size() + " examples were found");
        Map<Example, String> faults = faults(all, "void example() throws Exception {\n%s\n}\n");
        faults.keySet().retainAll(faults(List.copyOf(faults.keySet()), "%s").keySet());
        assertEquals(Map.of(), faults);
    }

    private static List<Example> examples() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted()
                    .flatMap(JavadocExamplesIT::examples).toList();
        }
    }

    private static Stream<Example> examples(Path file) {
        try {
            String comments = Files.readAllLines(file).stream().map(String::strip)
                    .filter(line -> line.startsWith("///"))
                    .map(line -> line.substring(3).stripTrailing()).collect(joining("\n"));
            List<String> codes = EXAMPLE.matcher(comments).results()
                    .map(found -> found.group(1)).toList();
            return IntStream.range(0, codes.size()).mapToObj(i -> new Example(
                    SOURCES.relativize(file) + ", example " + (i + 1), codes.get(i)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The examples that do not compile as members of a class, and why.
    private static Map<Example, String> faults(List<Example> examples, String asMembers) {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(new Example("Claim", ""), "LayoutMath", LEARNERS_CLASS));
        for (Example example : examples) {
            String name = "Example" + sources.size();
            sources.add(new Source(example, name, IMPORTS + "class " + name + " {\n"
                    + asMembers.formatted(example.code) + "}\n"));
        }
        var found = new DiagnosticCollector<JavaFileObject>();
        // Checked but not generated: nothing is to be run.
        ToolProvider.getSystemJavaCompiler().getTask(null, null, found,
                List.of("-proc:none", "--should-stop=ifError=FLOW", "--should-stop=ifNoError=FLOW"),
                null, sources).call();
        return found.getDiagnostics().stream()
                .filter(fault -> fault.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.toMap(fault -> ((Source) fault.getSource()).example,
                        fault -> fault.getMessage(null), (one, other) -> one + "; " + other));
    }
}
