package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressCommandTest {

    @TempDir
    private Path root;
    private Desk desk;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
        for (String id : List.of("LayoutMath", "OwnedBox")) {
            desk.write(desk.file(id), "// work\n");
        }
        desk.write(".lab/progress.txt",
                "LayoutMath state=done points=9\nOwnedBox state=wrong points=5\n");
    }

    @Test
    void each_chapter_has_points_exercises_and_minutes_left() {
        List<Exercise> exercises = Course.load().named("ch02");
        String line = line("ch02");
        assertTrue(line.matches("ch02 +Layout and Box +14/" + points(exercises) + " +1/"
                + exercises.size() + " +" + minutesWithoutLayoutMath(exercises)), line);
    }

    @Test
    void the_last_row_adds_all_of_them_up() {
        List<Exercise> exercises = Course.load().exercises();
        String line = line(" +all");
        assertTrue(line.matches(" +all +14/" + points(exercises) + " +1/" + exercises.size() + " +"
                + minutesWithoutLayoutMath(exercises)), line);
    }

    @Test
    void files_saved_since_are_not_passed_over_in_silence() {
        assertTrue(desk.run("progress").out().contains("saved since they were graded"));
    }

    @Test
    void predictions_are_counted_once_there_are_some() throws IOException {
        assertFalse(desk.run("progress").out().contains("Predictions"));
        desk.write(".lab/progress.txt", "predict/first-fit right=yes\npredict/next-fit right=no\n"
                + "predict/buddy right=yes\n");
        assertEquals("Predictions: 3 made, 2 right", line("Predictions"));
    }

    @Test
    void every_line_fits_a_screen() {
        assertEquals(List.of(), desk.run("progress").out().lines()
                .filter(line -> line.length() > 80).toList());
    }

    private String line(String start) {
        return desk.run("progress").out().lines().filter(line -> line.matches(start + ".*"))
                .findFirst().orElseThrow();
    }

    private static int points(List<Exercise> exercises) {
        return exercises.stream().mapToInt(Exercise::points).sum();
    }

    private static int minutesWithoutLayoutMath(List<Exercise> exercises) {
        return exercises.stream().filter(exercise -> !exercise.id().equals("LayoutMath"))
                .mapToInt(Exercise::minutes).sum();
    }
}
