package ch01;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

public final class NewArray {

    private final GlobalAlloc heap;

    public NewArray(GlobalAlloc heap) {
        this.heap = heap;
    }

    public static final class BadArrayNewLength extends RuntimeException {
        private static final long serialVersionUID = 1;

        public BadArrayNewLength(long count) {
            super("std::bad_array_new_length: " + count + " elements");
        }
    }

    public static final class BadAlloc extends RuntimeException {
        private static final long serialVersionUID = 1;

        public BadAlloc(Layout layout) {
            super("std::bad_alloc: no memory for " + layout);
        }
    }

    public static long cookieBytes(Layout element) {
        return Math.max(8, element.byteAlignment());
    }

    public static Layout blockLayout(Layout element, long count) {
        try {
            Layout cookie = new Layout(cookieBytes(element), cookieBytes(element));
            return cookie.extend(Layout.array(element, count)).layout();
        } catch (IllegalArgumentException tooLarge) {
            throw new BadArrayNewLength(count);
        }
    }

    public static MemorySegment element(MemorySegment block, Layout element, long index) {
        long stride = element.padToAlign().byteSize();
        return block.asSlice(cookieBytes(element) + index * stride, element.byteSize());
    }

    public static long count(MemorySegment block, Layout element) {
        return cookie(block, element).get(ValueLayout.JAVA_LONG, 0);
    }

    public MemorySegment create(Layout element, long count,
                                ObjLongConsumer<MemorySegment> constructor,
                                Consumer<MemorySegment> destructor) {
        Layout whole = blockLayout(element, count);
        MemorySegment block = heap.alloc(whole);
        if (block.equals(MemorySegment.NULL)) {
            throw new BadAlloc(whole);
        }
        cookie(block, element).set(ValueLayout.JAVA_LONG, 0, count);
        Deque<MemorySegment> living = new ArrayDeque<>();
        try {
            while (living.size() < count) {
                MemorySegment next = element(block, element, living.size());
                constructor.accept(next, living.size());
                living.push(next);
            }
            return block;
        } catch (Throwable e) {
            end(living, destructor, block, whole);
            throw e;
        }
    }

    public void delete(MemorySegment block, Layout element, Consumer<MemorySegment> destructor) {
        Deque<MemorySegment> living = new ArrayDeque<>();
        for (long i = 0; i < count(block, element); i++) {
            living.push(element(block, element, i));
        }
        end(living, destructor, block, blockLayout(element, living.size()));
    }

    private void end(Deque<MemorySegment> living, Consumer<MemorySegment> destructor,
                     MemorySegment block, Layout whole) {
        try {
            living.forEach(destructor);
        } finally {
            heap.dealloc(block, whole);
        }
    }

    private static MemorySegment cookie(MemorySegment block, Layout element) {
        return block.asSlice(cookieBytes(element) - 8, 8);
    }
}
