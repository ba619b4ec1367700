package heapcraft.grade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.MadeUp;
import heapcraft.grade.Report;
import heapcraft.grade.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

class JUnitXmlTest {

    private static final Report ALL_KINDS = MadeUp.report(
            MadeUp.passed("Done"),
            MadeUp.graded("Open", Verdict.TODO, MadeUp.failure(), ""),
            MadeUp.graded("Wrong", Verdict.WRONG, MadeUp.failure(), "printed"),
            MadeUp.graded("Ours", Verdict.GRADER_ERROR, MadeUp.failure(), ""));

    @Test
    void counts_what_surefire_counts() {
        Element suite = Xml.parse(JUnitXml.of(ALL_KINDS)).getDocumentElement();
        assertEquals("testsuite", suite.getTagName());
        assertEquals("8 1 1 1", String.join(" ", suite.getAttribute("tests"),
                suite.getAttribute("skipped"), suite.getAttribute("failures"),
                suite.getAttribute("errors")));
        assertEquals("4.984", suite.getAttribute("time"));
    }

    @Test
    void to_do_is_skipped_wrong_is_a_failure_and_our_fault_is_an_error() {
        Document suite = Xml.parse(JUnitXml.of(ALL_KINDS));
        assertEquals("ch02.OpenTest", classOf(suite, "skipped"));
        assertEquals("ch02.WrongTest", classOf(suite, "failure"));
        assertEquals("ch02.OursTest", classOf(suite, "error"));
        assertTrue(Xml.texts(suite, "failure").getFirst().contains("wanted: 0"));
    }

    @Test
    void uses_only_what_the_schema_of_surefire_names() {
        Document suite = Xml.parse(JUnitXml.of(ALL_KINDS));
        for (Element element : Xml.all(suite, "*")) {
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                String name = attributes.item(i).getNodeName();
                assertTrue(allowed(element.getTagName()).contains(name),
                        element.getTagName() + " has no " + name);
            }
        }
    }

    @Test
    void a_parser_reads_nasty_text_as_text() {
        Report report = MadeUp.nasty();
        Document suite = Xml.parse(JUnitXml.of(report));
        assertEquals(List.of(report.exercises().getFirst().output()),
                Xml.texts(suite, "system-out"));
        assertEquals(2, Xml.all(suite, "testcase").size());
        assertEquals(0, Xml.all(suite, "script").size());
    }

    @Test
    void what_was_measured_is_what_its_test_said() {
        Document suite = Xml.parse(JUnitXml.of(MadeUp.report(MadeUp.measured("Sums"))));
        assertEquals(List.of("steps a call 40.0 (reference 10.0, best known 5.00): 1/2\n"),
                Xml.texts(suite, "system-out"));
        assertEquals(0, Xml.all(suite, "failure").size());
    }

    private static String classOf(Document suite, String tag) {
        List<Element> found = Xml.all(suite, tag);
        assertEquals(1, found.size(), tag);
        return ((Element) found.getFirst().getParentNode()).getAttribute("classname");
    }

    private static List<String> allowed(String tag) {
        return switch (tag) {
            case "testsuite" -> List.of("name", "time", "tests", "errors", "skipped", "failures");
            case "testcase" -> List.of("name", "classname", "time");
            case "failure", "error" -> List.of("message", "type");
            case "skipped" -> List.of("message");
            default -> List.of();
        };
    }
}
