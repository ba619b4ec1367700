package heapcraft.mutants;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a child finds its classes: as this JVM does, but the library comes as a jar.
///
/// The library tells its own lines from a program's by the place that their classes come from. So a
/// wrong class must come from the same place as the right ones around it.
final class ClassPath {

    private static final Path LIBRARY = Path.of("target", "heapcraft.jar").toAbsolutePath();
    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();

    private ClassPath() { }

    /// The library as it is.
    static String right() {
        return with(LIBRARY);
    }

    /// The library with some classes in the place of its own.
    ///
    /// @param classes class files in the folders of their packages
    /// @param jar     where to put it
    static String wrong(Path classes, Path jar) throws IOException {
        Files.copy(LIBRARY, jar);
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, inside.getPath(classes.relativize(file).toString()),
                        REPLACE_EXISTING);
            }
        }
        return with(jar);
    }

    /// The jars of the libraries, which come first.
    static String libraries() {
        return entries().filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String with(Path jar) {
        return entries().filter(entry -> !entry.endsWith(".jar") && !Path.of(entry).equals(CLASSES))
                .collect(Collectors.joining(File.pathSeparator,
                        libraries() + File.pathSeparator + jar + File.pathSeparator, ""));
    }

    private static Stream<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
