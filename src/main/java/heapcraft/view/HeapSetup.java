package heapcraft.view;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.Trace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A heap and what a program has asked of it: the same setup gives the same heap each time.
///
/// ```java
/// HeapSetup full = HeapSetup.of(Policy.BEST_FIT, 20).alloc(4, 2, 6, 3).free(0, 2);
/// HeapSetup same = full.on(Policy.WORST_FIT);   // the same requests, another policy
/// ```
///
/// Sizes are in *units* of 1 KiB. A request for n units asks for n KiB less 8 bytes. With the
/// header of 8 bytes that a free list puts before each block, that takes n units; a buddy heap
/// gives the next power of two, and a heap with size classes the next class. So one program runs on
/// all of them, and no picture has to show a part of a unit.
///
/// Immutable; may be shared between threads.
///
/// @param policy    where blocks go
/// @param coalesces whether a free list merges free neighbours
/// @param units     the size of the heap
/// @param asked     what the program asked for
public record HeapSetup(Policy policy, boolean coalesces, int units, Trace asked) {

    /// The bytes of a unit: small enough that a page of 4096 has several, so that the spans of a
    /// heap with size classes fit into 100 of them.
    static final long UNIT = 1024;
    /// What a request leaves for a header.
    private static final long HEADER = 8;

    /// {@return an empty heap that merges free neighbours}
    ///
    /// @param policy where blocks go
    /// @param units  its size, at least 1; with size classes a multiple of 4
    public static HeapSetup of(Policy policy, int units) {
        return new HeapSetup(policy, true, units, new Trace(List.of()));
    }

    /// {@return this heap after some more allocations; block numbers go on from those before}
    ///
    /// @param units the size of each, at least 1
    public HeapSetup alloc(int... units) {
        HeapSetup after = this;
        for (int size : units) {
            after = after.with(new Alloc(after.nextNumber(), layout(size)));
        }
        return after;
    }

    /// {@return this heap after some blocks were given back}
    ///
    /// @param blocks their numbers, counted from 0 in the order of allocation
    /// @throws IllegalArgumentException if one is not live
    public HeapSetup free(long... blocks) {
        HeapSetup after = this;
        for (long block : blocks) {
            after = after.with(new Free(block));
        }
        return after;
    }

    /// {@return the same requests on another heap}
    ///
    /// @param other where blocks go there
    public HeapSetup on(Policy other) {
        return new HeapSetup(other, coalesces, units, asked);
    }

    /// {@return the same requests where a free list merges free neighbours, or does not}
    ///
    /// @param on whether it does
    public HeapSetup coalescing(boolean on) {
        return new HeapSetup(policy, on, units, asked);
    }

    HeapSetup with(HeapEvent event) {
        List<HeapEvent> events = new ArrayList<>(asked.events());
        events.add(event);
        return new HeapSetup(policy, coalesces, units, new Trace(events));
    }

    private long nextNumber() {
        return asked.events().stream().filter(Alloc.class::isInstance).count();
    }

    /// The layout of a request.
    static Layout layout(long units) {
        return new Layout(units * UNIT - HEADER, HEADER);
    }

    /// How many units so many bytes are; a header counts to its block.
    static long units(long byteSize) {
        return Math.ceilDiv(byteSize, UNIT);
    }

    /// "1 unit", "2 units".
    static String counted(long units) {
        return Plural.of(units, "unit");
    }

    /// Memory for this heap, on any policy.
    MemorySegment memory() {
        return Policy.memory(units * UNIT);
    }

    /// The heap in a new memory, after all requests.
    RecordedHeap build() {
        return build(memory());
    }

    /// The heap in this memory, after all requests. Whatever stood there is gone.
    RecordedHeap build(MemorySegment memory) {
        RecordedHeap heap = policy.on(memory, units * UNIT, coalesces);
        asked.events().forEach(heap::ask);
        return heap;
    }

    /// What happened on this heap as Java, to paste into a notebook cell.
    String toJava(RecordedHeap heap) {
        return policy.toJava(units * UNIT, coalesces) + heap.trace().toJava("heap");
    }

    @Override
    public String toString() {
        return policy + (policy.hasFreeList() && !coalesces ? " without coalescing" : "");
    }
}
