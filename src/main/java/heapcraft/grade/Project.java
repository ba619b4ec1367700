package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where things lie: the course's folder on this machine, and which folder is graded.
///
/// @param root        the folder that holds `pom.xml`
/// @param submissions the folder with `chNN/Name.java` in it; `exercises` unless told otherwise
public record Project(Path root, Path submissions) {

    /// The project this process belongs to: `-Dheapcraft.root`, or else the nearest folder upwards
    /// that looks like it. `-Dgrade.dir` says which folder is graded.
    ///
    /// @throws IllegalStateException if there is none
    public static Project find() {
        Path root = search();
        return new Project(root, root).grading(System.getProperty("grade.dir", "exercises"));
    }

    private static Path search() {
        String told = System.getProperty("heapcraft.root");
        if (told != null) {
            return Path.of(told);
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("exercises"))) {
                return at;
            }
        }
        throw new IllegalStateException("no heapcraft project in " + here
                + " or above it; go to the folder with pom.xml, or say -Dheapcraft.root=FOLDER");
    }

    /// The same project with another folder to grade.
    public Project grading(String folder) {
        return new Project(root, root.resolve(folder));
    }

    /// Whether `exercises/` is graded: then the results are the learner's own progress.
    public boolean isLearners() {
        return submissions.equals(root.resolve("exercises"));
    }

    /// The learner's file.
    public Path submission(Exercise exercise) {
        return source(submissions, exercise.className());
    }

    /// The file with the course's solution.
    public Path solution(Exercise exercise) {
        return source(root.resolve("solutions"), exercise.className());
    }

    /// The file with the graded tests.
    public Path test(Exercise exercise) {
        return source(root.resolve("src/test/java"), exercise.testClassName());
    }

    /// Where the grader may write.
    public Path scratch() {
        return root.resolve("target/grade");
    }

    /// A path as the learner would type it: from the project's folder, with forward slashes.
    public String shown(Path file) {
        Path inside = file.startsWith(root) ? root.relativize(file) : file;
        return Visible.text(inside.toString().replace('\\', '/'));
    }

    private static Path source(Path folder, String className) {
        return folder.resolve(className.replace('.', '/') + ".java");
    }
}
