package heapcraft.lab;

import heapcraft.trace.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs a program under a profiler that is installed here, and reads what it says.
enum LiveProfile {

    /// Samples the program's stacks by the processor's clock, which a virtual machine has too.
    PERF("perf") {
        @Override Profile read(List<String> program, Path folder)
                throws IOException, InterruptedException {
            String data = folder.resolve("perf.data").toString();
            run(join(List.of("perf", "record", "-q", "-e", "cpu-clock", "-F", "499", "--call-graph",
                    "dwarf,8192", "-o", data, "--"), program), Optional.empty());
            return Profile.read(printed(folder, "perf.txt", "perf", "script", "-i", data, "-F",
                    "comm,tid,time,event,ip,sym,dso", "--no-inline"));
        }
    },

    /// Counts the program's calls to its allocator.
    HEAPTRACK("heaptrack") {
        @Override Profile read(List<String> program, Path folder)
                throws IOException, InterruptedException {
            run(join(List.of("heaptrack", "-o", folder.resolve("data").toString()), program),
                    Optional.empty());
            try (Stream<Path> files = Files.list(folder)) {
                Path data = files.filter(file -> file.getFileName().toString().startsWith("data"))
                        .findFirst().orElseThrow(() -> new IOException("heaptrack left no data"));
                return Profile.read(printed(folder, "heaptrack.txt", "heaptrack_print", "-f",
                        data.toString()));
            }
        }
    };

    private final String tool;

    LiveProfile(String tool) {
        this.tool = tool;
    }

    /// {@return what the tool says of one run}
    ///
    /// @param program a command with its arguments
    /// @throws IOException              if the tool is missing, or fails, or the system refuses it
    /// @throws IllegalArgumentException if its output says nothing
    Profile of(List<String> program) throws IOException {
        Path folder = Files.createTempDirectory("heapcraft-profile-");
        try {
            return read(program, folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("nobody waits for " + tool + " any more", e);
        } finally {
            delete(folder);
        }
    }

    abstract Profile read(List<String> program, Path folder)
            throws IOException, InterruptedException;

    private static Path printed(Path folder, String name, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve(name);
        run(List.of(command), Optional.of(output));
        return output;
    }

    private static void run(List<String> command, Optional<Path> output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        // A number has a point, and a title is English.
        builder.environment().put("LC_ALL", "C");
        output.ifPresent(file -> builder.redirectOutput(file.toFile()));
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException(command.getFirst() + " ended with exit code " + code);
        }
    }

    private static List<String> join(List<String> tool, List<String> program) {
        List<String> command = new ArrayList<>(tool);
        command.addAll(program);
        return command;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
