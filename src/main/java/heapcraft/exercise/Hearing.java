package heapcraft.exercise;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.trace.BrokenContract;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.Replay;
import heapcraft.trace.Trace;
import java.util.List;

/// What a trace proves against a heap: a broken promise, an exception, or a refusal of what there
/// is room for.
final class Hearing {

    /// Above that, in bytes, every heap here must refuse, and may.
    static final long TOO_MUCH = 1 << 20;

    private Hearing() { }

    /// What went wrong first; empty if all went well.
    static String of(GlobalAlloc heap, Trace trace) {
        try {
            List<HeapEvent> events = Replay.on(heap).run(trace).events();
            for (int i = 0; i < events.size(); i++) {
                if (isRefused(events.get(i))) {
                    return "event " + i + ", " + events.get(i).line().replace(" refused", "")
                            + ": refused";
                }
            }
            return "";
        } catch (BrokenContract broken) {
            return broken.getMessage();
        } catch (RuntimeException thrown) {
            return "threw " + thrown;
        }
    }

    private static boolean isRefused(HeapEvent event) {
        return switch (event) {
            case Alloc a -> a.address() == HeapEvent.REFUSED && a.layout().byteSize() <= TOO_MUCH;
            case Realloc r -> r.address() == HeapEvent.REFUSED && r.newSize() <= TOO_MUCH;
            default -> false;
        };
    }
}
