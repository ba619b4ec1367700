// How long does a text live that two arenas share?
// killed by: keeps_two_arenas_apart
package ch09;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

public final class ArenaStrings {

    public static final Layout ELEMENT = new Layout(4, 4);

    private final SegmentAllocator arena;
    private static final Map<String, MemorySegment> interned = new HashMap<>();

    public ArenaStrings(SegmentAllocator arena) {
        this.arena = arena;
    }

    public MemorySegment allocStr(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return arena.allocate(bytes.length, 1).copyFrom(MemorySegment.ofArray(bytes));
    }

    public static String read(MemorySegment text) {
        return new String(text.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    public MemorySegment fillCopy(long count, int value) {
        long byteSize = Layout.array(ELEMENT, count).byteSize();
        MemorySegment row = arena.allocate(byteSize, ELEMENT.byteAlignment());
        for (long i = 0; i < count; i++) {
            row.setAtIndex(ValueLayout.JAVA_INT, i, value);
        }
        return row;
    }

    public MemorySegment join(String separator, MemorySegment... parts) {
        byte[] between = separator.getBytes(StandardCharsets.UTF_8);
        long byteSize = (long) between.length * Math.max(0, parts.length - 1);
        for (MemorySegment part : parts) {
            byteSize += part.byteSize();
        }
        MemorySegment joined = arena.allocate(byteSize, 1);
        long at = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                MemorySegment.copy(between, 0, joined, ValueLayout.JAVA_BYTE, at, between.length);
                at += between.length;
            }
            MemorySegment.copy(parts[i], 0, joined, at, parts[i].byteSize());
            at += parts[i].byteSize();
        }
        return joined;
    }

    public MemorySegment intern(String text) {
        return interned.computeIfAbsent(text, this::allocStr);
    }
}
