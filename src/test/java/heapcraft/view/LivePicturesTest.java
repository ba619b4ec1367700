package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import heapcraft.view.FakeComms.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What kernel and page say to each other about live pictures.
class LivePicturesTest {

    private final FakeComms kernel = new FakeComms();
    private final LivePictures pictures = new LivePictures(kernel);
    private final Counting simulator = new Counting();

    private Channel shown() {
        pictures.show(simulator);
        return kernel.channels.getLast();
    }

    private static JsonNode state(JsonNode message) {
        return message.path("state");
    }

    @Test
    void opens_a_model_of_anywidget_in_the_protocol_that_pages_speak() {
        Channel page = shown();
        assertEquals("jupyter.widget", page.target);
        assertEquals("{\"version\":\"2.1.0\"}", page.metadata);
        JsonNode state = state(page.last());
        assertEquals("AnyModel anywidget AnyView anywidget", String.join(" ",
                state.path("_model_name").asText(), state.path("_model_module").asText(),
                state.path("_view_name").asText(), state.path("_view_module").asText()));
        assertTrue(page.last().path("buffer_paths").isArray());
    }

    @Test
    void asks_for_the_anywidget_that_is_installed() throws IOException {
        String installed = Files.readString(Path.of("requirements.txt"))
                .replaceAll("(?s).*\nanywidget==(\\d+\\.\\d+)\\..*", "$1");
        assertEquals("~" + installed + ".0",
                state(shown().last()).path("_model_module_version").asText());
    }

    @Test
    void brings_the_script_the_style_and_the_first_scene() {
        JsonNode state = state(shown().last());
        String script = state.path("_esm").asText();
        assertTrue(script.contains("function drawPicture(") && script.contains("export default"),
                script);
        assertTrue(state.path("_css").asText().contains(".hcw"));
        assertEquals(simulator.scene().json().toString(), state.path("scene").toString());
    }

    @Test
    void shows_a_still_and_then_the_widget_that_hides_it_by_name() {
        Channel page = shown();
        assertEquals(2, kernel.outputs.size());
        String name = state(page.last()).path("name").asText();
        assertTrue(kernel.outputs.getFirst().contains("class=\"heapcraft-still " + name + "\""),
                kernel.outputs.getFirst());
        assertEquals("application/vnd.jupyter.widget-view+json {\"model_id\":\"" + page.id()
                + "\",\"version_major\":2,\"version_minor\":0}", kernel.outputs.getLast());
    }

    @Test
    void gives_each_picture_a_name_of_its_own() {
        assertFalse(state(shown().last()).path("name").equals(state(shown().last()).path("name")));
    }

    @Test
    void answers_each_action_with_the_scene_after_it_and_its_number() {
        Channel page = shown();
        page.does("more", "", "page:1");
        JsonNode state = state(page.last());
        assertEquals("update", page.last().path("method").asText());
        assertEquals("page:1", state.path("answered").asText());
        assertEquals("1 times", state.at("/scene/facts/0/value").asText());
        assertEquals("Did more.", state.at("/scene/say").asText());
        assertFalse(state.has("_esm"), "what does not change is not sent again");
    }

    @Test
    void does_actions_in_their_order_and_loses_none() {
        Channel page = shown();
        List<String> answers = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> {
            page.does("most", Integer.toString(i % 9 + 1), "page:" + i);
            answers.add(state(page.last()).path("answered").asText());
        });
        assertEquals(IntStream.range(0, 100).mapToObj(i -> "page:" + i).toList(), answers);
        assertEquals(IntStream.range(0, 100).mapToObj(i -> Integer.toString(i % 9 + 1)).toList(),
                simulator.done.stream().map(Simulator.Action::value).toList());
    }

    @Test
    void passes_over_a_click_that_the_scene_has_outlived_and_answers_it_all_the_same() {
        Channel page = shown();
        IntStream.range(0, 5).forEach(i -> page.does("more", "", "page:" + i));
        assertEquals(3, simulator.done.size(), "the button is off after three");
        assertEquals("page:4", state(page.last()).path("answered").asText());
    }

    @Test
    void shows_what_a_simulator_throws_and_where_and_goes_on() {
        Channel page = shown();
        simulator.next = new IllegalStateException("the heap is broken at 0x10");
        page.does("more", "", "page:1");
        String failure = state(page.last()).path("failure").asText();
        assertTrue(failure.startsWith("IllegalStateException: the heap is broken at 0x10 (in "
                + "shows_what_a_simulator_throws_and_where_and_goes_on, line "), failure);
        assertEquals("page:1", state(page.last()).path("answered").asText());
        page.does("more", "", "page:2");
        assertEquals("", state(page.last()).path("failure").asText());
        assertEquals(1, simulator.done.size());
    }

    @Test
    void shows_errors_too() {
        Channel page = shown();
        for (Throwable error : List.of(new AssertionError("law"), new StackOverflowError(),
                new OutOfMemoryError("native"), new Exception("undeclared"))) {
            simulator.next = error;
            page.does("more", "", "page:1");
            String failure = state(page.last()).path("failure").asText();
            assertTrue(failure.startsWith(error.getClass().getSimpleName()), failure);
        }
    }

    @Test
    void keeps_the_last_picture_where_a_heap_can_no_longer_be_drawn() {
        Channel page = shown();
        simulator.nextScene = new IllegalStateException("blocks overlap");
        page.does("more", "", "page:1");
        JsonNode state = state(page.last());
        assertEquals("0 times", state.at("/scene/facts/0/value").asText());
        assertTrue(state.path("failure").asText().contains("blocks overlap"));
        assertTrue(state.path("failure").asText().endsWith("The picture is from before that"));
        simulator.nextScene = null;
        page.does("more", "", "page:2");
        assertEquals("2 times", state(page.last()).at("/scene/facts/0/value").asText());
    }

    @Test
    void tells_all_of_it_when_a_page_asks() {
        Channel page = shown();
        page.does("more", "", "page:1");
        page.says("{\"method\":\"request_state\"}");
        assertEquals("update", page.last().path("method").asText());
        assertTrue(state(page.last()).has("_esm"));
        assertEquals("1 times", state(page.last()).at("/scene/facts/0/value").asText());
    }

    @Test
    void does_not_let_a_page_change_the_scene() {
        Channel page = shown();
        int sent = page.sent.size();
        page.says("{\"method\":\"update\",\"state\":{\"scene\":{},\"failure\":\"\"}}");
        assertEquals(sent, page.sent.size());
        page.says("{\"method\":\"request_state\"}");
        assertEquals("Counting <clicks>", state(page.last()).at("/scene/title").asText());
    }

    @Test
    void tells_a_page_that_was_loaded_again_of_every_picture_as_it_is_now() {
        Channel first = shown();
        Channel second = shown();
        second.does("more", "", "page:1");
        Channel page = kernel.openedByThePage("jupyter.widget.control");
        page.says("{\"method\":\"request_states\"}");
        assertEquals("update_states", page.last().path("method").asText());
        JsonNode states = page.last().path("states");
        assertEquals(2, states.size());
        assertEquals("AnyModel", states.path(first.id()).path("model_name").asText());
        assertEquals("anywidget", states.path(first.id()).path("model_module").asText());
        assertEquals(LivePictures.ANYWIDGET,
                states.path(first.id()).path("model_module_version").asText());
        assertEquals("1 times",
                state(states.path(second.id())).at("/scene/facts/0/value").asText());
    }

    @Test
    void has_an_answer_for_a_page_also_where_there_is_no_picture() {
        Channel page = kernel.openedByThePage("jupyter.widget.control");
        page.says("{\"method\":\"request_states\"}");
        assertEquals("{\"method\":\"update_states\",\"states\":{},\"buffer_paths\":[]}",
                page.last().toString());
    }

    @Test
    void forgets_a_picture_that_the_page_has_closed() {
        Channel gone = shown();
        Channel kept = shown();
        gone.closes();
        Channel page = kernel.openedByThePage("jupyter.widget.control");
        page.says("{\"method\":\"request_states\"}");
        assertEquals(List.of(kept.id()), names(page.last().path("states")));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void renews_the_still_when_the_page_has_come_to_rest() {
        Channel page = shown();
        String before = kernel.outputs.getFirst();
        page.does("more", "", "page:1");
        assertEquals(before, kernel.outputs.getFirst());
        int sent = page.sent.size();
        page.says("{\"method\":\"custom\",\"content\":{\"keep\":true}}");
        assertTrue(kernel.outputs.getFirst().contains("done: 1 times"));
        assertEquals(sent, page.sent.size());
    }
}
