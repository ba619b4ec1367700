package heapcraft.view;

import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.HeapStats;
import heapcraft.alloc.Layout;
import heapcraft.alloc.TrackingAllocator;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.lang.foreign.Arena;
import java.util.List;

/// A [TrackingAllocator] whose counters move with each click.
///
/// ```java
/// Simulator counters = new TrackingCounters();
/// counters.on(new Simulator.Action("alloc", ""));
/// counters.scene().facts();   // live bytes 100, peak 100, …
/// ```
public final class TrackingCounters implements Simulator {

    private static final long HEAP_BYTES = 1024;
    private static final long ALIGNMENT = 8;

    private TrackingAllocator tracker;
    private RecordedHeap heap;
    private long size = 100;
    private String say;
    private String alert;

    /// Nothing has been counted yet.
    public TrackingCounters() {
        restart();
    }

    private void restart() {
        var real = new FreeListAlloc(Arena.ofAuto().allocate(HEAP_BYTES, 16), Fit.FIRST);
        tracker = new TrackingAllocator(real);
        heap = new RecordedHeap(tracker, real, null);
        say = "Nothing has been counted yet.";
        alert = "";
    }

    @Override
    public void on(Action action) {
        alert = "";
        HeapStats before = tracker.stats();
        switch (action.control()) {
            case "size" -> size = action.number();
            case "alloc" -> heap.ask(new Alloc(heap.nextNumber(), new Layout(size, ALIGNMENT)));
            case "grow" -> heap.ask(new Realloc(newest(), 2 * heap.layout(newest()).byteSize()));
            case "free" -> heap.ask(new Free(newest()));
            case "heap" -> freeAt(action.address());
            case "restart" -> restart();
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
        if (!List.of("size", "restart").contains(action.control())) {
            tell(before, tracker.stats());
        }
    }

    private long newest() {
        return heap.liveNumbers().stream().max(Long::compare).orElseThrow(() ->
                new IllegalStateException("no block is live; allocate one first"));
    }

    private void freeAt(long address) {
        long number = heap.liveAt(address);
        if (number < 0) {
            alert = "There is no block in use.";
        } else {
            heap.ask(new Free(number));
        }
    }

    private void tell(HeapStats before, HeapStats after) {
        long live = after.liveBytes() - before.liveBytes();
        say = "Live bytes " + (live < 0 ? "went down by " + -live : "went up by " + live)
                + (after.peakBytes() > before.peakBytes() ? ": a new peak."
                        : "; the peak is still " + after.peakBytes() + ".");
        if (after.failures() > before.failures()) {
            alert = "The heap had no block for that. It counts as a failure, and nothing else"
                    + " changes.";
        }
    }

    /// The tracked heap; a restart makes another one.
    RecordedHeap heap() {
        return heap;
    }

    @Override
    public Scene scene() {
        HeapStats stats = tracker.stats();
        boolean any = stats.liveBlocks() > 0;
        return new Scene("What a TrackingAllocator counts", List.of(
                new Control.Number("size", "Bytes", 1, HEAP_BYTES, size),
                new Control.Button("alloc", "Allocate " + size, true),
                new Control.Button("grow", "Double the newest", any),
                new Control.Button("free", "Free the newest", any),
                new Control.Button("restart", "Start again", true)),
                List.of(new Strip("heap", "The heap below it: 1024 bytes; click a block to free it",
                        heap.picture(), true)),
                List.of(new Fact("live bytes", stats.liveBytes() + ""),
                        new Fact("live blocks", stats.liveBlocks() + ""),
                        new Fact("peak bytes", stats.peakBytes() + ""),
                        new Fact("allocated in all", stats.allocatedBytes() + ""),
                        new Fact("freed in all", stats.freedBytes() + ""),
                        new Fact("allocations", stats.allocations() + ""),
                        new Fact("deallocations", stats.deallocations() + ""),
                        new Fact("reallocations", stats.reallocations() + ""),
                        new Fact("failures", stats.failures() + "")),
                say, alert, "");
    }
}
