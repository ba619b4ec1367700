package heapcraft.lab;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Progress;
import heapcraft.grade.Project;
import heapcraft.grade.Standing;
import heapcraft.grade.Stubs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab diff`: the learner's file beside another.
@Command(name = "diff",
        description = "Compares your file with the solution, once all its tests passed.")
final class DiffCommand implements Callable<Integer> {

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "An exercise, such as LayoutMath.")
    private Exercise exercise;

    @Option(names = "--stub", description = "Compare with the file as shipped instead.")
    private boolean stub;

    @Option(names = "--give-up", description = "Show the solution now; this is written down.")
    private boolean giveUp;

    @Override
    public Integer call() throws IOException {
        Progress progress = Progress.of(lab.project());
        int code = stub ? stub(progress) : solution(progress);
        spec.commandLine().getOut().flush();
        return code;
    }

    private int solution(Progress progress) throws IOException {
        if (giveUp) {
            progress.update(exercise, Standing::gaveUp);
        }
        if (!progress.standing(exercise).isOpen()) {
            spec.commandLine().getErr().println("The solution is shown once all tests passed: "
                    + "./lab grade " + exercise.id() + "\nTo give up and read it now: ./lab diff "
                    + exercise.id() + " --give-up");
            return 1;
        }
        Project project = lab.project();
        Path solution = project.solution(exercise);
        if (!Files.exists(solution)) {
            throw new IOException(project.shown(solution) + " is not in this copy of the course");
        }
        print("Your file has the lines of the solution.",
                UnifiedDiff.of(mine(), read(project.submission(exercise)),
                        project.shown(solution), read(solution)));
        return 0;
    }

    private int stub(Progress progress) throws IOException {
        String shipped = Stubs.text(exercise).orElseThrow(
                () -> new IOException("the course ships no stub of " + exercise.id()));
        Optional<String> base = progress.base(exercise);
        if (progress.hasNewStub(exercise)) {
            if (base.isPresent()) {
                print("", "What the course changed since you began:\n"
                        + UnifiedDiff.of("the stub you began with", base.get(),
                        "the stub as shipped now", shipped) + "\nWhat you changed:\n");
            }
            progress.acceptStub(exercise);
        }
        print("Your file is as shipped.", UnifiedDiff.of("the stub as shipped", shipped, mine(),
                read(lab.project().submission(exercise))));
        return 0;
    }

    private void print(String ifSame, String diff) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(diff.isEmpty() ? ifSame + "\n" : diff);
    }

    private String mine() {
        return lab.project().shown(lab.project().submission(exercise));
    }

    /// A missing file has no lines; a byte that is no UTF-8 is shown as one strange character.
    private static String read(Path file) throws IOException {
        return Files.exists(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }
}
