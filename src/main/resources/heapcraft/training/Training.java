package ch00;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Todo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What exercises have in common, for training the workers' start-up cache.
public final class Training {

    private Training() { }

    /// Uses a heap and a segment, as most exercises do.
    public static int roundTrip(GlobalAlloc heap, int value) {
        Layout layout = Layout.of(ValueLayout.JAVA_INT);
        MemorySegment block = heap.alloc(layout);
        block.set(ValueLayout.JAVA_INT, 0, value);
        int back = block.get(ValueLayout.JAVA_INT, 0);
        heap.dealloc(block, layout);
        return back;
    }

    /// A gap.
    public static int gap() {
        throw Todo.todo("nothing: this gap is for training");
    }
}
