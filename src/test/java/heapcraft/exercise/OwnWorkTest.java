package heapcraft.exercise;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heapcraft.alloc.Layout;
import org.junit.jupiter.api.Test;

class OwnWorkTest {

    @Test
    void lets_code_through_that_does_not_name_the_subject() {
        assertDoesNotThrow(() -> OwnWork.without(Todo.class, Layout.class));
    }

    @Test
    void finds_the_subject_in_the_class_and_in_its_nested_classes() {
        Story story = assertThrows(Story.class,
                () -> OwnWork.without(WitnessHeap.class, Layout.class));
        assertEquals("it uses heapcraft.alloc.Layout", story.got());
        assertThrows(Story.class, () -> OwnWork.without(Outside.class, Layout.class));
    }

    private static final class Outside {
        static final class Inside {
            long size() {
                return new Layout(8, 8).byteSize();
            }
        }
    }
}
