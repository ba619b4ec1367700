package ch12;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.Trace;
import java.util.List;

/// Traces as lists of events.
public final class BugHunt {

    private BugHunt() { }

    public static Trace mostlyFree() {
        return of(get(0, 16_000), get(1, 16), get(2, 16_000), free(0), free(1), free(2),
                get(3, 65_000));
    }

    public static Trace shrinkingStock() {
        return of(get(0, 1000), get(1, 1000), get(2, 1000), get(3, 1000), free(3), free(2), free(1),
                free(0), get(4, 65_500));
    }

    public static Trace smallerRoom() {
        return of(get(0, 64), get(1, 64), get(2, 200), get(3, 64), free(0), resize(2, 40));
    }

    public static Trace oldNumbers() {
        return of(get(0, 16), free(0), new Alloc(1, new Layout(100, 16), true, HeapEvent.PLANNED));
    }

    public static Trace crashingVectors() {
        return of(get(0, 1), new Alloc(1, new Layout(128, 128)), get(2, 1),
                new Alloc(3, new Layout(1024, 1024)));
    }

    public static Trace perfectHole() {
        return of(get(0, 65_521));
    }

    public static Trace twinKeys() {
        return of(get(0, 128), get(1, 128), get(2, 128), free(1), get(3, 128), get(4, 128));
    }

    public static Trace tooMuchOnce() {
        return of(get(0, 128), resize(0, Long.MAX_VALUE - 15), get(1, 128));
    }

    private static Trace of(HeapEvent... events) {
        return new Trace(List.of(events));
    }

    private static HeapEvent get(long block, long bytes) {
        return new Alloc(block, new Layout(bytes, 16));
    }

    private static HeapEvent resize(long block, long bytes) {
        return new Realloc(block, bytes);
    }

    private static HeapEvent free(long block) {
        return new Free(block);
    }
}
