package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Project;
import heapcraft.grade.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The learner's files as they were before something replaced them:
/// `.lab/undo/TIME/chNN/Name.java`.
final class Copies {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS");

    private final Project project;
    private final Clock clock;
    private final Path folder;

    Copies(Project project) {
        this(project, Clock.systemDefaultZone());
    }

    Copies(Project project, Clock clock) {
        this.project = project;
        this.clock = clock;
        this.folder = project.root().resolve(".lab/undo");
    }

    /// A file as it was kept.
    record Copy(Path file, Exercise exercise) { }

    /// Keeps the learner's file as it is now.
    Copy keep(Exercise exercise) throws IOException {
        LocalDateTime time = LocalDateTime.now(clock);
        while (Files.exists(folder.resolve(TIME.format(time)))) {
            time = time.plusNanos(1_000_000);
        }
        Path copy = in(folder.resolve(TIME.format(time)), exercise);
        WholeFile.write(copy, Files.readAllBytes(project.submission(exercise)));
        return new Copy(copy, exercise);
    }

    /// The copy that was made last.
    Optional<Copy> newest() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> times = Files.list(folder)) {
            List<Path> newestFirst = times.sorted(Comparator.reverseOrder()).toList();
            return newestFirst.stream()
                    .flatMap(time -> Course.load().exercises().stream()
                            .map(exercise -> new Copy(in(time, exercise), exercise)))
                    .filter(copy -> Files.isRegularFile(copy.file()))
                    .findFirst();
        }
    }

    /// Forgets a copy, with the folders that were made for it.
    void forget(Copy copy) throws IOException {
        Files.delete(copy.file());
        Files.delete(copy.file().getParent());
        Files.delete(copy.file().getParent().getParent());
    }

    private static Path in(Path time, Exercise exercise) {
        return time.resolve(exercise.folder()).resolve(exercise.id() + ".java");
    }
}
