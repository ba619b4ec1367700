// Which class has the number 0?
// killed by: starts_with_classes_16_bytes_apart, a_class_is_a_multiple_of_the_alignment, keeps_the_classes_apart, keeps_the_contract_in_any_order_of_calls, takes_the_smallest_class_with_room
package ch06;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

public final class SizeClasses {

    public static final long LARGEST = 1024;
    public static final int COUNT = 20;
    public static final int NONE = -1;

    private final GlobalAlloc below;
    private final List<Deque<MemorySegment>> stock = new ArrayList<>();

    public SizeClasses(GlobalAlloc below) {
        this.below = below;
        for (int index = 0; index < COUNT; index++) {
            stock.add(new ArrayDeque<>());
        }
    }

    public static long sizeOf(int index) {
        if (index < 8) {
            return 16L * Math.max(1, index);
        }
        int doubling = (index - 8) / 4;
        int step = (index - 8) % 4;
        return (128L + 32 * (step + 1)) << doubling;
    }

    public static int indexFor(Layout layout) {
        long needed = layout.padToAlign().byteSize();
        for (int index = 0; index < COUNT; index++) {
            if (needed <= sizeOf(index)) {
                return index;
            }
        }
        return NONE;
    }

    public static long wasted(Layout layout) {
        int index = indexFor(layout);
        return index == NONE ? 0 : sizeOf(index) - layout.byteSize();
    }

    public MemorySegment allocate(Layout layout) {
        int index = indexFor(layout);
        if (index == NONE) {
            return below.alloc(layout);
        }
        MemorySegment used = stock.get(index).poll();
        return used != null ? used : below.alloc(blockLayout(index));
    }

    public static Layout blockLayout(int index) {
        return new Layout(sizeOf(index), Long.lowestOneBit(sizeOf(index)));
    }

    public void deallocate(MemorySegment block, Layout layout) {
        int index = indexFor(layout);
        if (index == NONE) {
            below.dealloc(block, layout);
        } else {
            stock.get(index).push(block);
        }
    }

    public void trim() {
        for (int index = 0; index < COUNT; index++) {
            while (!stock.get(index).isEmpty()) {
                below.dealloc(stock.get(index).poll(), blockLayout(index));
            }
        }
    }
}
