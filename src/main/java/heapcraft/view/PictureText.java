package heapcraft.view;

import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.HeapPicture.State;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pictures as text: what to read first stands first, so that a screen reader says it first.
final class PictureText {

    /// More blocks than this nobody reads one by one.
    private static final int MOST_LINES = 32;

    private final int columns;

    PictureText(int columns) {
        if (columns < 20) {
            throw new IllegalArgumentException(columns + " columns: 20 are the least to draw in");
        }
        this.columns = columns;
    }

    String of(HeapPicture picture) {
        long largest = picture.pieces().stream().mapToLong(Piece::byteSize).max().orElse(1);
        StringBuilder text = new StringBuilder(picture.summary()).append('\n');
        for (Piece piece : picture.pieces()) {
            text.append(strip(piece, largest)).append('\n');
        }
        if (!picture.pieces().isEmpty()) {
            text.append(legend(picture)).append('\n');
        }
        blocks(picture, text);
        return text.toString();
    }

    static char mark(State state) {
        return switch (state) {
            case LIVE -> '#';
            case HOLE -> '-';
            case FREE -> '.';
            case PADDING -> '~';
            case HEADER -> '!';
            case BUMP -> '%';
        };
    }

    /// A character for so many bytes, whatever most of them are; a block's name stands at its start
    /// if there is room.
    private String strip(Piece piece, long largest) {
        int width = (int) Math.max(1, Math.min(piece.byteSize(),
                Math.round((double) (columns - 2) * piece.byteSize() / largest)));
        StringBuilder strip = new StringBuilder();
        String name = "";
        Block named = null;
        for (int cell = 0; cell < width; cell++) {
            long from = offset(piece, cell, width);
            Block block = widest(piece, from, offset(piece, cell + 1, width));
            if (block != named) {
                named = block;
                name = room(piece, block, cell, width) > block.label().length()
                        ? block.label() : "";
            }
            strip.append(name.isEmpty() ? mark(block.state()) : name.charAt(0));
            name = name.isEmpty() ? name : name.substring(1);
        }
        return "|" + strip + "|";
    }

    private static long offset(Piece piece, int cell, int width) {
        return (long) ((double) piece.byteSize() * cell / width);
    }

    /// How many whole cells a block has from this one on.
    private static long room(Piece piece, Block block, int cell, int width) {
        return (long) ((double) (block.end() - piece.start()) * width / piece.byteSize()) - cell;
    }

    /// The block with the most bytes between two offsets.
    private static Block widest(Piece piece, long from, long to) {
        long start = piece.start() + from;
        long end = piece.start() + Math.max(to, from + 1);
        List<Block> blocks = piece.blocks();
        Block widest = null;
        long most = 0;
        for (int i = indexAt(blocks, start); i < blocks.size() && blocks.get(i).address() < end;
                i++) {
            Block block = blocks.get(i);
            long inside = Math.min(end, block.end()) - Math.max(start, block.address());
            if (inside > most) {
                widest = block;
                most = inside;
            }
        }
        return widest;
    }

    private static int indexAt(List<Block> blocks, long address) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks.get(middle).address() <= address) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static String legend(HeapPicture picture) {
        return Stream.of(State.values()).filter(state -> picture.count(state) > 0)
                .map(state -> mark(state) + " " + state.words() + ": " + picture.bytes(state)
                        + " bytes")
                .collect(Collectors.joining("   "));
    }

    private static void blocks(HeapPicture picture, StringBuilder text) {
        List<Block> worthALine = picture.blocks().filter(block -> block.state() != State.HEADER
                && block.state() != State.PADDING).toList();
        worthALine.stream().limit(MOST_LINES).forEach(block -> text.append("0x")
                .append(Long.toHexString(block.address())).append(": ").append(block.words())
                .append('\n'));
        if (worthALine.size() > MOST_LINES) {
            text.append("and ").append(worthALine.size() - MOST_LINES).append(" blocks more\n");
        }
    }
}
