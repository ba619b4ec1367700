package heapcraft.mutants;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A mistake that somebody made, as a change to the text of one of our classes.
///
/// @param name    the mistake's number
/// @param says    what is wrong, in one line
/// @param part    the package below `heapcraft` that it is made in, and the name of its folder
/// @param source  the class it is put into
/// @param test    the test class that must notice
/// @param red     the test, or the law, that must go red
/// @param rows    which allocators the laws are tried on: a name, or how names begin
/// @param search  the right text, which stands there once
/// @param replace the wrong one
record Mutant(String name, String says, String part, String source, String test, String red,
              String rows, String search, String replace) {

    static final Path FOLDER = Path.of("src", "test", "resources", "mutants");
    private static final Path SOURCES = Path.of("src", "main", "java", "heapcraft");
    private static final Pattern FORM = Pattern.compile(
            "(?<head>.*?)\n--- right\n(?<search>.*?)\n--- wrong\n(?<replace>.*?)\n?", Pattern.DOTALL);

    static List<Mutant> all() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt")).map(Mutant::read)
                    .sorted(Comparator.comparing(Mutant::part).thenComparing(Mutant::name))
                    .toList();
        }
    }

    private static Mutant read(Path file) {
        try {
            Matcher form = FORM.matcher(Files.readString(file));
            if (!form.matches()) {
                throw new IllegalArgumentException(file + " has not the form of a mutant");
            }
            Map<String, String> head = new TreeMap<>();
            form.group("head").lines().map(line -> line.split(": ", 2))
                    .forEach(pair -> head.put(pair[0], pair[1]));
            return new Mutant(file.getFileName().toString().replace(".txt", ""), head.get("says"),
                    file.getParent().getFileName().toString(), head.get("class"),
                    head.getOrDefault("test", "LawsTest"), head.get("red"),
                    head.getOrDefault("rows", ""), form.group("search"), form.group("replace"));
        } catch (IOException e) {
            throw new IllegalArgumentException("no mutant " + file, e);
        }
    }

    String testClass() {
        return "heapcraft." + part + "." + test;
    }

    /// The class's text with the mistake in it.
    String wrongText() throws IOException {
        String right = Files.readString(SOURCES.resolve(part).resolve(source + ".java"));
        int at = right.indexOf(search);
        if (at < 0 || right.indexOf(search, at + 1) >= 0) {
            throw new AssertionError(source + " must hold this text once:\n" + search);
        }
        return right.replace(search, replace);
    }

    /// Compiles the class with the mistake in it.
    ///
    /// @param directory gets the class files, in the folders of their packages
    void compileInto(Path directory) throws IOException {
        Path file = directory.resolveSibling(source + ".java");
        Files.writeString(file, wrongText());
        StringWriter said = new StringWriter();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            boolean compiled = javac.getTask(said, files, null, List.of("-proc:none", "-cp",
                    System.getProperty("java.class.path"), "-d", directory.toString()), null,
                    files.getJavaFileObjects(file)).call();
            if (!compiled) {
                throw new AssertionError("the mutant does not compile: " + said);
            }
        }
    }

    @Override
    public String toString() {
        return name + ": " + says;
    }
}
