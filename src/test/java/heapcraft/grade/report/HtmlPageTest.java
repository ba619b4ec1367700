package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.MadeUp;
import heapcraft.grade.Report;
import heapcraft.grade.Verdict;
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
