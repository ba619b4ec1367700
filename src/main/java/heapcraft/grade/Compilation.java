package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// One exercise, compiled with its graded tests and nothing else: a neighbour's error stays the
/// neighbour's.
///
/// The learner's file comes first and alone. Its classes go to a folder of their own, and no class
/// of theirs may stand where a test or another package belongs.
final class Compilation {

    private final Project project;
    private final Exercise exercise;
    private final Path submission;
    private final Path scratch;
    private final Path learnerClasses;
    private final Path testClasses;
    private final Optional<ClassCache> cache;

    /// @param scratch an empty folder for the classes
    /// @param cache   where classes are kept for the next time, if anywhere
    Compilation(Project project, Exercise exercise, Path scratch, Optional<ClassCache> cache)
            throws IOException {
        this.project = project;
        this.exercise = exercise;
        this.scratch = scratch;
        this.cache = cache;
        this.submission = project.submission(exercise);
        this.learnerClasses = Files.createDirectories(scratch.resolve("learner"));
        this.testClasses = Files.createDirectories(scratch.resolve("tests"));
    }

    /// Where the learner's classes are.
    Path learnerClasses() {
        return learnerClasses;
    }

    /// Where the classes of the graded tests are.
    Path testClasses() {
        return testClasses;
    }

    /// Compiles both files, unless that was done before with the same content.
    ///
    /// @return what is wrong with the learner's, if anything is
    /// @throws IllegalStateException if the fault is the grader's
    Optional<Finding> run() throws IOException {
        if (!Files.isRegularFile(submission)) {
            return Optional.of(missing());
        }
        // Without a test there is nothing to keep; that it is missing is said by the compiler.
        return cache.isPresent() && Files.isRegularFile(project.test(exercise))
                ? fromCache(cache.get()) : compile();
    }

    private Optional<Finding> fromCache(ClassCache classes) throws IOException {
        String content = content();
        if (classes.restore(content, scratch)) {
            return Optional.empty();
        }
        Optional<Finding> error = compile();
        // A file that was saved meanwhile has given classes of nobody knows which content.
        if (error.isEmpty() && content.equals(content())) {
            classes.keep(content, scratch);
        }
        return error;
    }

    /// What the classes are made from: both files, the libraries and the JDK.
    private String content() throws IOException {
        return Digest.of((Digest.of(Files.readAllBytes(submission))
                + Digest.of(Files.readAllBytes(project.test(exercise)))
                + Libraries.fingerprint()).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Finding> compile() throws IOException {
        List<Diagnostic<? extends JavaFileObject>> errors = compile(submission, learnerClasses, "");
        if (!errors.isEmpty()) {
            return Optional.of(doesNotCompile(errors));
        }
        Optional<Finding> misplaced = misplaced();
        if (misplaced.isPresent()) {
            return misplaced;
        }
        errors = compile(project.test(exercise), testClasses,
                File.pathSeparator + learnerClasses);
        return errors.isEmpty() ? Optional.empty() : Optional.of(doesNotFit(errors));
    }

    private List<Diagnostic<? extends JavaFileObject>> compile(Path source, Path to, String more)
            throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new IllegalStateException("this Java has no compiler; grade with a JDK, not a JRE");
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                     javac.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            // No annotation processors, no sources but the one: nothing else gets in.
            List<String> options = List.of("-g", "-proc:none", "-implicit:none", "-Xlint:none",
                    "-sourcepath", to.toString(), "-d", to.toString(),
                    "-classpath", Libraries.forCompiling() + more);
            javac.getTask(Writer.nullWriter(), files, found, options, null,
                    files.getJavaFileObjects(source)).call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .<Diagnostic<? extends JavaFileObject>>map(diagnostic -> diagnostic)
                .toList();
    }

    private Finding missing() {
        String file = project.shown(submission);
        return new Finding(file, "is not there", "", "Bring it back with: git checkout -- " + file,
                List.of());
    }

    private Finding doesNotCompile(List<Diagnostic<? extends JavaFileObject>> errors)
            throws IOException {
        Diagnostic<? extends JavaFileObject> first = errors.getFirst();
        long line = first.getLineNumber();
        String at = exercise.id() + ".java:" + line;
        String more = errors.size() == 1 ? "" : "  (and " + (errors.size() - 1) + " more)";
        return new Finding(at, oneLine(first) + "\n" + sourceLine(first), "",
                "Mend line " + line + more + "." + aboutNames(first), List.of(at));
    }

    /// What compiles in a notebook may lack an import here.
    private static String aboutNames(Diagnostic<?> error) {
        return error.getCode().startsWith("compiler.err.cant.resolve")
                ? " Is the name spelled right, and imported at the top of the file? The notebook's"
                        + " first code cell shows where names come from."
                : "";
    }

    /// The tests do not compile against the learner's class: a method or a field that they call has
    /// another shape or is gone.
    private Finding doesNotFit(List<Diagnostic<? extends JavaFileObject>> errors) {
        return new Finding("the tests", "cannot use your " + exercise.id() + ": "
                + oneLine(errors.getFirst()), "",
                "Give methods and fields back the names, parameters and types they came with, and no"
                        + " checked exception.",
                List.of());
    }

    /// Classes outside the exercise's package, or in the place of its test, would be found before
    /// the real ones.
    private Optional<Finding> misplaced() throws IOException {
        Path own = learnerClasses.resolve(exercise.className().replace('.', '/') + ".class");
        String test = exercise.testClassName().replace('.', '/');
        try (Stream<Path> classes = Files.walk(learnerClasses)) {
            boolean allInPlace = classes.filter(Files::isRegularFile).allMatch(file ->
                    file.getParent().equals(own.getParent())
                            && !file.startsWith(learnerClasses.resolve(test + ".class")));
            if (allInPlace && Files.exists(own)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Finding(project.shown(submission),
                "does not declare what belongs there",
                "package " + exercise.folder() + "; and the class " + exercise.id(),
                "Put those two names back; other classes may stand in the file, but not the test's.",
                List.of()));
    }

    private static String oneLine(Diagnostic<?> diagnostic) {
        return diagnostic.getMessage(Locale.ENGLISH).strip()
                .replaceAll("\\s*\\R\\s*", "; ").replaceAll(" {2,}", " ");
    }

    /// The line in question with a mark under the place.
    private static String sourceLine(Diagnostic<? extends JavaFileObject> diagnostic)
            throws IOException {
        int number = (int) diagnostic.getLineNumber();
        List<String> lines = diagnostic.getSource().getCharContent(true).toString().lines().toList();
        if (number < 1 || number > lines.size()) {
            return "";
        }
        String line = lines.get(number - 1);
        int column = (int) Math.max(1, Math.min(diagnostic.getColumnNumber(), line.length() + 1L));
        String mark = line.substring(0, column - 1).replaceAll("[^\t]", " ") + "^";
        int indent = line.length() - line.stripLeading().length();
        return line.strip() + "\n" + mark.substring(Math.min(indent, mark.length() - 1));
    }
}
