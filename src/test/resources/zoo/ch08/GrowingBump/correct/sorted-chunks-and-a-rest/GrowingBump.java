package ch08;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// An arena that is never full as long as the heap below has memory: it takes another chunk.
///
/// The idea: one block must be large enough for the worst day. Chunks need not be: each has twice
/// the bytes of the one before, so that even a large arena has few.
///
/// ```text
///   #1 ┌────┐             512 bytes, full
///      └────┘
///   #2 ┌────────┐         1024 bytes, full but for a rest too small
///      └────────┘
///   #3 ┌───┬────────────┐ 2048 bytes: the one being filled
///      └───┴────────────┘
///          ▲ used
/// ```
///
/// Be graded: `./lab grade GrowingBump`, `mvn test -Dexercise=GrowingBump`, or
/// `check("GrowingBump")` in the notebook. The library's arenas and the JDK's `SegmentAllocator`
/// are not allowed here: you build one.
public final class GrowingBump implements AutoCloseable {

    public static final long FIRST_CHUNK = 512;
    public static final long LEAST_ALIGNMENT = 16;

    private GlobalAlloc parent;
    private final long limit;
    private final Map<MemorySegment, Layout> layouts = new IdentityHashMap<>();
    private long lastSize;
    /// The free part of the last chunk; NULL, which is 0 bytes long, if there is no chunk.
    private MemorySegment rest = MemorySegment.NULL;

    public GrowingBump(GlobalAlloc parent, long limit) {
        this.parent = parent;
        this.limit = limit;
    }

    public Layout nextChunk(Layout wanted) {
        long size = FIRST_CHUNK;
        if (!layouts.isEmpty()) {
            size = lastSize + lastSize;
        }
        if (size < wanted.byteSize()) {
            size = wanted.byteSize();
        }
        return new Layout(size, alignment(wanted));
    }

    private static long alignment(Layout wanted) {
        return wanted.byteAlignment() > LEAST_ALIGNMENT ? wanted.byteAlignment() : LEAST_ALIGNMENT;
    }

    public MemorySegment alloc(Layout layout) {
        if (parent == null) {
            throw new IllegalStateException("given back");
        }
        long past = rest.address() % layout.byteAlignment();
        long skipped = past == 0 ? 0 : layout.byteAlignment() - past;
        if (skipped <= rest.byteSize() && layout.byteSize() <= rest.byteSize() - skipped) {
            MemorySegment block = rest.asSlice(skipped, layout.byteSize());
            rest = rest.asSlice(skipped + layout.byteSize());
            return block;
        }
        if (layout.byteSize() > Layout.maxSize(alignment(layout))) {
            return MemorySegment.NULL;
        }
        return Stream.of(nextChunk(layout), new Layout(layout.byteSize(), alignment(layout)))
                .filter(chunk -> chunk.byteSize() <= limit - chunkBytes())
                .map(this::added).filter(chunk -> !isNull(chunk)).findFirst()
                .map(_ -> alloc(layout)).orElse(MemorySegment.NULL);
    }

    private MemorySegment added(Layout layout) {
        MemorySegment chunk = parent.alloc(layout);
        if (!isNull(chunk)) {
            layouts.put(chunk, layout);
            lastSize = layout.byteSize();
            rest = chunk;
        }
        return chunk;
    }

    public long chunkBytes() {
        long sum = 0;
        for (Layout layout : layouts.values()) {
            sum += layout.byteSize();
        }
        return sum;
    }

    public void reset() {
        rest = layouts.keySet().stream()
                .reduce(MemorySegment.NULL, (a, b) -> a.byteSize() > b.byteSize() ? a : b);
        lastSize = rest.byteSize();
        giveBackAllBut(rest);
    }

    @Override
    public void close() {
        giveBackAllBut(null);
        parent = null;
    }

    private void giveBackAllBut(MemorySegment kept) {
        layouts.entrySet().removeIf(entry -> {
            if (entry.getKey() == kept) {
                return false;
            }
            parent.dealloc(entry.getKey(), entry.getValue());
            return true;
        });
    }
}
