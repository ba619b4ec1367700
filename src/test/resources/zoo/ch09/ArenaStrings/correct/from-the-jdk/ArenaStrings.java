package ch09;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// As much as possible by the JDK's own methods of an allocator and of a segment.
public final class ArenaStrings {

    public static final Layout ELEMENT = new Layout(4, 4);

    private final SegmentAllocator arena;
    private final Map<String, MemorySegment> interned = new TreeMap<>();

    public ArenaStrings(SegmentAllocator arena) {
        this.arena = arena;
    }

    public MemorySegment allocStr(String text) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, text.getBytes(StandardCharsets.UTF_8));
    }

    public static String read(MemorySegment text) {
        return StandardCharsets.UTF_8.decode(text.asByteBuffer()).toString();
    }

    public MemorySegment fillCopy(long count, int value) {
        MemorySegment row = arena.allocate(
                MemoryLayout.sequenceLayout(count, ValueLayout.JAVA_INT));
        row.elements(ValueLayout.JAVA_INT).forEach(one -> one.set(ValueLayout.JAVA_INT, 0, value));
        return row;
    }

    public MemorySegment join(String separator, MemorySegment... parts) {
        MemorySegment between = MemorySegment.ofArray(separator.getBytes(StandardCharsets.UTF_8));
        long gaps = parts.length == 0 ? 0 : parts.length - 1L;
        MemorySegment joined = arena.allocate(gaps * between.byteSize()
                + Arrays.stream(parts).mapToLong(MemorySegment::byteSize).sum());
        MemorySegment rest = joined;
        for (MemorySegment part : parts) {
            rest = after(rest, part);
            if (rest.byteSize() > 0 && gaps-- > 0) {
                rest = after(rest, between);
            }
        }
        return joined;
    }

    private static MemorySegment after(MemorySegment rest, MemorySegment part) {
        rest.asSlice(0, part.byteSize()).copyFrom(part);
        return rest.asSlice(part.byteSize());
    }

    public MemorySegment intern(String text) {
        MemorySegment known = interned.get(text);
        if (known == null) {
            known = allocStr(text);
            interned.put(text, known);
        }
        return known;
    }
}
