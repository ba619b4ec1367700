package heapcraft.lab.compare;

import heapcraft.grade.Html;
import heapcraft.grade.Paragraph;
import java.util.ArrayList;
import java.util.List;

/// Rows of text below a head: for a terminal, for Markdown and for HTML.
///
/// @param title what it shows, and in which unit
/// @param head  the columns' names; the first one names the rows
/// @param rows  as long as the head
record Table(String title, List<String> head, List<List<String>> rows) {

    /// Of a terminal, in characters.
    static final int WIDTH = 80;

    /// Takes over copies.
    ///
    /// @throws IllegalArgumentException if a row is longer or shorter than the head
    Table {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != head.size()) {
                throw new IllegalArgumentException(row + " does not fit below " + head);
            }
        }
    }

    /// With spaces, the figures to the right.
    String text() {
        StringBuilder text = new StringBuilder();
        Paragraph.wrap(title, WIDTH).forEach(line -> text.append(line).append('\n'));
        for (List<String> row : all()) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? row.get(0) + " ".repeat(width(0) - row.get(0).length())
                        : "  " + " ".repeat(width(i) - row.get(i).length()) + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /// As GitHub shows it, padded so that it can be read in a terminal too.
    String markdown() {
        StringBuilder text = new StringBuilder(title).append("\n\n");
        for (List<String> row : all()) {
            for (int i = 0; i < row.size(); i++) {
                text.append("| ").append(row.get(i))
                        .append(" ".repeat(width(i) - row.get(i).length() + 1));
            }
            text.append("|\n");
            if (row == head) {
                for (int i = 0; i < head.size(); i++) {
                    text.append("|").append("-".repeat(width(i) + 1)).append(i == 0 ? "-" : ":");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    /// For a notebook, in the page's own colours.
    String html() {
        StringBuilder html = new StringBuilder("<table>\n<caption style=\"text-align: left\">")
                .append(Html.escape(title)).append("</caption>\n");
        for (List<String> row : all()) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String tag = row == head || i == 0 ? "th" : "td";
                html.append('<').append(tag).append(row == head ? " scope=\"col\""
                                : i == 0 ? " scope=\"row\"" : "").append('>')
                        .append(Html.escape(row.get(i))).append("</").append(tag).append('>');
            }
            html.append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    private List<List<String>> all() {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        return all;
    }

    private int width(int column) {
        return all().stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
