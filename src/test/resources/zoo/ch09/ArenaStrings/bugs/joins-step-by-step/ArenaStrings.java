// What becomes of the block of each half-done text?
// killed by: joins_in_one_block_of_the_right_size
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
    private final Map<String, MemorySegment> interned = new HashMap<>();

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
        MemorySegment joined = allocStr("");
        for (int i = 0; i < parts.length; i++) {
            joined = allocStr(read(joined) + (i > 0 ? separator : "") + read(parts[i]));
        }
        return joined;
    }

    public MemorySegment intern(String text) {
        return interned.computeIfAbsent(text, this::allocStr);
    }
}
