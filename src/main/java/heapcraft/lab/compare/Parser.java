package heapcraft.lab.compare;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// A parser: an expression becomes a tree of nodes, the tree is folded into a new one, and both end
/// together.
final class Parser extends Program {

    private static final int DEPTH = 4;
    /// A node's words: what it is, its value, its left and its right part.
    private static final int NODE = 32;
    private static final int LEFT = 16;
    private static final int RIGHT = 24;
    private static final long PRIME = 9973;

    private final Temporaries nodes;
    private final byte[] text;
    private int at;

    Parser(Blocks blocks) {
        nodes = new Temporaries(blocks);
        StringBuilder expression = new StringBuilder();
        write(expression, new Random(42), DEPTH);
        text = expression.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(StringBuilder to, Random random, int depth) {
        for (int i = 0; i < 4; i++) {
            to.append(i == 0 ? "" : random.nextBoolean() ? "+" : "*");
            if (depth > 0) {
                to.append('(');
                write(to, random, depth - 1);
                to.append(')');
            } else {
                to.append(random.nextInt(1000));
            }
        }
    }

    @Override
    long run() {
        at = 0;
        long value = Words.get(fold(sum()) + 8);
        nodes.end();
        return value;
    }

    private long sum() {
        long left = product();
        while (text[at] == '+') {
            at++;
            left = node('+', 0, left, product());
        }
        return left;
    }

    private long product() {
        long left = atom();
        while (text[at] == '*') {
            at++;
            left = node('*', 0, left, atom());
        }
        return left;
    }

    private long atom() {
        if (text[at] == '(') {
            at++;
            long inner = sum();
            at++;  // the closing one
            return inner;
        }
        long value = 0;
        while (text[at] >= '0' && text[at] <= '9') {
            value = 10 * value + text[at++] - '0';
        }
        return node('n', value, 0, 0);
    }

    private long node(char kind, long value, long left, long right) {
        long node = nodes.alloc(NODE);
        Words.put(node, kind);
        Words.put(node + 8, value);
        Words.put(node + LEFT, left);
        Words.put(node + RIGHT, right);
        return node;
    }

    private long fold(long node) {
        long kind = Words.get(node);
        if (kind == 'n') {
            return node('n', Words.get(node + 8), 0, 0);
        }
        long left = Words.get(fold(Words.get(node + LEFT)) + 8);
        long right = Words.get(fold(Words.get(node + RIGHT)) + 8);
        return node('n', kind == '+' ? left + right : left * right % PRIME, 0, 0);
    }
}
