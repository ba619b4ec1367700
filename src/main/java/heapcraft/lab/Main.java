package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Grader;
import heapcraft.grade.Project;
import heapcraft.grade.Report;
import heapcraft.grade.Scoreboard;
import heapcraft.grade.Verdict.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line behind `./lab`: what is about the course, not about setting it up.
///
/// Exit codes: 0 nothing is wrong, 1 something is, 2 the command was not understood.
@Command(name = "lab", description = "The heapcraft course.", subcommands = Main.Grade.class,
        synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true)
public final class Main {

    private Main() { }

    /// Runs one command and ends the process with its exit code.
    ///
    /// @param args the command and its arguments
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(command.getColorScheme().errorText(e.getMessage()));
                    return 2;
                })
                .execute(args));
    }

    /// `lab grade`: the same verdicts as `mvn test`, without Maven.
    @Command(name = "grade", mixinStandardHelpOptions = true,
            description = "Grades exercises and says what to do next.")
    static final class Grade implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", arity = "0..*", defaultValue = "",
                description = "An exercise (LayoutMath) or a chapter (ch02); all if left out.")
        private List<String> names;

        @Option(names = "--dir", paramLabel = "FOLDER",
                description = "Grade this folder instead of exercises/.")
        private String folder;

        @Override
        public Integer call() {
            if (folder != null) {
                System.setProperty("grade.dir", folder);
            }
            Report report = new Grader(Project.find()).grade(chosen(), done -> {
                if (System.console() != null) {
                    System.err.println("  graded " + done.exercise() + ": " + done.state());
                }
            });
            spec.commandLine().getOut().print(Scoreboard.of(report));
            spec.commandLine().getOut().flush();
            return report.colour() == Colour.RED ? 1 : 0;
        }

        private List<Course.Exercise> chosen() {
            Course course = Course.load();
            List<Course.Exercise> chosen = new ArrayList<>();
            for (String name : names) {
                try {
                    course.named(name).stream().filter(e -> !chosen.contains(e)).forEach(chosen::add);
                } catch (IllegalArgumentException e) {
                    throw new ParameterException(spec.commandLine(), e.getMessage());
                }
            }
            return chosen;
        }
    }
}
