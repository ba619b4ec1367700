package heapcraft.view;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.Walkable;
import heapcraft.alloc.Walkable.Block;
import heapcraft.alloc.Walkable.Use;
import heapcraft.trace.Fragmentation;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import heapcraft.trace.LiveBlocks;
import heapcraft.trace.Trace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A real heap, what it was asked for so far, and the blocks that are live in it. One thread at a
/// time.
final class RecordedHeap {

    private final GlobalAlloc heap;
    /// The same heap to look through, or `null` if it cannot be.
    private final Walkable walk;
    /// Ends all blocks at once, or `null`: then they are freed one by one.
    private final Runnable reset;
    private final List<HeapEvent> happened = new ArrayList<>();
    private final LiveBlocks live = new LiveBlocks();
    private final Map<Long, MemorySegment> blocks = new HashMap<>();
    private int refused;
    private int refusedThoughFree;

    RecordedHeap(GlobalAlloc heap, Walkable walk, Runnable reset) {
        this.heap = heap;
        this.walk = walk;
        this.reset = reset;
    }

    static <H extends GlobalAlloc & Walkable> RecordedHeap of(H heap) {
        return new RecordedHeap(heap, heap, null);
    }

    /// Asks for one thing. What concerns a block that was refused here is left out.
    void ask(HeapEvent event) {
        if (event instanceof Reset && reset == null) {
            liveNumbers().forEach(block -> ask(new Free(block)));
        } else if (live.admits(event)) {
            HeapEvent done = answer(event);
            live.apply(done);
            happened.add(done);
        }
    }

    private HeapEvent answer(HeapEvent event) {
        return switch (event) {
            case Alloc alloc -> alloc(alloc);
            case Realloc realloc -> realloc(realloc);
            case Free free -> free(free);
            case Reset all -> reset(all);
        };
    }

    private Alloc alloc(Alloc ask) {
        MemorySegment block = heap.alloc(ask.layout());
        if (isNull(block)) {
            refused++;
            refusedThoughFree += hasFree(ask.layout().byteSize()) ? 1 : 0;
        } else {
            blocks.put(ask.block(), block);
        }
        return new Alloc(ask.block(), ask.layout(), false, block.address());
    }

    /// Whether so many bytes are free in all, wherever they lie.
    boolean hasFree(long byteSize) {
        return walk != null && now().free() >= byteSize;
    }

    private Realloc realloc(Realloc ask) {
        MemorySegment moved = heap.realloc(blocks.get(ask.block()),
                live.layouts().get(ask.block()), ask.newSize());
        if (isNull(moved)) {
            refused++;
        } else {
            blocks.put(ask.block(), moved);
        }
        return new Realloc(ask.block(), ask.newSize(), moved.address());
    }

    private Free free(Free ask) {
        heap.dealloc(blocks.get(ask.block()), live.layouts().get(ask.block()));
        blocks.remove(ask.block());
        return ask;
    }

    private Reset reset(Reset ask) {
        reset.run();
        blocks.clear();
        return ask;
    }

    /// What it was asked for and where the answers lay.
    Trace trace() {
        return new Trace(happened);
    }

    HeapEvent last() {
        return happened.getLast();
    }

    /// The number of the next block.
    long nextNumber() {
        return happened.stream().filter(Alloc.class::isInstance).count();
    }

    GlobalAlloc heap() {
        return heap;
    }

    Walkable walk() {
        return walk;
    }

    HeapPicture picture() {
        return walk == null ? HeapPicture.of(trace()) : HeapPicture.of(walk, trace());
    }

    Fragmentation now() {
        return Fragmentation.of(walk, live.bytes());
    }

    /// The address that the heap's blocks begin at.
    long start() {
        return walk.blocks().getFirst().address();
    }

    /// The free blocks, in the order of their addresses.
    List<Block> holes() {
        return walk.blocks().stream()
                .filter(block -> block.use() == Use.FREE && block.byteSize() > 0).toList();
    }

    /// The free block around an address, or `null`.
    Block holeAt(long address) {
        return holes().stream().filter(hole -> hole.address() <= address && address < hole.end())
                .findFirst().orElse(null);
    }

    /// The numbers of the live blocks, in the order of their addresses.
    List<Long> liveNumbers() {
        return blocks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) ->
                        Long.compare(a.address(), b.address())))
                .map(Map.Entry::getKey).toList();
    }

    /// The number of the live block that has this address, with what was rounded up and with a
    /// header of 8 bytes; or -1.
    long liveAt(long address) {
        for (long number : blocks.keySet()) {
            long past = address - blocks.get(number).address();
            if (past >= 0 && past < heap.goodSize(layout(number))) {
                return number;
            }
        }
        return blocks.keySet().stream()
                .filter(number -> blocks.get(number).address() - 8 == address)
                .findFirst().orElse(-1L);
    }

    MemorySegment block(long number) {
        return blocks.get(number);
    }

    Layout layout(long number) {
        return live.layouts().get(number);
    }

    long liveBytes() {
        return live.bytes();
    }

    /// How many requests got no memory.
    int refused() {
        return refused;
    }

    /// How many of them asked for no more than was free in all.
    int refusedThoughFree() {
        return refusedThoughFree;
    }
}
