package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Project;
import heapcraft.grade.Stubs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/// A learner's copy of the course in a folder of its own, and their command line.
final class Desk {

    private final Path root;
    private Help.Ansi ansi = Help.Ansi.OFF;

    /// @param root an empty folder
    Desk(Path root) throws IOException {
        this.root = root;
        for (Exercise exercise : Course.load().exercises()) {
            Optional<String> stub = Stubs.text(exercise);
            if (stub.isPresent()) {
                write(file(exercise.id()), stub.get());
            }
        }
    }

    /// What a command said, and its exit code.
    record Said(int code, String out, String err) { }

    Said run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = command().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(words);
        return new Said(code, out.toString(), err.toString());
    }

    /// Runs a command that somebody reads while it goes on.
    int run(PrintWriter out, String... words) {
        return command().setOut(out).execute(words);
    }

    private CommandLine command() {
        return Main.commandLine(() -> new Project(root, root.resolve("exercises")))
                .setColorScheme(Help.defaultColorScheme(ansi));
    }

    /// A terminal that shows colours.
    void plugInAColourScreen() {
        ansi = Help.Ansi.ON;
    }

    String file(String id) {
        return "exercises/" + exercise(id).folder() + "/" + id + ".java";
    }

    static Exercise exercise(String id) {
        return Course.load().named(id).getFirst();
    }

    Path path(String file) {
        return root.resolve(file);
    }

    void write(String file, String text) throws IOException {
        Files.createDirectories(path(file).getParent());
        Files.writeString(path(file), text);
    }

    String read(String file) throws IOException {
        return Files.readString(path(file));
    }

    /// Every line of the learner state that begins with this word.
    List<String> state(String id) throws IOException {
        return read(".lab/progress.txt").lines().filter(line -> line.startsWith(id + " ")).toList();
    }

    /// All files below a folder, with their content.
    Map<String, String> all(String folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        if (Files.exists(path(folder))) {
            try (Stream<Path> files = Files.walk(path(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    found.put(root.relativize(file).toString().replace('\\', '/'),
                            Files.readString(file));
                }
            }
        }
        return found;
    }
}
