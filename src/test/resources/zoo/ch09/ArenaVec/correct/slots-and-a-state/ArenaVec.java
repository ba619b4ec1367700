package ch09;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/// The block and its layout are one record, or there is none; sizes are counted in bytes.
public final class ArenaVec implements AutoCloseable {

    public static final Layout ELEMENT = new Layout(8, 8);
    public static final long MOST = Layout.maxSize(8) / 8;

    private record Owned(MemorySegment bytes) {
        Layout layout() {
            return new Layout(bytes.byteSize() & -8L, 8);
        }
    }

    private final Allocator heap;
    private Optional<Owned> owned = Optional.empty();
    private long usedBytes;

    public ArenaVec(Allocator heap) {
        this.heap = heap;
    }

    public long length() {
        return usedBytes >> 3;
    }

    public long capacity() {
        return owned.map(one -> one.layout().byteSize() >> 3).orElse(0L);
    }

    public MemorySegment slice() {
        return owned.map(one -> one.bytes().asSlice(0, usedBytes)).orElse(ELEMENT.dangling()
                .asSlice(0, 0));
    }

    public static long grown(long capacity, long needed) {
        long twice = capacity < 2 ? 4 : capacity << 1;
        return needed > twice || twice < 0 ? needed : twice;
    }

    public boolean reserve(long additional) {
        try {
            long needed = Math.addExact(length(), additional);
            return needed <= capacity() || take(heapAsked(
                    Layout.array(ELEMENT, grown(capacity(), needed))));
        } catch (ArithmeticException | IllegalArgumentException noSize) {
            return false;
        }
    }

    private MemorySegment heapAsked(Layout wanted) {
        return owned.map(one -> heap.grow(one.bytes(), one.layout(), wanted))
                .orElseGet(() -> heap.allocate(wanted));
    }

    private boolean take(MemorySegment answer) {
        boolean some = !GlobalAlloc.isNull(answer);
        if (some) {
            owned = Optional.of(new Owned(answer));
        }
        return some;
    }

    public boolean push(long value) {
        boolean room = usedBytes < capacity() << 3 || reserve(1);
        if (room) {
            owned.orElseThrow().bytes().set(ValueLayout.JAVA_LONG, usedBytes, value);
            usedBytes += 8;
        }
        return room;
    }

    public long get(long index) {
        return slice().getAtIndex(ValueLayout.JAVA_LONG, Objects.checkIndex(index, length()));
    }

    public long pop() {
        if (usedBytes == 0) {
            throw new NoSuchElementException();
        }
        usedBytes -= 8;
        return owned.orElseThrow().bytes().get(ValueLayout.JAVA_LONG, usedBytes);
    }

    @Override
    public void close() {
        Optional<Owned> last = owned;
        owned = Optional.empty();
        usedBytes = 0;
        last.ifPresent(one -> heap.deallocate(one.bytes(), one.layout()));
    }
}
