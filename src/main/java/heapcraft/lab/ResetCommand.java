package heapcraft.lab;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Progress;
import heapcraft.grade.Project;
import heapcraft.grade.Stubs;
import heapcraft.grade.WholeFile;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab reset`: an exercise as shipped. With [UndoCommand], the only command that writes into
/// `exercises/`.
@Command(name = "reset",
        description = "Brings an exercise back to how it was shipped; yours is kept, see undo.")
final class ResetCommand implements Callable<Integer> {

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "An exercise, such as LayoutMath.")
    private Exercise exercise;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Project project = lab.project();
        Progress progress = Progress.of(project);
        String stub = Stubs.text(exercise).orElseThrow(
                () -> new IOException("the course ships no stub of " + exercise.id()));
        Path file = project.submission(exercise);
        if (progress.isUntouched(exercise)) {
            out.println(project.shown(file) + " is as shipped: there is nothing to reset.");
        } else if (!isWanted(project.shown(file))) {
            out.println("Nothing was changed.");
        } else {
            if (Files.exists(file)) {
                out.println("Kept: " + project.shown(new Copies(project).keep(exercise).file()));
                out.println("To get it back: ./lab undo");
            }
            WholeFile.write(file, stub);
            progress.reset(exercise);
            out.println("As shipped again: " + project.shown(file));
        }
        out.flush();
        return 0;
    }

    /// Asks only where somebody can answer.
    private static boolean isWanted(String file) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return true;
        }
        String answer = console.readLine("Reset %s? A copy is kept. [y/N] ", file);
        return answer != null && answer.strip().matches("(?i)y(es)?");
    }
}
