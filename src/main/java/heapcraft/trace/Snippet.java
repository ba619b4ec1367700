package heapcraft.trace;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;

/// A trace as Java code, to paste into a notebook cell or a `main`.
final class Snippet {

    private final String heap;
    private final LiveBlocks live = new LiveBlocks();
    private final StringBuilder code = new StringBuilder();

    private Snippet(String heap) {
        this.heap = heap;
    }

    static String of(Trace trace, String heap) {
        Snippet snippet = new Snippet(heap);
        for (HeapEvent event : trace.planned().events()) {
            snippet.code.append(snippet.line(event)).append('\n');
            snippet.live.apply(event);
        }
        return snippet.code.toString();
    }

    private String line(HeapEvent event) {
        return switch (event) {
            case Alloc a -> "MemorySegment b" + a.block() + " = " + heap
                    + (a.zeroed() ? ".allocZeroed(" : ".alloc(") + code(a.layout()) + ");";
            case Realloc r -> "b" + r.block() + " = " + heap + ".realloc(b" + r.block() + ", "
                    + code(live.layouts().get(r.block())) + ", " + number(r.newSize()) + ");";
            case Free f -> heap + ".dealloc(b" + f.block() + ", "
                    + code(live.layouts().get(f.block())) + ");";
            case Reset reset -> heap + ".reset();";
        };
    }

    private static String code(Layout layout) {
        return "new Layout(" + number(layout.byteSize()) + ", "
                + number(layout.byteAlignment()) + ")";
    }

    private static String number(long value) {
        return value == (int) value ? Long.toString(value) : value + "L";
    }
}
