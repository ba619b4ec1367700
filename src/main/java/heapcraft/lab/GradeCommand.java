package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Grader;
import heapcraft.grade.Project;
import heapcraft.grade.Report;
import heapcraft.grade.Verdict.Colour;
import heapcraft.grade.WorkflowLog;
import heapcraft.grade.report.Format;
import heapcraft.grade.report.Reports;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `lab grade`: the same verdicts as `mvn test`, without Maven.
@Command(name = "grade",
        description = "Grades exercises and says what to do next.")
final class GradeCommand implements Callable<Integer> {

    @ParentCommand
    private Main lab;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*", defaultValue = "",
            description = "An exercise (LayoutMath) or a chapter (ch02); all if left out.")
    private List<String> names;

    @Option(names = "--dir", paramLabel = "FOLDER",
            description = "Grade this folder instead of exercises/.")
    private String folder;

    @Option(names = "--report", split = ",", paramLabel = "FORMAT",
            description = "Write reports besides html and json: ${COMPLETION-CANDIDATES}.")
    private List<Format> formats = List.of();

    @Option(names = "--to", paramLabel = "FOLDER",
            description = "Write reports here instead of target/grade.")
    private Path to;

    @Override
    public Integer call() {
        Project project = folder == null ? lab.project() : lab.project().grading(folder);
        Report report = new Grader(project).grade(chosen(), done -> {
            if (System.console() != null) {
                System.err.println("  graded " + done.exercise() + ": " + done.state());
            }
        });
        report = Reports.write(report, formats, to == null ? project.scratch() : to);
        spec.commandLine().getOut().print(
                WorkflowLog.inert(Screen.scoreboard(spec.commandLine(), report)));
        spec.commandLine().getOut().flush();
        return report.colour() == Colour.RED ? 1 : 0;
    }

    private List<Exercise> chosen() {
        Course course = Course.load();
        Set<Exercise> chosen = new LinkedHashSet<>();
        for (String name : names) {
            try {
                chosen.addAll(course.named(name));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage());
            }
        }
        return List.copyOf(chosen);
    }
}
