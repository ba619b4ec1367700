package heapcraft.lab;

import heapcraft.grade.Progress;
import heapcraft.grade.Project;
import heapcraft.grade.WholeFile;
import heapcraft.lab.Copies.Copy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab undo`: takes the last reset back. What was written since is kept in its place, so that
/// another undo brings it back.
@Command(name = "undo",
        description = "Takes the last reset back.")
final class UndoCommand implements Callable<Integer> {

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Project project = lab.project();
        Copies copies = new Copies(project);
        Optional<Copy> newest = copies.newest();
        if (newest.isEmpty()) {
            out.println("There is nothing to undo.");
        } else {
            Copy copy = newest.get();
            Path file = project.submission(copy.exercise());
            if (Files.exists(file) && !Progress.of(project).isUntouched(copy.exercise())) {
                out.println("Kept: " + project.shown(copies.keep(copy.exercise()).file()));
            }
            WholeFile.write(file, Files.readAllBytes(copy.file()));
            copies.forget(copy);
            out.println("Back as it was: " + project.shown(file));
        }
        out.flush();
        return 0;
    }
}
