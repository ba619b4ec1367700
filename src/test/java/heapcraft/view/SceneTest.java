package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.view.Scene.Control;
import heapcraft.view.Simulator.Action;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a scene offers, and how it goes to a page and to a terminal.
class SceneTest {

    private final Scene scene = new Counting().scene();

    @ParameterizedTest
    @CsvSource({"more,''", "fit,best", "most,9", "merge,false", "fields,'char b\nint a'",
        "heap,0x7f0000001000", "heap,0x7f0000001040"})
    void offers_what_its_controls_and_blocks_take(String control, String value) {
        assertTrue(scene.offers(new Action(control, value)));
    }

    @ParameterizedTest
    @CsvSource({"less,''", "more,now", "fit,worst", "most,10", "most,0", "most,three", "most,''",
        "merge,maybe", "fields,'int a'", "fields,'int a\nint a'", "heap,0x7f0000001008", "heap,''"})
    void offers_nothing_else(String control, String value) {
        assertFalse(scene.offers(new Action(control, value)));
    }

    @Test
    void offers_no_control_that_is_off() {
        Scene off = new Scene("", List.of(new Control.Button("undo", "Undo", false)), List.of(),
                List.of(), "", "", "");
        assertFalse(off.offers(new Action("undo", "")));
    }

    @Test
    void offers_no_block_of_a_strip_that_is_only_to_look_at() {
        var strip = scene.strips().getFirst();
        Scene still = new Scene("", List.of(), List.of(new Scene.Strip("heap", "", strip.picture(),
                false)), List.of(), "", "", "");
        assertFalse(still.offers(new Action("heap", "0x7f0000001000")));
    }

    @Test
    void has_no_id_twice_because_an_action_could_not_tell_them_apart() {
        var control = new Control.Button("heap", "Heap", true);
        assertThrows(IllegalArgumentException.class, () -> new Scene("", List.of(control, control),
                List.of(), List.of(), "", "", ""));
        assertThrows(IllegalArgumentException.class, () -> new Scene("", List.of(control),
                scene.strips(), List.of(), "", "", ""));
    }

    @Test
    void refuses_controls_whose_value_is_not_one_of_theirs() {
        assertThrows(IllegalArgumentException.class,
                () -> new Control.Choice("fit", "", List.of("first"), "best"));
        assertThrows(IllegalArgumentException.class, () -> new Control.Number("n", "", 1, 3, 4));
        for (String twice : List.of("a", "a\nb")) {
            assertThrows(IllegalArgumentException.class,
                    () -> new Control.Order("o", "", List.of("a", twice)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'id':'more','label':'More','enabled':true,'kind':'button'}",
        "{'id':'fit','label':'Fit','enabled':true,'kind':'choice','value':'first',"
            + "'options':['first','best']}",
        "{'id':'most','label':'Most','enabled':true,'kind':'number','min':'1','max':'9',"
            + "'value':'3'}",
        "{'id':'merge','label':'Merge','enabled':true,'kind':'switch','on':true}",
        "{'id':'fields','label':'Fields','enabled':true,'kind':'order',"
            + "'items':['int a','char b']}"})
    void tells_the_page_of_each_control(String json) {
        assertTrue(scene.json().path("controls").toString().contains(json.replace('\'', '"')),
                () -> scene.json().path("controls").toPrettyString());
    }

    @Test
    void reads_in_a_terminal() {
        Simulator counting = new Counting();
        counting.on(new Action("fit", "best"));
        String text = counting.scene().text(60);
        for (String part : List.of("Counting <clicks>", "The heap", "64 bytes", "done: 1 times",
                "Did fit.")) {
            assertTrue(text.contains(part), text);
        }
    }

    @Test
    void reads_actions_as_what_they_mean() {
        assertEquals(7, new Action("most", "7").number());
        assertTrue(new Action("merge", "true").isOn());
        assertEquals(List.of("b", "a"), new Action("fields", "b\na").items());
        assertEquals(0x7f00_0000_1000L, new Action("heap", "0x7f0000001000").address());
        assertEquals(-1, new Action("heap", "0xffffffffffffffff").address());
    }
}
