package ch06;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

public final class SizeClasses {

    public static final long LARGEST = 1024;
    public static final int COUNT = 20;
    public static final int NONE = -1;

    private final GlobalAlloc below;
    private final Map<Long, Queue<MemorySegment>> stock = new TreeMap<>();

    public SizeClasses(GlobalAlloc below) {
        this.below = below;
    }

    public static long sizeOf(int index) {
        long size = 0;
        for (int i = 0; i <= index; i++) {
            size += size < 128 ? 16 : Long.highestOneBit(size) / 4;
        }
        return size;
    }

    public static int indexFor(Layout layout) {
        for (int index = 0; index < COUNT; index++) {
            long size = sizeOf(index);
            if (size >= layout.byteSize() && size % layout.byteAlignment() == 0) {
                return index;
            }
        }
        return NONE;
    }

    private static long roundedUp(Layout layout) {
        int index = indexFor(layout);
        return index == NONE ? layout.byteSize() : sizeOf(index);
    }

    public static long wasted(Layout layout) {
        return roundedUp(layout) - layout.byteSize();
    }

    private Queue<MemorySegment> stock(Layout layout) {
        return stock.computeIfAbsent(roundedUp(layout), _ -> new ArrayDeque<>());
    }

    public MemorySegment allocate(Layout layout) {
        if (indexFor(layout) == NONE) {
            return below.alloc(layout);
        }
        Queue<MemorySegment> waiting = stock(layout);
        return waiting.isEmpty() ? below.alloc(blockLayout(indexFor(layout))) : waiting.remove();
    }

    public static Layout blockLayout(int index) {
        return new Layout(sizeOf(index), Long.lowestOneBit(sizeOf(index)));
    }

    public void deallocate(MemorySegment block, Layout layout) {
        if (indexFor(layout) == NONE) {
            below.dealloc(block, layout);
            return;
        }
        stock(layout).add(block);
    }

    public void trim() {
        stock.forEach((size, blocks) -> {
            blocks.forEach(block -> below.dealloc(block,
                    new Layout(size, Long.lowestOneBit(size))));
            blocks.clear();
        });
    }
}
