package heapcraft.own;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.CStruct;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;

/// The block of a hash table: a tag for each bucket, then room for an entry in each. It moves
/// entries as bytes and knows nothing of keys and values.
///
/// A tag is the key's hash code, scrambled and made odd; 0 marks an empty bucket. An entry stands
/// in the first bucket at or behind its home that was free, so the way from the home to the entry
/// has no empty bucket: Knuth's linear probing (*The Art of Computer Programming* 3, 6.4).
final class Buckets {

    private static final int EMPTY = 0;
    /// 2^32 divided by the golden ratio: spreads neighbouring hash codes over all the upper bits.
    private static final int GOLDEN = 0x9E3779B9;

    private final Allocator heap;
    private final CStruct entry;
    private final Layout.Extended tagsAndEntries;
    private final MemorySegment block;
    /// A power of two, at least one of them empty.
    private final long count;

    /// @throws OutOfMemoryError if the heap has no block
    Buckets(Allocator heap, CStruct entry, long count) {
        this.heap = heap;
        this.entry = entry;
        this.count = count;
        this.tagsAndEntries = Layout.array(new Layout(4, 4), count)
                .extend(Layout.array(entry.layout(), count));
        this.block = heap.allocate(tagsAndEntries.layout());
        if (isNull(block)) {
            throw new OutOfMemoryError(heap + " has no block for " + tagsAndEntries.layout());
        }
        block.asSlice(0, 4 * count).fill((byte) EMPTY);
    }

    static int tag(Object key) {
        return key.hashCode() * GOLDEN | 1;
    }

    long count() {
        return count;
    }

    boolean isEmpty(long bucket) {
        return tagAt(bucket) == EMPTY;
    }

    int tagAt(long bucket) {
        return block.get(JAVA_INT_UNALIGNED, 4 * bucket);
    }

    void setTag(long bucket, int tag) {
        block.set(JAVA_INT_UNALIGNED, 4 * bucket, tag);
    }

    void setEmpty(long bucket) {
        setTag(bucket, EMPTY);
    }

    /// Where an entry with this tag would stand best.
    long home(int tag) {
        return Integer.toUnsignedLong(tag) * count >>> 32;
    }

    long after(long bucket) {
        return bucket + 1 & count - 1;
    }

    MemorySegment key(long bucket) {
        return field(bucket, 0);
    }

    MemorySegment value(long bucket) {
        return field(bucket, 1);
    }

    private MemorySegment field(long bucket, int index) {
        CStruct.Field field = entry.fields().get(index);
        return block.asSlice(entryOffset(bucket) + field.offset(), field.layout().byteSize());
    }

    private long entryOffset(long bucket) {
        return tagsAndEntries.offset() + bucket * entry.layout().byteSize();
    }

    /// Moves every entry of another block to where it belongs in this one, which has none yet.
    void takeAll(Buckets old) {
        for (long bucket = 0; bucket < old.count; bucket++) {
            if (!old.isEmpty(bucket)) {
                long free = home(old.tagAt(bucket));
                while (!isEmpty(free)) {
                    free = after(free);
                }
                take(old, bucket, free);
            }
        }
    }

    /// Empties a bucket whose entry is gone, and moves later ones up so that none of them has an
    /// empty bucket between its home and itself.
    void closeGap(long gap) {
        for (long next = after(gap); !isEmpty(next); next = after(next)) {
            if (distance(home(tagAt(next)), next) >= distance(gap, next)) {
                take(this, next, gap);
                gap = next;
            }
        }
        setEmpty(gap);
    }

    private long distance(long from, long to) {
        return to - from & count - 1;
    }

    private void take(Buckets other, long from, long to) {
        setTag(to, other.tagAt(from));
        MemorySegment.copy(other.block, other.entryOffset(from), block, entryOffset(to),
                entry.layout().byteSize());
    }

    void free() {
        heap.deallocate(block, tagsAndEntries.layout());
    }
}
