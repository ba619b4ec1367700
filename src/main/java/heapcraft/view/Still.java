package heapcraft.view;

import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.HeapPicture.State;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Pictures as SVG documents of their own: for places that run no script.
///
/// A state has a pattern, and its colour only repeats it. The background is the document's own, so
/// that it reads on any page; it turns dark where the reader prefers that.
final class Still {

    /// The strip's width, a row's height and the space around, in pixels.
    private static final int WIDTH = 760;
    private static final int ROW = 30;
    private static final int MARGIN = 10;
    private static final int TITLE = 22;
    /// So many blocks are told apart in a row.
    private static final int BLOCKS_A_ROW = 40;
    private static final int MOST_ROWS = 16;
    /// A character of a label, in pixels.
    private static final int CHARACTER = 8;
    /// So many characters of a title fit above a strip; all of them are in the document's words.
    private static final int MOST_CHARACTERS = 96;

    private final StringBuilder svg = new StringBuilder();
    private int y = MARGIN;

    private Still() { }

    /// One picture.
    ///
    /// @param says a sentence that stands for it where it cannot be seen
    static String of(HeapPicture picture, String says) {
        return of(List.of(""), List.of(picture), says);
    }

    /// Some pictures, one below the other, each with its title.
    static String of(List<String> titles, List<HeapPicture> pictures, String says) {
        Still still = new Still();
        for (int i = 0; i < pictures.size(); i++) {
            still.title(titles.get(i));
            still.pieces(pictures.get(i));
        }
        still.legend(pictures);
        return still.document(says, pictures);
    }

    private void title(String title) {
        if (!title.isEmpty()) {
            text(MARGIN, y + 14, "name", title.length() <= MOST_CHARACTERS ? title
                    : title.substring(0, MOST_CHARACTERS) + "…");
            y += TITLE;
        }
    }

    private void pieces(HeapPicture picture) {
        long largest = picture.pieces().stream().mapToLong(Piece::byteSize).max().orElse(1);
        for (Piece piece : picture.pieces()) {
            int rows = Math.clamp((piece.blocks().size() + BLOCKS_A_ROW - 1) / BLOCKS_A_ROW, 1,
                    MOST_ROWS);
            long bytesARow = Math.max(1, Math.ceilDiv(piece.byteSize(), (long) rows));
            new Strip(piece, bytesARow,
                    rows > 1 ? WIDTH : Math.max(4, (double) WIDTH * piece.byteSize() / largest))
                    .draw();
            y += rows * (ROW + 4) + MARGIN;
        }
    }

    /// A piece in rows of so many bytes.
    private final class Strip {
        private final Piece piece;
        private final long bytesARow;
        private final double width;

        Strip(Piece piece, long bytesARow, double width) {
            this.piece = piece;
            this.bytesARow = bytesARow;
            this.width = width;
        }

        void draw() {
            for (State state : State.values()) {
                StringBuilder path = new StringBuilder();
                piece.blocks().stream().filter(block -> block.state() == state)
                        .forEach(block -> rectangles(block).forEach(path::append));
                if (!path.isEmpty()) {
                    svg.append("<path class=\"").append(state.id()).append("\" d=\"").append(path)
                            .append("\"/>\n");
                }
            }
            piece.blocks().forEach(this::label);
        }

        /// A block's part in each row that it reaches into.
        private List<String> rectangles(Block block) {
            List<String> rectangles = new ArrayList<>();
            long offset = block.address() - piece.start();
            long end = offset + block.byteSize();
            while (offset < end) {
                long row = offset / bytesARow;
                long rowEnd = Math.min(end, (row + 1) * bytesARow);
                double x = MARGIN + width * (offset - row * bytesARow) / bytesARow;
                rectangles.add("M" + number(x) + " " + (y + row * (ROW + 4)) + "h"
                        + number(width * (rowEnd - offset) / bytesARow) + "v" + ROW + "H"
                        + number(x) + "z");
                offset = rowEnd;
            }
            return rectangles;
        }

        private void label(Block block) {
            long offset = block.address() - piece.start();
            long row = offset / bytesARow;
            double x = width * (offset - row * bytesARow) / bytesARow;
            double room = Math.min(width - x, width * block.byteSize() / bytesARow);
            if (!block.label().isEmpty() && room > CHARACTER * block.label().length() + 4) {
                text(MARGIN + x + room / 2, y + row * (ROW + 4) + 20,
                        "label " + block.state().id(), block.label());
            }
        }
    }

    private void legend(List<HeapPicture> pictures) {
        double x = MARGIN;
        for (State state : State.values()) {
            if (pictures.stream().anyMatch(picture -> picture.count(state) > 0)) {
                svg.append("<path class=\"").append(state.id()).append("\" d=\"M").append(number(x))
                        .append(' ').append(y).append("h22v16h-22z\"/>\n");
                text(x + 28, y + 13, "key", state.words());
                x += 48 + 7.2 * state.words().length();
            }
        }
        y += 16 + MARGIN;
    }

    private void text(double x, long baseline, String style, String words) {
        svg.append("<text class=\"").append(style).append("\" x=\"").append(number(x))
                .append("\" y=\"").append(baseline).append("\">").append(escape(words))
                .append("</text>\n");
    }

    private String document(String says, List<HeapPicture> pictures) {
        int wide = WIDTH + 2 * MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %2$s" width="%1$s" \
                height="%2$s" role="img" aria-label="%3$s">
                <title>%3$s</title>
                <desc>%4$s</desc>
                <style>
                %5$s</style>
                %6$s<rect class="paper" width="%1$s" height="%2$s"/>
                %7$s</svg>
                """.formatted(wide, y, escape(says), escape(description(pictures)),
                Page.resource("still.css"), PATTERNS, svg);
    }

    private static String description(List<HeapPicture> pictures) {
        StringBuilder words = new StringBuilder();
        pictures.forEach(picture -> words.append(new PictureText(72).of(picture)));
        return words.toString().stripTrailing();
    }

    private static final String PATTERNS = """
            <defs>
            <pattern id="hole" width="8" height="8" patternUnits="userSpaceOnUse">\
            <rect class="ground" width="8" height="8"/>\
            <path class="ink" d="M-2 2l4-4M0 8l8-8M6 10l4-4"/></pattern>
            <pattern id="padding" width="5" height="5" patternUnits="userSpaceOnUse">\
            <rect class="ground" width="5" height="5"/>\
            <rect class="dot" x="1" y="1" width="2" height="2"/></pattern>
            <pattern id="bump" width="8" height="8" patternUnits="userSpaceOnUse">\
            <rect class="ground" width="8" height="8"/>\
            <path class="ink" d="M0 0l8 8M8 0l-8 8"/></pattern>
            </defs>
            """;

    /// At most two decimals: a hundredth of a pixel is not to be seen.
    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros()
                .toPlainString();
    }

    /// Text that can neither end the element nor the attribute it stands in, and that XML allows.
    static String escape(String text) {
        return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD")
                .replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }
}
