package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotebookTest {

    private final List<String> shown = new ArrayList<>();

    @AfterEach
    void print_again() {
        Notebook.showOn((text, html) -> System.out.print(text));
    }

    @Test
    void an_unknown_workload_is_said_in_text_and_in_html_and_runs_nothing() {
        Notebook.showOn((text, html) -> shown.addAll(List.of(text, html)));
        Notebook.compare("<smal>");
        assertEquals(List.of("there is no workload <smal>; there are small, mixed, handover,"
                        + " growing, large, churn, creep\n",
                "<p>there is no workload &lt;smal&gt;; there are small, mixed, handover,"
                        + " growing, large, churn, creep</p>"), shown);
    }
}
