package heapcraft.view;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// What a learner gets who copies a scene's code and runs it: compiled by the JDK's own compiler.
final class PastedCode {

    private PastedCode() { }

    /// Where its blocks `b0`, `b1` and so on lie: 1 more than the offset in `memory`, 0 for none.
    static List<?> addresses(String code, long blocks) throws Exception {
        String all = LongStream.range(0, blocks).mapToObj(i -> "b" + i)
                .collect(Collectors.joining(", "));
        return (List<?>) result(code + "long before = memory.address() - 1;\n"
                + "return java.util.stream.Stream.of(" + all + ").map(block -> block.address() == 0"
                + " ? 0 : block.address() - before).toList();");
    }

    /// What a method of this body returns.
    static Object result(String body) throws Exception {
        Path folder = Files.createTempDirectory("pasted");
        try {
            Path source = folder.resolve("Pasted.java");
            Files.writeString(source, """
                    import heapcraft.alloc.*;
                    import java.lang.foreign.*;
                    import static java.lang.foreign.ValueLayout.*;
                    public class Pasted {
                        public static Object run() {
                            %s
                        }
                    }
                    """.formatted(body));
            Path library = Path.of(
                    Policy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp",
                    library.toString(), "-d", folder.toString(), source.toString());
            if (code != 0) {
                throw new AssertionError("does not compile:\n" + body);
            }
            return run(folder);
        } finally {
            delete(folder);
        }
    }

    private static Object run(Path folder) throws Exception {
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
                Policy.class.getClassLoader())) {
            return loader.loadClass("Pasted").getMethod("run").invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError("throws " + e.getCause(), e.getCause());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
