package heapcraft.lab.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// A command-line tool: reads a file and counts its words in a hash table.
final class WordCount extends Program {

    private static final int WORDS = 40_000;
    private static final int BUCKETS = 1 << 12;
    /// A node's words: the next one, how often its word was seen, how long it is; its bytes follow.
    private static final int COUNT = 8;
    private static final int LENGTH = 16;
    private static final int TEXT = 24;

    private final Temporaries nodes;
    private final long[] buckets = new long[BUCKETS];
    private Path file;

    WordCount(Blocks blocks) {
        nodes = new Temporaries(blocks);
    }

    @Override
    public void begin() {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            text.append("word").append((int) (3000 * Math.pow(random.nextDouble(), 3))).append(' ');
        }
        try {
            file = Files.createTempFile("heapcraft-words-", ".txt");
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    long run() {
        try {
            return count(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long count(byte[] text) {
        java.util.Arrays.fill(buckets, 0);
        for (int start = 0; start < text.length; ) {
            int end = start;
            int hash = 0;
            while (end < text.length && text[end] != ' ') {
                hash = 31 * hash + text[end++];
            }
            see(text, start, end - start, hash & BUCKETS - 1);
            start = end + 1;
        }
        long most = print();
        nodes.end();
        return most;
    }

    private void see(byte[] text, int start, int length, int bucket) {
        for (long node = buckets[bucket]; node != 0; node = Words.get(node)) {
            if (Words.get(node + LENGTH) == length && Words.same(text, start, length, node + TEXT)) {
                Words.put(node + COUNT, Words.get(node + COUNT) + 1);
                return;
            }
        }
        long node = nodes.alloc(TEXT + length);
        Words.put(node, buckets[bucket]);
        Words.put(node + COUNT, 1);
        Words.put(node + LENGTH, length);
        Words.copy(text, start, length, node + TEXT);
        buckets[bucket] = node;
    }

    /// The line that the tool would print for each word, and how often the commonest one was seen.
    private long print() {
        long most = 0;
        StringBuilder out = new StringBuilder();
        for (long first : buckets) {
            for (long node = first; node != 0; node = Words.get(node)) {
                long count = Words.get(node + COUNT);
                out.append(count).append('\n');
                most = Math.max(most, count);
            }
        }
        return most + out.toString().getBytes(StandardCharsets.US_ASCII).length;
    }

    @Override
    public void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
