package ch09;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Joined on the Java heap first, and put into the arena once; interned texts in a list.
public final class ArenaStrings {

    public static final Layout ELEMENT = new Layout(4, 4);

    private record Interned(String text, MemorySegment bytes) { }

    private final SegmentAllocator arena;
    private final List<Interned> interned = new ArrayList<>();

    public ArenaStrings(SegmentAllocator arena) {
        this.arena = arena;
    }

    public MemorySegment allocStr(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment copy = arena.allocate(bytes.length, 1);
        int at = 0;
        for (byte one : bytes) {
            copy.set(ValueLayout.JAVA_BYTE, at++, one);
        }
        return copy;
    }

    public static String read(MemorySegment text) {
        byte[] bytes = new byte[Math.toIntExact(text.byteSize())];
        MemorySegment.ofArray(bytes).copyFrom(text);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public MemorySegment fillCopy(long count, int value) {
        if (count < 0 || count > Layout.maxSize(4) / 4) {
            throw new IllegalArgumentException(count + " elements");
        }
        MemorySegment row = arena.allocate(4 * count, 4);
        for (long at = 4 * count - 4; at >= 0; at -= 4) {
            row.set(ValueLayout.JAVA_INT, at, value);
        }
        return row;
    }

    public MemorySegment join(String separator, MemorySegment... parts) {
        return allocStr(Arrays.stream(parts).map(ArenaStrings::read)
                .collect(Collectors.joining(separator)));
    }

    public MemorySegment intern(String text) {
        for (Interned one : interned) {
            if (one.text().equals(text)) {
                return one.bytes();
            }
        }
        interned.add(new Interned(text, allocStr(text)));
        return interned.getLast().bytes();
    }
}
