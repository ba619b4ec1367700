package heapcraft.lab;

import heapcraft.trace.Trace;
import heapcraft.view.Film;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lab film`: a recorded trace as a page with a slider, and its last moment as an image.
@Command(name = "film", description = "Makes a film of a recorded trace: a page, and a still of it.")
final class FilmCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TRACE", description = "A file that Trace.write has written.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Film film = Film.of(Trace.read(file));
        write("html", film.page());
        write("svg", film.still());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void write(String kind, String content) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + "." + kind;
        Files.writeString(file.resolveSibling(name), content);
        spec.commandLine().getOut().println(file.resolveSibling(name));
    }
}
