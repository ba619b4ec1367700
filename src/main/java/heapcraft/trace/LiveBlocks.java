package heapcraft.trace;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The blocks that are alive after some events, and how many bytes the program asked for in them.
///
/// ```java
/// var live = new LiveBlocks();
/// live.apply(new HeapEvent.Alloc(0, new Layout(64, 8)));
/// live.apply(new HeapEvent.Realloc(0, 100));
/// live.bytes();   // 100
/// ```
///
/// One thread at a time.
public final class LiveBlocks {

    private final Map<Long, Layout> layouts = new TreeMap<>();
    /// The sum of the layouts' sizes.
    private long bytes;
    private long nextNumber;

    /// No blocks, as before the first event.
    public LiveBlocks() { }

    /// {@return whether an event makes sense now: a new block has a new number, a changed or freed
    /// one is alive}
    ///
    /// @param event what would happen next
    public boolean admits(HeapEvent event) {
        return switch (event) {
            case Alloc alloc -> alloc.block() >= nextNumber;
            case Realloc realloc -> layouts.containsKey(realloc.block());
            case Free free -> layouts.containsKey(free.block());
            case Reset reset -> true;
        };
    }

    /// Lets an event happen. A refused one changes nothing.
    ///
    /// @param event what happens next
    /// @throws IllegalArgumentException if it makes no sense now
    public void apply(HeapEvent event) {
        if (!admits(event)) {
            throw new IllegalArgumentException(event + " cannot happen: the live blocks are "
                    + layouts.keySet() + ", and new ones start at " + nextNumber);
        }
        switch (event) {
            case Alloc alloc -> {
                nextNumber = alloc.block() + 1;
                if (alloc.address() != HeapEvent.REFUSED) {
                    put(alloc.block(), alloc.layout());
                }
            }
            case Realloc realloc -> {
                if (realloc.address() != HeapEvent.REFUSED) {
                    put(realloc.block(), resized(realloc));
                }
            }
            case Free free -> bytes -= layouts.remove(free.block()).byteSize();
            case Reset reset -> {
                layouts.clear();
                bytes = 0;
            }
        }
    }

    private void put(long block, Layout layout) {
        Layout before = layouts.put(block, layout);
        bytes += layout.byteSize() - (before == null ? 0 : before.byteSize());
    }

    /// {@return the layout that a block has after a change}
    ///
    /// @param realloc the change of a live block
    public Layout resized(Realloc realloc) {
        return new Layout(realloc.newSize(), layouts.get(realloc.block()).byteAlignment());
    }

    /// The live blocks' layouts by their numbers, in the order of their numbers.
    ///
    /// @return a view that changes with the next event
    public Map<Long, Layout> layouts() {
        return Collections.unmodifiableMap(layouts);
    }

    /// {@return the bytes that the program asked for in all live blocks}
    public long bytes() {
        return bytes;
    }
}
