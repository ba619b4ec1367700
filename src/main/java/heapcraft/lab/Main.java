package heapcraft.lab;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Project;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command line behind `./lab`: what is about the course, not about setting it up.
///
/// Exit codes: 0 nothing is wrong, 1 something is, 2 the command was not understood.
@Command(name = "lab", description = "The heapcraft course.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {NextCommand.class, GradeCommand.class, WatchCommand.class, HintCommand.class,
            DiffCommand.class, ResetCommand.class, UndoCommand.class, ProgressCommand.class,
            FilmCommand.class, BenchCommand.class, CompareCommand.class, CareCommand.class})
public final class Main {

    private final Supplier<Project> project;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    private Main(Supplier<Project> project) {
        this.project = project;
    }

    /// Runs one command and ends the process with its exit code.
    ///
    /// @param args the command and its arguments
    public static void main(String[] args) {
        System.exit(commandLine(Project::find).execute(args));
    }

    /// The commands for one project, which is looked for only when a command needs it.
    static CommandLine commandLine(Supplier<Project> project) {
        return new CommandLine(new Main(project))
                .registerConverter(Exercise.class, new ExerciseName())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(command.getColorScheme().errorText(e.getMessage()));
                    return 2;
                });
    }

    Project project() {
        return project.get();
    }
}
