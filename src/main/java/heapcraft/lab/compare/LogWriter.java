package heapcraft.lab.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A program that waits for its disk: makes an entry of many small pieces, writes it, and goes on
/// when it has arrived.
final class LogWriter extends Program {

    private static final int ENTRIES = 4;
    private static final int FIELDS = 50;
    private static final int FIELD = 32;

    private final Temporaries fields;
    private FileChannel file;

    LogWriter(Blocks blocks) {
        fields = new Temporaries(blocks);
    }

    @Override
    public void begin() {
        try {
            Path log = java.nio.file.Files.createTempFile("heapcraft-log-", ".txt");
            file = FileChannel.open(log, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    long run() {
        long written = 0;
        try {
            for (int i = 0; i < ENTRIES; i++) {
                file.position(0);
                written += file.write(entry(i).asByteBuffer());
                file.force(true);
                fields.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written;
    }

    private MemorySegment entry(int number) {
        long whole = fields.alloc(FIELDS * FIELD);
        for (int i = 0; i < FIELDS; i++) {
            long field = fields.alloc(FIELD);
            for (int at = 0; at < FIELD; at++) {
                Words.putByte(field + at, ' ' + (number + i + at) % 64);
            }
            MemorySegment.copy(at(field, FIELD), 0, at(whole, FIELDS * FIELD), (long) i * FIELD,
                    FIELD);
        }
        return at(whole, FIELDS * FIELD);
    }

    private static MemorySegment at(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    @Override
    public void clear() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
