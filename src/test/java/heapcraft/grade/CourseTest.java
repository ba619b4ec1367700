package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Course.Exercise;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final Course COURSE = Course.load();

    @Test
    void an_exercise_is_found_by_whatever_a_learner_would_type() {
        for (String name : List.of("LayoutMath", "layoutmath", "ch02/LayoutMath", "ch02.LayoutMath",
                "exercises/ch02/LayoutMath.java", "LayoutMathTest", " LayoutMath ")) {
            assertEquals(List.of("LayoutMath"),
                    COURSE.named(name).stream().map(Exercise::id).toList(), name);
        }
    }

    @Test
    void a_chapter_is_found_by_its_folder() {
        assertTrue(COURSE.named("ch02").stream().allMatch(e -> e.folder().equals("ch02")));
        assertTrue(COURSE.named("ch02").size() > 1);
    }

    @Test
    void no_name_means_all() {
        assertEquals(COURSE.exercises(), COURSE.named(""));
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest_one() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> COURSE.named("LayotMth")).getMessage();
        assertTrue(message.contains("the nearest is LayoutMath"), message);
    }
}
