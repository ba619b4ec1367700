package heapcraft.lab.compare;

import java.nio.charset.StandardCharsets;

/// A server: the fields of a request become nodes, names and values, each a block of its own; the
/// answer is put together from them; then all of it ends. Thousands of blocks a request.
final class Requests extends Program {

    private static final int FIELDS = 1000;
    private static final int BUCKETS = 1 << 10;
    /// A node's words: the next one, the name's address and length, the value's address and length.
    private static final int NODE = 40;

    private final Temporaries blocks;
    private final long[] buckets = new long[BUCKETS];
    private final byte[] request;

    Requests(Blocks blocks) {
        this.blocks = new Temporaries(blocks);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < FIELDS; i++) {
            text.append("field").append(i).append("=value+").append(i * 7).append('&');
        }
        request = text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    long run() {
        java.util.Arrays.fill(buckets, 0);
        for (int at = 0; at < request.length; ) {
            int equals = find('=', at);
            int end = find('&', equals);
            field(at, equals, end);
            at = end + 1;
        }
        long sum = answer();
        blocks.end();
        return sum;
    }

    private int find(char wanted, int from) {
        int at = from;
        while (request[at] != wanted) {
            at++;
        }
        return at;
    }

    private void field(int start, int equals, int end) {
        long node = blocks.alloc(NODE);
        long name = blocks.alloc(equals - start);
        int hash = 0;
        for (int i = start; i < equals; i++) {
            Words.putByte(name + i - start, Character.toUpperCase(request[i]));
            hash = 31 * hash + request[i];
        }
        int length = end - equals - 1;
        long value = blocks.alloc(length);
        for (int i = 0; i < length; i++) {
            byte letter = request[equals + 1 + i];
            Words.putByte(value + i, letter == '+' ? ' ' : letter);
        }
        Words.put(node, buckets[hash & BUCKETS - 1]);
        Words.put(node + 8, name);
        Words.put(node + 16, equals - start);
        Words.put(node + 24, value);
        Words.put(node + 32, length);
        buckets[hash & BUCKETS - 1] = node;
    }

    /// A line for each field, as a block of its own, and the sum of all their bytes.
    private long answer() {
        long sum = 0;
        for (long first : buckets) {
            for (long node = first; node != 0; node = Words.get(node)) {
                int name = (int) Words.get(node + 16);
                int value = (int) Words.get(node + 32);
                long line = blocks.alloc(name + 1 + value);
                sum += append(line, Words.get(node + 8), name);
                Words.putByte(line + name, ':');
                sum += append(line + name + 1, Words.get(node + 24), value);
            }
        }
        return sum;
    }

    private static long append(long to, long from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            byte letter = Words.getByte(from + i);
            Words.putByte(to + i, letter);
            sum += letter;
        }
        return sum;
    }
}
