package heapcraft.trace;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.trace.HeapMisuse.Kind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A heap that watches its program: what Miri is to Rust and AddressSanitizer to C.
///
/// - Every block stands between two *red zones*; a write into one is found when the block is freed.
/// - A new block is filled with `0xA1`, a freed one with `0xDE`: two poisons, so that a stray value
///   tells which mistake it comes from, reading too early or too late.
/// - A freed block stays in *quarantine* for a while before its memory is used again; a write into
///   it is found when it leaves.
/// - Freeing twice, freeing what was never handed out, and the wrong layout are found at once.
/// - `realloc` always moves, so that a pointer that was not updated shows.
/// - Closing finds every block that was never freed, and the line that allocated it.
///
/// ```java
/// try (var heap = new CheckedAlloc(new SystemAlloc())) {
///     MemorySegment block = heap.alloc(new Layout(64, 8));
///     heap.dealloc(block, new Layout(64, 8));
/// }                                   // throws HeapMisuse if anything is left
/// ```
///
/// Blocks live as long as they would on the heap below, freed ones a little longer. Each block
/// costs at least 32 bytes more. Any number of threads may use it, one at a time.
public final class CheckedAlloc implements GlobalAlloc, AutoCloseable {

    /// The least width of a red zone in bytes; in front of a block it is as wide as the alignment.
    private static final long RED_ZONE = 16;
    private static final byte EDGE = (byte) 0xED;
    private static final byte FRESH = (byte) 0xA1;
    private static final byte FREED = (byte) 0xDE;
    /// How many freed bytes wait: 256 KiB, enough for a mistake to happen in the meantime.
    private static final long QUARANTINE = 256 * 1024;

    private final GlobalAlloc parent;
    private final NavigableMap<Long, Block> live = new TreeMap<>();
    /// Freed blocks that the parent has not got back yet, oldest first.
    private final Deque<Block> quarantine = new ArrayDeque<>();
    private long quarantined;
    /// The last freed block at each address, whether in quarantine or not.
    private final Map<Long, Block> dead = new HashMap<>();

    /// A heap that watches the use of another one.
    ///
    /// @param parent where the memory comes from
    public CheckedAlloc(GlobalAlloc parent) {
        this.parent = parent;
    }

    /// A block and its red zones.
    private static final class Block {
        final MemorySegment whole;
        final MemorySegment payload;
        final Layout layout;
        final Site allocated = Site.now();
        Site freed;

        Block(MemorySegment whole, Layout layout) {
            this.whole = whole;
            this.layout = layout;
            this.payload = whole.asSlice(front(layout), layout.byteSize());
            whole.fill(EDGE);
            payload.fill(FRESH);
        }

        static long front(Layout layout) {
            return Math.max(RED_ZONE, layout.byteAlignment());
        }

        Layout wholeLayout() {
            return new Layout(whole.byteSize(), layout.byteAlignment());
        }

        @Override public String toString() {
            return "the block of " + layout.byteSize() + " bytes at " + hex(payload.address())
                    + ", allocated at " + allocated;
        }
    }

    /// Where a block was allocated that is alive.
    ///
    /// @param layout its layout
    /// @param line   file and line of the call
    public record Live(Layout layout, String line) { }

    @Override
    public synchronized MemorySegment alloc(Layout layout) {
        if (layout.byteSize() == 0) {
            throw new IllegalArgumentException("size 0: a heap block has at least 1 byte");
        }
        long zones = Block.front(layout) + RED_ZONE;
        if (layout.byteSize() > Layout.maxSize(layout.byteAlignment()) - zones) {
            return MemorySegment.NULL;
        }
        Layout wider = new Layout(layout.byteSize() + zones, layout.byteAlignment());
        MemorySegment whole = parent.alloc(wider);
        while (isNull(whole) && !quarantine.isEmpty()) {
            releaseOldest();
            whole = parent.alloc(wider);
        }
        return isNull(whole) ? whole : handOut(new Block(whole, layout));
    }

    private MemorySegment handOut(Block block) {
        live.put(block.payload.address(), block);
        dead.remove(block.payload.address());
        return block.payload;
    }

    /// @throws HeapMisuse if the block is none of this heap's live ones, or the layout not its own,
    ///         or its red zones were written
    @Override
    public synchronized void dealloc(MemorySegment block, Layout layout) {
        Block dying = owned(block, layout);
        requireEdges(dying);
        live.remove(block.address());
        dying.freed = Site.now();
        dying.payload.fill(FREED);
        dead.put(block.address(), dying);
        quarantine.add(dying);
        quarantined += dying.whole.byteSize();
        while (quarantined > QUARANTINE) {
            releaseOldest();
        }
    }

    /// Moves the block, whatever the parent could do better.
    ///
    /// @throws HeapMisuse if the block is none of this heap's live ones, or the layout not its own,
    ///         or its red zones were written
    @Override
    public synchronized MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        requireEdges(owned(block, layout));
        return GlobalAlloc.super.realloc(block, layout, newSize);
    }

    private Block owned(MemorySegment block, Layout layout) {
        Block owned = live.get(block.address());
        if (owned == null) {
            throw notLive(block.address());
        }
        if (!owned.layout.equals(layout) || owned.layout.byteSize() != block.byteSize()) {
            throw new HeapMisuse(Kind.WRONG_LAYOUT, owned + ", has the layout " + owned.layout
                    + ", but comes back as " + block.byteSize() + " bytes with " + layout
                    + "; pass the segment and the layout it was allocated with");
        }
        return owned;
    }

    private HeapMisuse notLive(long address) {
        Block before = dead.get(address);
        if (before != null) {
            return new HeapMisuse(Kind.DOUBLE_FREE, "double free: " + before + ", was freed at "
                    + before.freed + " already; each block is freed once, by its owner");
        }
        var below = live.floorEntry(address);
        if (below != null && address < below.getKey() + below.getValue().layout.byteSize()) {
            return new HeapMisuse(Kind.FOREIGN_FREE, hex(address) + " is "
                    + (address - below.getKey()) + " bytes inside " + below.getValue()
                    + "; free a block by the address it was handed out at");
        }
        return new HeapMisuse(Kind.FOREIGN_FREE, "this heap never handed out a block at "
                + hex(address) + "; free it where it was allocated");
    }

    private static void requireEdges(Block block) {
        long start = Block.front(block.layout);
        requireFilled(block, EDGE, 0, start, Kind.OUT_OF_BOUNDS);
        requireFilled(block, EDGE, start + block.layout.byteSize(), block.whole.byteSize(),
                Kind.OUT_OF_BOUNDS);
    }

    private static void requireFilled(Block block, byte fill, long from, long end, Kind kind) {
        for (long i = from; i < end; i++) {
            byte found = block.whole.get(JAVA_BYTE, i);
            if (found != fill) {
                long index = i - Block.front(block.layout);
                throw new HeapMisuse(kind, "index " + index + " of " + block
                        + (kind == Kind.USE_AFTER_FREE ? ", was written after it was freed at "
                                + block.freed : ", was written, outside 0.."
                                + (block.layout.byteSize() - 1)));
            }
        }
    }

    private void releaseOldest() {
        Block oldest = quarantine.remove();
        quarantined -= oldest.whole.byteSize();
        try {
            requireUntouched(oldest);
        } finally {
            parent.dealloc(oldest.whole, oldest.wholeLayout());
        }
    }

    private static void requireUntouched(Block freed) {
        long start = Block.front(freed.layout);
        requireFilled(freed, FREED, start, start + freed.layout.byteSize(), Kind.USE_AFTER_FREE);
        requireEdges(freed);
    }

    /// {@return the blocks that are alive, in the order of their addresses}
    public synchronized List<Live> live() {
        return live.values().stream()
                .map(block -> new Live(block.layout, block.allocated.line())).toList();
    }

    /// Looks at every red zone and at every freed block, and then lets the parent look.
    ///
    /// @throws HeapMisuse if one was written
    @Override
    public synchronized void check() {
        live.values().forEach(CheckedAlloc::requireEdges);
        quarantine.forEach(CheckedAlloc::requireUntouched);
        parent.check();
    }

    /// Looks once more, gives the freed blocks back to the parent, and counts what was never freed.
    /// Such a block stays allocated: somebody may still hold it.
    ///
    /// @throws HeapMisuse if something was written that should not have been, or a block is alive
    @Override
    public synchronized void close() {
        try {
            check();
        } finally {
            quarantine.forEach(freed -> parent.dealloc(freed.whole, freed.wholeLayout()));
            quarantine.clear();
        }
        if (!live.isEmpty()) {
            throw new HeapMisuse(Kind.LEAK, leaks());
        }
    }

    private String leaks() {
        long bytes = live.values().stream().mapToLong(block -> block.layout.byteSize()).sum();
        Map<String, Long> lines = live.values().stream().collect(Collectors.groupingBy(
                block -> block.allocated.line(), TreeMap::new, Collectors.counting()));
        return live.size() + " blocks (" + bytes + " bytes) were never freed, allocated at "
                + lines.entrySet().stream()
                        .map(line -> line.getKey() + " (" + line.getValue() + ")")
                        .collect(Collectors.joining(", ")) + "; free each, or say that it leaks";
    }

    @Override
    public String toString() {
        return "checked " + parent;
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
