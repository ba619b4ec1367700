package heapcraft.grade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The course manifest: every chapter and every exercise, in teaching order.
///
/// It is read from `course.json` beside this package's parent. A tree is read instead of classes
/// bound: binding would need this package opened to reflection, also to the learner's.
public record Course(String title, String version, List<Chapter> chapters) {

    /// One chapter: a notebook and its exercises.
    ///
    /// @param minutes how long the notebook takes, exercises not counted
    /// @param teaches concepts it introduces
    /// @param needs   concepts that earlier chapters introduced
    public record Chapter(int number, String title, String notebook, int minutes,
                          List<String> teaches, List<String> needs, List<Exercise> exercises) { }

    /// One exercise. Its id is its class name, and is never given to another one.
    ///
    /// @param minutes how long it takes most learners
    /// @param tests   the expected tests in the order they run
    /// @param hints   from vague to concrete
    /// @param worked  a worked, different case, by lines
    /// @param allows  classes and members it may use beyond what every exercise may
    /// @param forbids classes and members it is about building, and so may not use
    public record Exercise(String folder, String id, int minutes, List<String> concepts,
                           List<GradedTest> tests, List<String> hints, List<String> worked,
                           List<String> allows, List<String> forbids) {

        /// The learner's class, with its package.
        public String className() {
            return folder + "." + id;
        }

        /// The class of the graded tests, with its package.
        public String testClassName() {
            return className() + "Test";
        }

        /// Whether its subject is native code: then the JVM gives the learner's classes native access.
        public boolean isNative() {
            return allows.stream().anyMatch(name -> name.startsWith("java.lang.foreign."));
        }

        /// The points of all its tests together.
        public int points() {
            return tests.stream().mapToInt(GradedTest::points).sum();
        }

        @Override
        public String toString() {
            return folder + " " + id;
        }
    }

    /// One expected test and what it is worth.
    public record GradedTest(String name, int points) { }

    /// The course that this library was built with.
    public static Course load() {
        try (InputStream in = Course.class.getResourceAsStream("/heapcraft/course.json")) {
            return parse(JsonMapper.builder().build().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every exercise, in teaching order.
    public List<Exercise> exercises() {
        return chapters.stream().flatMap(chapter -> chapter.exercises.stream()).toList();
    }

    /// The exercises a name stands for: one by its id or path, or a chapter's by `ch02`; all for an
    /// empty name. Upper and lower case are the same.
    ///
    /// @throws IllegalArgumentException if nothing has that name; the message says what is nearest
    public List<Exercise> named(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT)
                .replaceFirst("^exercises/", "").replaceFirst("(test)?(\\.java)?$", "");
        List<Exercise> found = exercises().stream()
                .filter(exercise -> wanted.isEmpty() || exercise.folder.equals(wanted)
                        || exercise.id.toLowerCase(Locale.ROOT).equals(wanted)
                        || pathOf(exercise).equals(wanted.replace('.', '/')))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no exercise is called \"" + name.strip()
                    + "\"; the nearest is " + nearest(wanted) + ", and ch00, ch01, … name chapters");
        }
        return found;
    }

    private String nearest(String wanted) {
        return exercises().stream().map(Exercise::id)
                .min(Comparator.comparingInt(id -> distance(id.toLowerCase(Locale.ROOT), wanted)))
                .orElse("none: the course is empty");
    }

    private static String pathOf(Exercise exercise) {
        return (exercise.folder + "/" + exercise.id).toLowerCase(Locale.ROOT);
    }

    /// How many letters must be added, left out or changed to make one word of the other.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static Course parse(JsonNode root) {
        List<Chapter> chapters = new ArrayList<>();
        for (JsonNode node : root.withArray("chapters")) {
            chapters.add(chapter(node));
        }
        return new Course(root.required("title").asText(), root.required("version").asText(),
                List.copyOf(chapters));
    }

    private static Chapter chapter(JsonNode node) {
        int number = node.required("number").asInt();
        String folder = String.format("ch%02d", number);
        List<Exercise> exercises = new ArrayList<>();
        for (JsonNode exercise : node.withArray("exercises")) {
            exercises.add(exercise(folder, exercise));
        }
        return new Chapter(number, node.required("title").asText(),
                node.required("notebook").asText(), node.required("minutes").asInt(),
                strings(node, "teaches"), strings(node, "needs"), List.copyOf(exercises));
    }

    private static Exercise exercise(String folder, JsonNode node) {
        List<GradedTest> tests = new ArrayList<>();
        for (JsonNode test : node.withArray("tests")) {
            tests.add(new GradedTest(test.required("name").asText(), test.required("points").asInt()));
        }
        return new Exercise(folder, node.required("id").asText(), node.required("minutes").asInt(),
                strings(node, "concepts"), List.copyOf(tests), strings(node, "hints"),
                strings(node, "worked"), strings(node, "allows"), strings(node, "forbids"));
    }

    private static List<String> strings(JsonNode node, String field) {
        List<String> strings = new ArrayList<>();
        node.withArray(field).forEach(string -> strings.add(string.asText()));
        return List.copyOf(strings);
    }
}
