package heapcraft.grade.report;

import heapcraft.grade.Report;
import heapcraft.grade.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Reports as files.
public final class Reports {

    private Reports() { }

    /// Writes a report to `target/grade`, as a page and as JSON.
    ///
    /// @return the report, with a note that says where the page is
    public static Report write(Report report) {
        return write(report, Set.of(), report.project().scratch());
    }

    /// Writes a report as a page, as JSON, and in more formats. Each file is written whole or not at
    /// all.
    ///
    /// @return the report, with a note that says where the page is, or why there is none
    public static Report write(Report report, Collection<Format> more, Path to) {
        Set<Format> formats = EnumSet.of(Format.HTML, Format.JSON);
        formats.addAll(more);
        try {
            for (Format format : formats) {
                for (Map.Entry<String, String> file : format.files(report).entrySet()) {
                    WholeFile.write(to.resolve(file.getKey()), file.getValue());
                }
            }
            String page = report.project().shown(to.resolve("report.html"));
            return report.noting("Every test and what it found: " + page);
        } catch (IOException e) {
            return report.noting("The reports could not be written: " + e);
        }
    }
}
