package heapcraft.own;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Java owners kept in memory as numbers, since a Java object has no address to write there.
final class OwnedType<O extends AutoCloseable> implements Type<O> {

    private static final Layout NUMBER = new Layout(8, 8);

    /// The owners that live in memory, each under the number that was written for it.
    private final Map<Long, O> owners = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();

    @Override
    public Layout layout() {
        return NUMBER;
    }

    @Override
    public void write(MemorySegment at, O owner) {
        long number = lastNumber.incrementAndGet();
        owners.put(number, owner);
        at.set(JAVA_LONG_UNALIGNED, 0, number);
    }

    @Override
    public O read(MemorySegment at) {
        return found(at, owners.get(number(at)));
    }

    @Override
    public void drop(MemorySegment at) {
        try {
            take(at).close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an owner failed to close: " + e.getMessage(), e);
        }
    }

    @Override
    public O take(MemorySegment at) {
        return found(at, owners.remove(number(at)));
    }

    private static long number(MemorySegment at) {
        return at.get(JAVA_LONG_UNALIGNED, 0);
    }

    private O found(MemorySegment at, O owner) {
        if (owner == null) {
            throw new IllegalStateException("no owner lives at 0x" + Long.toHexString(at.address())
                    + ": the number there is " + number(at) + "; was it dropped, or overwritten?");
        }
        return owner;
    }
}
