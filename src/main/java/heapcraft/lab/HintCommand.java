package heapcraft.lab;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Paragraph;
import heapcraft.grade.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab hint`: one step further each time, from a question to a worked, different case.
@Command(name = "hint",
        description = "Shows the next hint for an exercise, after those you have had.")
final class HintCommand implements Callable<Integer> {

    private static final int WIDTH = 80;

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "An exercise, such as LayoutMath.")
    private Exercise exercise;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = Progress.of(lab.project());
        List<String> hints = hints();
        int before = progress.standing(exercise).hints();
        int now = Math.min(before + 1, hints.size());
        for (int i = 0; i < now; i++) {
            out.println("Hint " + (i + 1) + " of " + hints.size() + " for " + exercise.id() + ":");
            hints.get(i).lines().flatMap(line -> Paragraph.wrap(line, WIDTH - 2).stream())
                    .forEach(line -> out.println("  " + line));
        }
        if (before >= hints.size()) {
            out.println("These are all. To give up and read the solution: ./lab diff "
                    + exercise.id() + " --give-up");
        }
        out.flush();
        progress.update(exercise, standing -> standing.hinted(now));
        return 0;
    }

    /// The manifest's, then the worked case as the last.
    private List<String> hints() {
        List<String> hints = new ArrayList<>(exercise.hints());
        if (!exercise.worked().isEmpty()) {
            hints.add(String.join("\n", exercise.worked()));
        }
        return hints;
    }
}
