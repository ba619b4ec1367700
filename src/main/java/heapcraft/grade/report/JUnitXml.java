package heapcraft.grade.report;

import heapcraft.grade.Report;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report.Result;
import heapcraft.grade.Verdict;
import java.io.StringWriter;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A report as Surefire's XML, one suite in one file, so that no reader meets a part of it:
/// [its schema](https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd).
///
/// *To do* is skipped, what is wrong is a failure, and the grader's own fault is an error.
final class JUnitXml {

    private final Report report;
    private final XMLStreamWriter xml;

    private JUnitXml(Report report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    static String of(Report report) {
        StringWriter text = new StringWriter();
        try {
            new JUnitXml(report, XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text))
                    .write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes all XML", e);
        }
        return text.append('\n').toString();
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "heapcraft");
        xml.writeAttribute("time", seconds(results().mapToLong(Result::millis).sum()));
        xml.writeAttribute("tests", Long.toString(results().count()));
        xml.writeAttribute("errors", count(Outcome.ERROR));
        xml.writeAttribute("skipped", count(Outcome.SKIPPED));
        xml.writeAttribute("failures", count(Outcome.FAILURE));
        for (Graded graded : report.exercises()) {
            for (Result result : graded.results()) {
                test(graded, result);
            }
        }
        xml.writeEndDocument();
    }

    private void test(Graded graded, Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", result.test().name());
        xml.writeAttribute("classname", graded.exercise().testClassName());
        xml.writeAttribute("time", seconds(result.millis()));
        if (Outcome.of(result) != Outcome.PASSED) {
            why(result);
        }
        String said = result.measure().map(line -> line + "\n").orElse("")
                + (result == graded.results().getFirst() ? graded.output() : "");
        if (!said.isEmpty()) {
            element("system-out", said);
        }
        xml.writeEndElement();
    }

    private void why(Result result) throws XMLStreamException {
        Outcome outcome = Outcome.of(result);
        xml.writeStartElement(outcome.name().toLowerCase(Locale.ROOT));
        xml.writeAttribute("message", result.finding().summary());
        if (outcome != Outcome.SKIPPED) {
            xml.writeAttribute("type", result.verdict().words());
        }
        xml.writeCharacters(result.story());
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private Stream<Result> results() {
        return report.exercises().stream().flatMap(graded -> graded.results().stream());
    }

    private String count(Outcome outcome) {
        return Long.toString(results().filter(result -> Outcome.of(result) == outcome).count());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }

    /// The four things that Surefire's XML can say of a test.
    private enum Outcome {
        PASSED, SKIPPED, FAILURE, ERROR;

        static Outcome of(Result result) {
            return switch (result.verdict().colour()) {
                case GREEN -> PASSED;
                case YELLOW -> SKIPPED;
                case RED -> result.verdict() == Verdict.GRADER_ERROR ? ERROR : FAILURE;
            };
        }
    }
}
