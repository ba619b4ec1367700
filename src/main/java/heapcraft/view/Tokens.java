package heapcraft.view;

import heapcraft.trace.HeapEvent;
import heapcraft.trace.Trace;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.HeapPicture.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/// Pictures as lists of short words, and the difference between one and the next: ten thousand
/// pictures of a heap are then no longer than its trace.
///
/// A piece is `@` and its start in hexadecimal, followed by its blocks. A block is its size, a
/// letter for its state, and the index of the operation that made it, if one did: `64l12`. A block
/// in use, or held by an arena, is called by the number that this operation names.
///
/// A difference is a list of splices, separated by `;`. A splice is an index, how many words go
/// there, and the words that come: `5 1 8n 64l12 440f`. Each index counts in the list as the
/// splices before it have left it.
final class Tokens {

    /// What becomes a word: a block, or the start of a piece, which has none.
    private record Token(int piece, long address, Block block) {

        int compareTo(Token other) {
            return piece != other.piece ? Integer.compare(piece, other.piece)
                    : block == null || other.block == null ? Boolean.compare(block != null,
                            other.block != null) : Long.compare(address, other.address);
        }

        boolean isAlike(Token other) {
            return address == other.address && Objects.equals(block, other.block);
        }
    }

    /// The first index of each operation in the plan.
    private final Map<String, Integer> operations = new HashMap<>();
    private List<Token> before = List.of();
    private List<Long> starts = List.of();

    Tokens(Trace plan) {
        int index = 0;
        for (HeapEvent event : plan.events()) {
            operations.putIfAbsent(History.asked(event), index++);
        }
    }

    static char letter(State state) {
        return switch (state) {
            case LIVE -> 'l';
            case HOLE -> 'h';
            case FREE -> 'f';
            case PADDING -> 'p';
            case HEADER -> 'n';
            case BUMP -> 'b';
        };
    }

    /// What is different from the picture before.
    String changes(HeapPicture picture) {
        List<Token> now = tokens(picture);
        List<Long> nowStarts = picture.pieces().stream().map(Piece::start).toList();
        String changes = starts.equals(nowStarts) ? merged(before, now) : replaced(before, now);
        before = now;
        starts = nowStarts;
        return changes;
    }

    private List<Token> tokens(HeapPicture picture) {
        List<Token> tokens = new ArrayList<>();
        int number = 0;
        for (Piece piece : picture.pieces()) {
            tokens.add(new Token(number, piece.start(), null));
            for (Block block : piece.blocks()) {
                tokens.add(new Token(number, block.address(), block));
            }
            number++;
        }
        return tokens;
    }

    private String word(Token token) {
        Block block = token.block();
        return block == null ? "@" + Long.toHexString(token.address()) : block.byteSize() + "" + letter(block.state())
                + Objects.toString(operations.get(block.madeBy()), "");
    }

    /// Both lists have the same pieces, so they are in one order and can be walked side by side.
    private String merged(List<Token> old, List<Token> now) {
        StringJoiner splices = new StringJoiner(";");
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int from = i;
            int to = j;
            while ((i < old.size() || j < now.size()) && !same(old, i, now, j)) {
                int order = i == old.size() ? 1 : j == now.size() ? -1
                        : old.get(i).compareTo(now.get(j));
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
            if (i > from || j > to) {
                splices.add(splice(to, i - from, now.subList(to, j)));
            }
            i++;
            j++;
        }
        return splices.toString();
    }

    private static boolean same(List<Token> old, int i, List<Token> now, int j) {
        return i < old.size() && j < now.size() && old.get(i).piece() == now.get(j).piece()
                && old.get(i).isAlike(now.get(j));
    }

    /// Pieces came or went: what is alike at both ends stays.
    private String replaced(List<Token> old, List<Token> now) {
        int start = 0;
        int shorter = Math.min(old.size(), now.size());
        while (start < shorter && old.get(start).isAlike(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && old.get(old.size() - 1 - end)
                .isAlike(now.get(now.size() - 1 - end))) {
            end++;
        }
        return splice(start, old.size() - start - end, now.subList(start, now.size() - end));
    }

    private String splice(int index, int gone, List<Token> come) {
        StringBuilder splice = new StringBuilder().append(index).append(' ').append(gone);
        come.forEach(token -> splice.append(' ').append(word(token)));
        return splice.toString();
    }
}
