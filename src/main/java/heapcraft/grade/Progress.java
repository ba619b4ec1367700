package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Report.Graded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// How far the learner is: `.lab/progress.txt`, one line of text for each exercise, beginning with
/// its id, and for each prediction, beginning with `predict/` and its id. Lines of exercises that
/// this course does not know stay as they are.
public final class Progress {

    private static final String HEAD =
            "# heapcraft: what was graded last, one exercise a line; made to be copied along";

    private static final String PREDICTION = "predict/";

    private final Project project;
    private final Path folder;

    private Progress(Project project) {
        this.project = project;
        this.folder = project.root().resolve(".lab");
    }

    /// The progress in one project's `exercises/`.
    public static Progress of(Project project) {
        return new Progress(project);
    }

    /// How far an exercise is. A file as shipped is not started, whatever was graded before.
    ///
    /// @throws UncheckedIOException if the progress or the exercise cannot be read
    public Standing standing(Exercise exercise) {
        Submission now = submission(exercise);
        Standing recorded = recorded(lines(), exercise);
        return Stubs.isStub(exercise, now.text())
                ? recorded.notStarted(brief(now.sha256())) : recorded;
    }

    /// Whether the file has been saved since it was graded, or was never graded.
    public boolean isStale(Exercise exercise) {
        return !standing(exercise).file().equals(brief(submission(exercise).sha256()));
    }

    /// Whether the course now ships another stub than the one this work began with.
    public boolean hasNewStub(Exercise exercise) {
        String base = recorded(lines(), exercise).base();
        return !base.isEmpty() && !isUntouched(exercise)
                && Stubs.text(exercise).filter(stub -> !base.equals(digest(stub))).isPresent();
    }

    /// The sentence that says so.
    public static String newStub(Exercise exercise) {
        return "The course changed " + exercise.id() + " since you began: ./lab diff "
                + exercise.id() + " --stub";
    }

    /// The stub that this work began with, if it was kept.
    public Optional<String> base(Exercise exercise) {
        Path kept = kept(recorded(lines(), exercise).base());
        try {
            return Files.isRegularFile(kept) ? Optional.of(Files.readString(kept))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes note that the file is as shipped again.
    public void reset(Exercise exercise) {
        String file = brief(submission(exercise).sha256());
        update(exercise, standing -> based(exercise, standing.notStarted(file)));
    }

    /// Takes the stub as shipped now for the one that this work stands on.
    public void acceptStub(Exercise exercise) {
        update(exercise, standing -> based(exercise, standing));
    }

    /// Writes down what came of a prediction, if it is the first with this id: whoever has seen the
    /// answer predicts no more.
    ///
    /// @param id    small letters, digits and `-`
    /// @param right whether the learner was right
    /// @return whether it was written down
    /// @throws IllegalArgumentException if the id has other letters
    /// @throws UncheckedIOException if it cannot be written
    public boolean predicted(String id, boolean right) {
        if (!id.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("a prediction's id has small letters, digits and -,"
                    + " not '" + id + "'");
        }
        if (predictions().containsKey(id)) {
            return false;
        }
        rewrite(lines -> lines.add(PREDICTION + id + " right=" + (right ? "yes" : "no")));
        return true;
    }

    /// The predictions made, by their ids, and whether each was right.
    ///
    /// @throws UncheckedIOException if the progress cannot be read
    public Map<String, Boolean> predictions() {
        Map<String, Boolean> made = new TreeMap<>();
        for (String line : lines()) {
            if (line.startsWith(PREDICTION)) {
                made.put(line.substring(PREDICTION.length()).replaceFirst(" .*", ""),
                        "yes".equals(Standing.parse(line).words().get("right")));
            }
        }
        return made;
    }

    /// Changes what is known about one exercise.
    ///
    /// @throws UncheckedIOException if it cannot be written
    public void update(Exercise exercise, UnaryOperator<Standing> change) {
        rewrite(lines -> replace(lines, exercise, change.apply(recorded(lines, exercise))));
    }

    /// Writes down what came of grading; the grader's own faults are not the learner's state.
    ///
    /// @return what the learner should know besides, one sentence each
    List<String> record(List<Graded> graded) {
        try {
            rewrite(lines -> graded.stream()
                    .filter(one -> one.results().stream()
                            .noneMatch(r -> r.verdict() == Verdict.GRADER_ERROR))
                    .forEach(one -> replace(lines, one.exercise(),
                            after(one, recorded(lines, one.exercise())))));
            return graded.stream().map(Graded::exercise).filter(this::hasNewStub)
                    .map(Progress::newStub).toList();
        } catch (UncheckedIOException e) {
            return List.of("Your progress could not be saved: " + e.getCause());
        }
    }

    private Standing after(Graded graded, Standing before) {
        Standing now = before.graded(graded);
        return now.base().isEmpty() || isUntouched(graded.exercise())
                ? based(graded.exercise(), now) : now;
    }

    private Standing based(Exercise exercise, Standing standing) {
        Optional<String> stub = Stubs.text(exercise);
        stub.ifPresent(this::keep);
        return stub.map(text -> standing.with("base", digest(text))).orElse(standing);
    }

    private void keep(String stub) {
        Path kept = kept(digest(stub));
        try {
            if (!Files.exists(kept)) {
                WholeFile.write(kept, stub);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path kept(String digest) {
        return folder.resolve("stubs").resolve(digest + ".java");
    }

    private Submission submission(Exercise exercise) {
        return Submission.read(project.submission(exercise));
    }

    /// Whether the file is as shipped.
    public boolean isUntouched(Exercise exercise) {
        return Stubs.isStub(exercise, submission(exercise).text());
    }

    /// One writer at a time: a watching terminal, a notebook and Maven may grade at once.
    private void rewrite(Consumer<List<String>> change) {
        synchronized (Progress.class) {
            try {
                Files.createDirectories(folder);
                try (FileChannel guard = FileChannel.open(folder.resolve("progress.lock"),
                             StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                     FileLock _ = guard.lock()) {
                    List<String> lines = lines();
                    change.accept(lines);
                    WholeFile.write(file(), String.join("\n", lines) + "\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void replace(List<String> lines, Exercise exercise, Standing standing) {
        String line = exercise.id() + " " + standing.toLine();
        for (int i = 0; i < lines.size(); i++) {
            if (isAbout(lines.get(i), exercise)) {
                lines.set(i, line);
                return;
            }
        }
        lines.add(line);
    }

    private static Standing recorded(List<String> lines, Exercise exercise) {
        return lines.stream().filter(line -> isAbout(line, exercise)).findFirst()
                .map(Standing::parse).orElse(Standing.UNKNOWN);
    }

    private static boolean isAbout(String line, Exercise exercise) {
        return line.startsWith(exercise.id() + " ");
    }

    private List<String> lines() {
        try {
            return Files.isRegularFile(file()) ? new ArrayList<>(Files.readAllLines(file()))
                    : new ArrayList<>(List.of(HEAD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("progress.txt");
    }

    private static String digest(String text) {
        return brief(Digest.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Enough of a digest to tell one learner's files apart, and short enough for a line.
    static String brief(String sha256) {
        return sha256.substring(0, Math.min(16, sha256.length()));
    }
}
