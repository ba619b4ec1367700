// Was the element whose constructor threw ever alive?
// killed by: ends_no_life_that_never_began, ends_the_finished_lives_when_a_constructor_throws
package ch01;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
        return block.get(ValueLayout.JAVA_LONG, cookieBytes(element) - 8);
    }

    public MemorySegment create(Layout element, long count,
                                ObjLongConsumer<MemorySegment> constructor,
                                Consumer<MemorySegment> destructor) {
        Layout whole = blockLayout(element, count);
        MemorySegment block = heap.alloc(whole);
        if (GlobalAlloc.isNull(block)) {
            throw new BadAlloc(whole);
        }
        block.set(ValueLayout.JAVA_LONG, cookieBytes(element) - 8, count);
        long made = 0;
        try {
            for (; made < count; made++) {
                constructor.accept(element(block, element, made), made);
            }
        } catch (Throwable e) {
            destroyAndFree(block, whole, element, made + 1, destructor);
            throw e;
        }
        return block;
    }

    public void delete(MemorySegment block, Layout element, Consumer<MemorySegment> destructor) {
        long count = count(block, element);
        destroyAndFree(block, blockLayout(element, count), element, count, destructor);
    }

    private void destroyAndFree(MemorySegment block, Layout whole, Layout element, long made,
                                Consumer<MemorySegment> destructor) {
        try {
            for (long i = made - 1; i >= 0; i--) {
                destructor.accept(element(block, element, i));
            }
        } finally {
            heap.dealloc(block, whole);
        }
    }
}
