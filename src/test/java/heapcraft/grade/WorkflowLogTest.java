package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowLogTest {

    @Test
    void commands_are_off_from_the_first_line_to_the_last() {
        for (String text : List.of(MadeUp.NASTY, "ends with a break\n")) {
            List<String> lines = WorkflowLog.withoutCommands(text).lines().toList();
            String token = lines.getFirst().replace("::stop-commands::", "");
            assertEquals("::stop-commands::" + token, lines.getFirst());
            assertEquals("::" + token + "::", lines.getLast());
            assertEquals(text.lines().toList(), lines.subList(1, lines.size() - 1));
        }
    }

    @Test
    void the_word_that_switches_them_on_again_cannot_be_guessed() {
        assertNotEquals(WorkflowLog.withoutCommands("x"), WorkflowLog.withoutCommands("x"));
    }
}
