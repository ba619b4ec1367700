package heapcraft.trace;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.util.ArrayList;
import java.util.List;

/// A trace in the making, written down call by call.
///
/// ```java
/// var script = new Script();
/// long big = script.alloc(4096, 16);
/// script.realloc(big, 8192);
/// script.free(big);
/// Trace trace = script.trace();
/// ```
///
/// One thread at a time.
public final class Script {

    private final int limit;
    private final List<HeapEvent> events = new ArrayList<>();
    private long nextNumber;

    /// An empty script.
    public Script() {
        this(Integer.MAX_VALUE);
    }

    /// @param limit how many events its author means to write
    Script(int limit) {
        this.limit = limit;
    }

    /// Whether two more events are within the limit, and so many behind them.
    boolean hasRoom(int toCome) {
        return events.size() + 2 + toCome <= limit;
    }

    /// A new block.
    ///
    /// @param byteSize      its size in bytes
    /// @param byteAlignment its alignment in bytes
    /// @return its number
    public long alloc(long byteSize, long byteAlignment) {
        events.add(new Alloc(nextNumber, new Layout(byteSize, byteAlignment)));
        return nextNumber++;
    }

    /// A new block whose bytes must be 0.
    ///
    /// @param byteSize      its size in bytes
    /// @param byteAlignment its alignment in bytes
    /// @return its number
    public long allocZeroed(long byteSize, long byteAlignment) {
        Layout layout = new Layout(byteSize, byteAlignment);
        events.add(new Alloc(nextNumber, layout, true, HeapEvent.PLANNED));
        return nextNumber++;
    }

    /// Another size in bytes for a block.
    ///
    /// @param block   the block's number
    /// @param newSize its new size in bytes
    public void realloc(long block, long newSize) {
        events.add(new Realloc(block, newSize));
    }

    /// The end of a block.
    ///
    /// @param block the block's number
    public void free(long block) {
        events.add(new Free(block));
    }

    /// The end of all blocks.
    public void reset() {
        events.add(new Reset());
    }

    /// {@return what was written}
    ///
    /// @throws IllegalArgumentException if a block is used before it is there or after it ended
    public Trace trace() {
        return new Trace(events);
    }
}
