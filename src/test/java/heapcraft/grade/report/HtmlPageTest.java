package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Finding;
import heapcraft.grade.MadeUp;
import heapcraft.grade.Report;
import heapcraft.grade.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HtmlPageTest {

    @Test
    void nothing_the_pupil_says_becomes_an_element() {
        Document page = main(MadeUp.nasty());
        Set<String> tags = Xml.all(page, "*").stream().map(Element::getTagName)
                .collect(Collectors.toSet());
        assertEquals(Set.of("main", "h1", "h2", "h3", "section", "p", "a", "dl", "dt", "dd", "table",
                "thead", "tbody", "tr", "th", "td", "span", "code", "ol", "li", "small", "details",
                "summary", "pre"), tags);
    }

    @Test
    void all_that_the_pupil_says_is_there_to_read() {
        Report report = MadeUp.nasty();
        Document page = main(report);
        String said = report.exercises().getFirst().output();
        assertEquals(List.of(said), Xml.texts(page, "pre"));
        List<String> terms = Xml.texts(page, "dt");
        for (String term : List.of("call", "got", "wanted", "where", "next")) {
            String text = Xml.texts(page, "dd").get(terms.indexOf(term));
            assertTrue(text.startsWith(said), () -> term + " is " + text);
        }
    }

    @Test
    void fetches_and_runs_nothing() {
        String page = HtmlPage.of(MadeUp.report(Verdict.WRONG, MadeUp.failure(), "x"));
        assertFalse(page.matches("(?s).*(<script|<img|<link|@import|url\\(|https?:|javascript:).*"),
                page);
        assertTrue(page.contains("default-src 'none'"), page);
    }

    /// A failure on a heap, of which everything that is said is nasty.
    private static Report withHeap() {
        return MadeUp.report(Verdict.WRONG, new Finding(MadeUp.NASTY, MadeUp.NASTY, MadeUp.NASTY,
                MadeUp.NASTY, List.of("Sums.java:7"), """
                heapcraft-trace 1
                alloc 1 24 8 @7f0000001010
                alloc 2 40 8 @7f0000001040
                free 1
                """), MadeUp.NASTY);
    }

    @Test
    void the_heap_of_a_failing_test_is_filmed_under_its_story() throws IOException {
        String page = HtmlPage.of(withHeap());
        Files.createDirectories(Path.of("target/film"));
        Files.writeString(Path.of("target/film/report.html"), page);
        Document main = main(withHeap());
        List<Element> films = Xml.all(main, "div");
        assertEquals(2, films.size(), "one under what to do next, one under the test");
        films.forEach(film -> {
            assertEquals("heapcraft-film", film.getAttribute("class"));
            assertTrue(((Element) film.getElementsByTagName("img").item(0)).getAttribute("alt")
                    .contains("40 bytes"));
        });
        assertEquals(List.of("application/json", "application/json"), Xml.all(main, "script")
                .stream().map(script -> script.getAttribute("type")).toList());
    }

    @Test
    void of_scripts_only_the_one_that_plays_films_is_allowed() throws Exception {
        String page = HtmlPage.of(withHeap());
        String[] scripts = page.split("<script>");
        assertEquals(2, scripts.length);
        byte[] script = scripts[1].substring(0, scripts[1].indexOf("</script>"))
                .getBytes(StandardCharsets.UTF_8);
        String digest = Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(script));
        assertTrue(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src"
                + " data:; script-src 'sha256-" + digest + "'\""), page.substring(0, 600));
    }

    @Test
    void a_lie_about_the_heap_leaves_the_report_as_it_would_be() {
        Finding honest = MadeUp.failure();
        Finding lie = new Finding(honest.call(), honest.got(), honest.wanted(), honest.next(),
                honest.where(), "heapcraft-trace 1\nalloc 0 8 8 @</script><script>alert(1)</script>");
        assertEquals(withoutTime(HtmlPage.of(MadeUp.report(Verdict.WRONG, honest, ""))),
                withoutTime(HtmlPage.of(MadeUp.report(Verdict.WRONG, lie, ""))));
    }

    private static String withoutTime(String page) {
        return page.replaceFirst("Graded \\S+ \\S+ with", "");
    }

    @Test
    void says_first_what_to_do_next_and_where() {
        Report report = MadeUp.report(
                MadeUp.passed("Done"),
                MadeUp.graded("Open", Verdict.TODO, MadeUp.failure(), ""),
                MadeUp.graded("Wrong", Verdict.WRONG, MadeUp.failure(), ""));
        Element next = Xml.all(main(report), "section").getFirst();
        String text = next.getTextContent();
        assertTrue(text.contains("What to do next") && text.contains("Mend ch02 Wrong: takes away"),
                text);
        assertTrue(text.contains("exercises/ch02/Wrong.java, line 12"), text);
    }

    @Test
    void says_what_was_measured() {
        assertTrue(Xml.texts(main(MadeUp.report(MadeUp.measured("Sums"))), "p")
                .contains("steps a call 40.0 (reference 10.0, best known 5.00)"));
    }

    @Test
    void names_the_known_mistake_that_the_failures_look_like() {
        assertTrue(Xml.texts(main(MadeUp.nasty()), "p")
                .contains("It behaves like: Do you count twice?"));
    }

    @Test
    void every_link_leads_to_an_exercise_on_the_page() {
        Document page = main(MadeUp.nasty());
        List<String> ids = Xml.all(page, "section").stream().map(s -> "#" + s.getAttribute("id"))
                .toList();
        List<Element> links = Xml.all(page, "a");
        assertFalse(links.isEmpty());
        links.forEach(link -> assertTrue(ids.contains(link.getAttribute("href")),
                link.getAttribute("href")));
    }

    @Test
    void a_colour_always_comes_with_a_mark() {
        List<Element> coloured = Xml.all(main(MadeUp.nasty()), "span");
        assertFalse(coloured.isEmpty());
        coloured.forEach(span -> assertTrue(span.getTextContent().matches("\\[[x !]].*"),
                span.getTextContent()));
    }

    /// The part with the content is XML too, so that any parser can judge it.
    private static Document main(Report report) {
        return Xml.parse(HtmlPage.of(report).replaceAll("(?s)^.*(<main>.*</main>).*$", "$1"));
    }
}
