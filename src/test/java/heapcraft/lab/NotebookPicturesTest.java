package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.trace.Trace;
import heapcraft.view.Film;
import heapcraft.view.HeapPicture;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotebookPicturesTest {

    private static final Trace RECORDED = Trace.parse("heapcraft-trace 1\nalloc 0 64 8 @1000\n");

    private String text;
    private String html;

    @BeforeEach
    void look() {
        Notebook.showOn((asText, asHtml) -> {
            text = asText;
            html = asHtml;
        });
    }

    @AfterEach
    void look_away() {
        Notebook.showOn((asText, asHtml) -> System.out.print(asText));
    }

    @Test
    void a_picture_is_text_here_and_an_image_there() {
        HeapPicture picture = HeapPicture.of(RECORDED);
        Notebook.show(picture);
        assertEquals(picture.text(78), text);
        assertEquals(picture.html(), html);
        assertTrue(html.startsWith("<img "), html);
    }

    @Test
    void a_film_is_its_last_picture_as_text() {
        Notebook.film(RECORDED);
        assertEquals(HeapPicture.of(RECORDED).text(78), text);
        assertEquals(Film.of(RECORDED).fragment(), html);
    }

    @Test
    void a_film_of_heaps_runs_the_trace_on_each() {
        try (Arena arena = Arena.ofConfined()) {
            Notebook.film(RECORDED.planned(), new FreeListAlloc(arena.allocate(256), Fit.FIRST),
                    new FreeListAlloc(arena.allocate(256), Fit.BEST));
        }
        assertTrue(text.contains("FreeListAlloc(FIRST fit") && text.contains("FreeListAlloc(BEST"),
                text);
        assertTrue(html.contains("\"title\":\"FreeListAlloc(BEST"), html);
    }
}
