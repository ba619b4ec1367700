package heapcraft.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import heapcraft.grade.Course.GradedTest;
import heapcraft.grade.Grader;
import heapcraft.grade.Project;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Verdict;
import heapcraft.grade.Verdict.Colour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The zoo: for each exercise, real mistakes that must die at a named test, and unusual solutions
/// that must live. The kill matrix, test by bug, goes to `target/zoo.txt`.
@ExtendWith(PackedLibrary.class)
class ZooIT {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path ZOO = ROOT.resolve("src/test/resources/zoo");
    private static final Path TABLE = ROOT.resolve("src/main/resources/heapcraft/zoo.json");

    /// One submission of the zoo, and what the grader made of it.
    private record Animal(Exercise exercise, Path folder, List<String> head, Graded graded) {

        String name() {
            return folder.getFileName().toString();
        }

        String about() {
            return head.getFirst().replaceFirst("^//\\s*", "");
        }

        List<String> killers() {
            return List.of(head.get(1).replaceFirst("^//\\s*killed by:\\s*", "").split("[,\\s]+"));
        }

        Set<String> fails() {
            return graded.results().stream()
                    .filter(result -> result.verdict().colour() != Colour.GREEN)
                    .map(result -> result.test().name())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /// An easy bug, which fails more than half of the tests, proves little about any of them.
        boolean isHard() {
            return 2 * fails().size() <= exercise.tests().size();
        }

        @Override
        public String toString() {
            return exercise.id() + "/" + name();
        }
    }

    @TempDir
    private static Path temp;
    private static final List<Animal> BUGS = new ArrayList<>();
    private static final List<Animal> CORRECT = new ArrayList<>();

    @BeforeAll
    static void grade_them_all() throws Exception {
        try (ExecutorService cores =
                     Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            // By identity: both lists are empty, and so equal, at first.
            Map<List<Animal>, List<Future<Animal>>> running = new IdentityHashMap<>();
            running.put(BUGS, new ArrayList<>());
            running.put(CORRECT, new ArrayList<>());
            for (Exercise exercise : Course.load().exercises()) {
                Path cage = ZOO.resolve(exercise.folder()).resolve(exercise.id());
                for (Path bug : folders(cage.resolve("bugs"))) {
                    running.get(BUGS).add(cores.submit(() -> grade(exercise, bug)));
                }
                for (Path right : folders(cage.resolve("correct"))) {
                    running.get(CORRECT).add(cores.submit(() -> grade(exercise, right)));
                }
            }
            for (Map.Entry<List<Animal>, List<Future<Animal>>> kind : running.entrySet()) {
                for (Future<Animal> animal : kind.getValue()) {
                    kind.getKey().add(animal.get());
                }
            }
        }
        Files.writeString(ROOT.resolve("target/zoo.txt"), matrix());
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Animal grade(Exercise exercise, Path folder) throws IOException {
        Path source = folder.resolve(exercise.id() + ".java");
        Path submissions = Files.createTempDirectory(temp, "zoo");
        Path copy = submissions.resolve(exercise.folder()).resolve(exercise.id() + ".java");
        Files.createDirectories(copy.getParent());
        Files.copy(source, copy);
        Graded graded = new Grader(new Project(ROOT, submissions))
                .grade(List.of(exercise), done -> { }).exercises().getFirst();
        return new Animal(exercise, folder, Files.readAllLines(source), graded);
    }

    /// A row for each bug, a column for each test; `x` where the test kills the bug.
    private static String matrix() {
        StringBuilder matrix = new StringBuilder();
        for (Exercise exercise : Course.load().exercises()) {
            List<Animal> bugs = of(BUGS, exercise);
            matrix.append(exercise).append('\n');
            char column = 'a';
            for (GradedTest test : exercise.tests()) {
                long kills = bugs.stream().filter(bug -> bug.fails().contains(test.name())).count();
                matrix.append("  %c %2d  %s%s%n".formatted(column++, kills, test.name(),
                        kills == 0 ? "   NEVER KILLS" : ""));
            }
            for (Animal bug : bugs) {
                matrix.append("  ").append(exercise.tests().stream()
                                .map(test -> bug.fails().contains(test.name()) ? "x" : ".")
                                .collect(Collectors.joining()))
                        .append("  ").append(bug.name()).append(bug.isHard() ? "" : "   EASY")
                        .append('\n');
            }
        }
        long hard = BUGS.stream().filter(Animal::isHard).count();
        return matrix.append("%d of %d bugs pass at least half of their tests; the others are EASY%n"
                .formatted(hard, BUGS.size())).toString();
    }

    private static List<Animal> of(List<Animal> animals, Exercise exercise) {
        return animals.stream().filter(animal -> animal.exercise().equals(exercise)).toList();
    }

    @Test
    void every_exercise_has_eight_bugs_and_two_unusual_solutions() {
        for (Exercise exercise : Course.load().exercises()) {
            assertTrue(of(BUGS, exercise).size() >= 8, exercise + " needs more bugs in " + ZOO);
            assertTrue(of(CORRECT, exercise).size() >= 2, exercise + " needs more correct ones");
        }
    }

    @Test
    void every_bug_dies_at_its_named_tests() {
        List<String> alive = BUGS.stream()
                .filter(bug -> !bug.fails().containsAll(bug.killers()))
                .map(bug -> bug + ": not killed by " + bug.killers() + " but by " + bug.fails())
                .toList();
        assertEquals(List.of(), alive);
    }

    @Test
    void every_bug_compiles_and_leaves_nothing_to_do() {
        List<String> odd = BUGS.stream()
                .filter(bug -> bug.graded().results().stream().map(Result::verdict)
                        .anyMatch(v -> v == Verdict.TODO || v == Verdict.DOES_NOT_COMPILE
                                || v == Verdict.FORBIDDEN || v == Verdict.GRADER_ERROR))
                .map(bug -> bug + ": " + bug.graded().state()).toList();
        assertEquals(List.of(), odd);
    }

    @Test
    void every_unusual_solution_has_full_marks() {
        List<String> rejected = CORRECT.stream()
                .filter(right -> right.graded().colour() != Colour.GREEN)
                .map(right -> right + ": " + right.graded().firstOpen().orElseThrow()).toList();
        assertEquals(List.of(), rejected);
    }

    @Test
    void no_two_bugs_of_an_exercise_fail_the_same_tests() {
        Map<String, List<Animal>> byPattern = BUGS.stream().collect(Collectors.groupingBy(
                bug -> bug.exercise().id() + bug.fails(), LinkedHashMap::new, Collectors.toList()));
        List<List<Animal>> same = byPattern.values().stream().filter(l -> l.size() > 1).toList();
        assertEquals("[]", same.stream().map(twins -> twins.stream().map(Animal::toString)
                .collect(Collectors.joining(" = "))).toList().toString());
    }

    @Test
    void every_test_kills_something() {
        List<String> idle = Course.load().exercises().stream()
                .flatMap(exercise -> exercise.tests().stream()
                        .filter(test -> of(BUGS, exercise).stream()
                                .noneMatch(bug -> bug.fails().contains(test.name())))
                        .map(test -> exercise.id() + "." + test.name()))
                .toList();
        assertEquals(List.of(), idle, "these tests never kill a bug");
    }

    @Test
    void most_bugs_pass_half_of_the_tests() {
        long hard = BUGS.stream().filter(Animal::isHard).count();
        assertTrue(2 * hard > BUGS.size(), hard + " of " + BUGS.size() + " pass half of the tests");
    }

    @Test
    void the_table_that_ships_is_what_was_measured() throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        ArrayNode measured = json.createArrayNode();
        for (Animal bug : BUGS) {
            ObjectNode row = measured.addObject().put("exercise", bug.exercise().id())
                    .put("bug", bug.name()).put("about", bug.about());
            bug.fails().forEach(row.putArray("fails")::add);
        }
        String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(measured) + "\n";
        if (Boolean.getBoolean("zoo.write")) {
            Files.writeString(TABLE, text);
        }
        assertEquals(json.readTree(Files.readString(TABLE)), measured,
                "run mvn verify -Dzoo.write=true, look at the change, and commit it");
    }
}
