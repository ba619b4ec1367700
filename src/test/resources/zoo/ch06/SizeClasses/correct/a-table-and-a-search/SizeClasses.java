package ch06;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

public final class SizeClasses {

    public static final long LARGEST = 1024;
    public static final int COUNT = 20;
    public static final int NONE = -1;

    private static final long[] SIZES = {16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
        384, 448, 512, 640, 768, 896, 1024};

    private final GlobalAlloc below;
    private final List<Deque<MemorySegment>> stock = new ArrayList<>();

    public SizeClasses(GlobalAlloc below) {
        this.below = below;
        for (int index = 0; index < COUNT; index++) {
            stock.add(new ArrayDeque<>());
        }
    }

    public static long sizeOf(int index) {
        return SIZES[index];
    }

    public static int indexFor(Layout layout) {
        long needed = layout.padToAlign().byteSize();
        int found = Arrays.binarySearch(SIZES, needed);
        int index = found >= 0 ? found : -found - 1;
        return index < COUNT ? index : NONE;
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
