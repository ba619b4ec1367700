package heapcraft.notebooks;

import heapcraft.notebooks.NotebookFile.Cell;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/// The JDK's own JShell, fed cell by cell as a kernel is.
final class ShellSession implements AutoCloseable {

    /// How a cell failed.
    ///
    /// @param line   the line of the cell, from 1 on
    /// @param thrown whether its code ran and threw
    record Failure(int line, String source, String error, boolean thrown) {
        @Override
        public String toString() {
            return "line " + line + ": " + source.strip() + "\n    " + error;
        }
    }

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final JShell shell;

    ShellSession() {
        var screen = new PrintStream(printed, true, StandardCharsets.UTF_8);
        shell = JShell.builder()
                .remoteVMOptions("--enable-native-access=ALL-UNNAMED", "-ea",
                        "-Dstdout.encoding=UTF-8", "-Dheapcraft.brief=true")
                .out(screen).err(screen).build();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            shell.addToClasspath(entry);
        }
    }

    /// Runs one cell up to its first failure.
    Optional<Failure> run(Cell cell) {
        String rest = cell.source().strip();
        while (!rest.isEmpty()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            int from = cell.source().stripTrailing().length() - rest.length();
            if (!next.completeness().isComplete()) {
                return Optional.of(at(cell, from, "the statement is not complete", false));
            }
            for (SnippetEvent event : shell.eval(next.source())) {
                Optional<Failure> failure = failure(cell, from, event);
                if (failure.isPresent()) {
                    return failure;
                }
            }
            rest = next.remaining().stripLeading();
        }
        return unresolved(cell);
    }

    /// JShell lets a method call what is not declared yet; at the end of the cell it must be.
    private Optional<Failure> unresolved(Cell cell) {
        return shell.snippets().filter(DeclarationSnippet.class::isInstance)
                .map(DeclarationSnippet.class::cast)
                .filter(snippet -> shell.unresolvedDependencies(snippet).findAny().isPresent())
                .map(snippet -> at(cell, Math.max(0, cell.source().indexOf(snippet.source())),
                        "needs " + shell.unresolvedDependencies(snippet).toList(), false))
                .findFirst();
    }

    /// What was printed since the last call.
    String takePrinted() {
        String text = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        return text;
    }

    private Optional<Failure> failure(Cell cell, int from, SnippetEvent event) {
        if (event.exception() instanceof EvalException thrown) {
            String error = thrown.getExceptionClassName() + ": " + thrown.getMessage();
            return Optional.of(at(cell, start(cell, from, event, thrown), error, true));
        }
        if (event.exception() != null) {
            return Optional.of(at(cell, from, event.exception().toString(), false));
        }
        Optional<Diag> mistake = shell.diagnostics(event.snippet())
                .filter(Diag::isError).findFirst();
        if (event.causeSnippet() == null && mistake.isPresent()) {
            String error = mistake.get().getMessage(Locale.ENGLISH);
            return Optional.of(at(cell, from + (int) mistake.get().getPosition(), error, false));
        }
        return Optional.empty();
    }

    /// Where in the snippet the exception came from: its frames are called after the snippet.
    private static int start(Cell cell, int from, SnippetEvent event, EvalException thrown) {
        String file = "#" + event.snippet().id();
        int line = Stream.of(thrown.getStackTrace())
                .filter(frame -> file.equals(frame.getFileName()))
                .mapToInt(StackTraceElement::getLineNumber).findFirst().orElse(1);
        return from + cell.source().substring(from).lines().limit(line - 1)
                .mapToInt(text -> text.length() + 1).sum();
    }

    private static Failure at(Cell cell, int position, String error, boolean thrown) {
        int end = Math.min(position, cell.source().length());
        long newlines = cell.source().substring(0, end).chars().filter(c -> c == '\n').count();
        String line = cell.source().lines().skip(newlines).findFirst().orElse("");
        return new Failure((int) newlines + 1, line, error, thrown);
    }

    @Override
    public void close() {
        shell.close();
    }
}
