package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a heap should look like: every live block, by address, and what was written into it. Each
/// step is made on the heap and compared with it.
final class Model {

    /// @param id what its bytes are made of
    record Live(MemorySegment block, Layout layout, int id) { }

    private static final long LONGEST = 2 << 20;
    private static final int PERIOD = 127;
    private static final MemorySegment ZEROS = Arena.global().allocate(LONGEST);
    private static final MemorySegment PATTERN = Arena.global().allocate(LONGEST);

    static {
        for (long i = 0; i < LONGEST; i++) {
            PATTERN.set(JAVA_BYTE, i, (byte) (1 + i * 7 % PERIOD));
        }
    }

    private final GlobalAlloc heap;
    private final TreeMap<Long, Live> byAddress = new TreeMap<>();
    private final List<Live> byAge = new ArrayList<>();
    private long liveBytes;
    private int ids;

    Model(GlobalAlloc heap) {
        this.heap = heap;
    }

    GlobalAlloc heap() {
        return heap;
    }

    List<Live> live() {
        return byAge;
    }

    long liveBytes() {
        return liveBytes;
    }

    /// A new block, or `null` if there was none.
    Live alloc(Layout layout) {
        return admit(heap.alloc(layout), layout);
    }

    Live allocZeroed(Layout layout) {
        MemorySegment block = heap.allocZeroed(layout);
        require(isNull(block) || isZero(block), "the block is zeroed", layout, block);
        return admit(block, layout);
    }

    /// Takes a block into the books, and fills it.
    private Live admit(MemorySegment block, Layout layout) {
        if (isNull(block)) {
            return null;
        }
        require(block.byteSize() == layout.byteSize(), "the size is as asked for", layout, block);
        require(block.address() % layout.byteAlignment() == 0, "it is aligned", layout, block);
        Map.Entry<Long, Live> below = byAddress.lowerEntry(block.address() + block.byteSize());
        require(below == null || end(below.getValue()) <= block.address(),
                "no two live blocks overlap", layout, block);
        Live live = new Live(block, layout, ids++);
        block.copyFrom(pattern(live.id, block.byteSize()));
        byAddress.put(block.address(), live);
        byAge.add(live);
        liveBytes += layout.byteSize();
        return live;
    }

    private static long end(Live live) {
        return live.block.address() + live.block.byteSize();
    }

    void free(Live live) {
        checkContents(live, live.layout.byteSize());
        heap.dealloc(live.block, live.layout);
        forget(live);
    }

    private void forget(Live live) {
        byAddress.remove(live.block.address());
        byAge.remove(live);
        liveBytes -= live.layout.byteSize();
    }

    /// The resized block, or the old one if there was no memory.
    Live realloc(Live live, long newSize) {
        checkContents(live, live.layout.byteSize());
        MemorySegment block = heap.realloc(live.block, live.layout, newSize);
        if (isNull(block)) {
            checkContents(live, live.layout.byteSize());
            return live;
        }
        checkContents(new Live(block, live.layout, live.id),
                Math.min(live.layout.byteSize(), newSize));
        forget(live);
        return admit(block, new Layout(newSize, live.layout.byteAlignment()));
    }

    void freeAll() {
        while (!byAge.isEmpty()) {
            free(byAge.getLast());
        }
    }

    void checkContents() {
        byAge.forEach(live -> checkContents(live, live.layout.byteSize()));
    }

    /// What a block is filled with: never 0, and different for neighbours in memory and in time.
    private static MemorySegment pattern(int id, long byteSize) {
        return PATTERN.asSlice(id * 31L % PERIOD, byteSize);
    }

    private static void checkContents(Live live, long byteSize) {
        long at = live.block.asSlice(0, byteSize).mismatch(pattern(live.id, byteSize));
        require(at == -1, "byte " + at + " is what was written there", live.layout, live.block);
    }

    static boolean isZero(MemorySegment block) {
        return block.mismatch(ZEROS.asSlice(0, block.byteSize())) == -1;
    }

    static void require(boolean holds, String law, Layout layout, MemorySegment block) {
        if (!holds) {
            throw new AssertionError("broken: " + law + "; " + layout + " at 0x"
                    + Long.toHexString(block.address()) + ", " + block.byteSize() + " bytes");
        }
    }
}
