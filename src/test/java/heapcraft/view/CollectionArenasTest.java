package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CollectionArenasTest {

    private final CollectionArenas request = new CollectionArenas();

    @Test
    void on_an_arena_the_system_has_one_block_however_many_calls_there_are() {
        press(request, "name", "score", "text", "name");
        assertEquals("1", fact(request, "blocks of System in use"));
        assertEquals("4096", fact(request, "bytes of System in use"));
        assertEquals("2 of 4", fact(request, "names"));
        assertEquals("1 of 4", fact(request, "scores"));
        assertTrue(fact(request, "text").startsWith("6 of "), fact(request, "text"));
        assertEquals("5", fact(request, "calls by the collections"));
    }

    @Test
    void dropping_the_arena_gives_one_block_back() {
        press(request, "name", "score", "text", "name");
        assertEquals("The request is over: 1 block was given back to System, the arena's own."
                + " Nobody closed the three collections.", press(request, "end").say());
        assertEquals("0 of 0", fact(request, "names"));
    }

    @Test
    void on_the_system_each_name_and_each_collection_is_given_back() {
        set(request, "where", "System");
        press(request, "name", "score", "text", "name");
        assertEquals("5", fact(request, "blocks of System in use"));
        assertEquals("The request is over: 5 blocks were given back to System, one by one: each"
                + " name's text, and each collection's own.", press(request, "end").say());
        assertEquals("0", fact(request, "blocks of System in use"));
    }

    @Test
    void a_push_says_whether_the_heap_was_asked() {
        assertEquals("scores.push(100): 1 call to the heap.", press(request, "score").say());
        assertEquals("scores.push(100): there was room, no call to the heap.",
                press(request, "score").say());
    }

    @Test
    void fifty_at_once_are_fifty_names_and_scores() {
        press(request, "many");
        assertTrue(fact(request, "names").startsWith("50 of "));
        assertTrue(fact(request, "scores").startsWith("50 of "));
    }

    @Test
    void a_full_arena_loses_nothing_that_was_there() {
        int pushed = 0;
        while (request.scene().alert().isEmpty()) {
            pushed = Integer.parseInt(fact(request, "names").replaceFirst(" .*", ""));
            press(request, "many");
        }
        assertTrue(request.scene().alert().startsWith("The arena is full: "));
        assertTrue(pushed > 0);
        assertTrue(Integer.parseInt(fact(request, "names").replaceFirst(" .*", "")) >= pushed);
        assertEquals("1", fact(request, "blocks of System in use"));
    }

    @Test
    void whatever_is_clicked_the_system_holds_what_the_collections_need() {
        Click.hold(20, CollectionArenas::new, (clicked, action) -> {
            clicked.on(action);
            Scene scene = clicked.scene();
            long live = scene.strips().getFirst().picture().pieces().stream()
                    .flatMap(piece -> piece.blocks().stream())
                    .filter(block -> block.state() == HeapPicture.State.LIVE
                            && !block.label().isEmpty()).count();
            boolean onArena = scene.strips().getFirst().title().startsWith("The arena");
            assertEquals(onArena ? "1" : live + "", fact(clicked, "blocks of System in use"));
        });
    }
}
