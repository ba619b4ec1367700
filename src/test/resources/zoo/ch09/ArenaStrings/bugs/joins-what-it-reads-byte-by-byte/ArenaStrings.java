// Is every byte a letter of its own, in each text of a row?
// killed by: reads_utf8, joins_texts_with_a_separator_between_them, joins_in_one_block_of_the_right_size, keeps_all_texts_in_any_order_of_calls
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
        return new String(text.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
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
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            joined.append(i == 0 ? "" : separator).append(read(parts[i]));
        }
        return allocStr(joined.toString());
    }

    public MemorySegment intern(String text) {
        return interned.computeIfAbsent(text, this::allocStr);
    }
}
