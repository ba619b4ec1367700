package heapcraft.own;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.CStruct;
import heapcraft.alloc.Global;
import heapcraft.alloc.GlobalAlloc;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.StringJoiner;

/// A hash table in one block of a heap of its own choice, Rust's `HashMap`.
///
/// ```java
/// try (Table<String, Integer> stock = Table.of(Type.STRING, Type.INT)) {
///     stock.put("apple", 3);
///     stock.put("apple", 5);
///     int apples = stock.get("apple");   // 5
/// }                                      // drops keys and values, then frees the block
/// ```
///
/// An entry lives from the `put` that made it to the `remove` or `clear` that ends it; the block
/// until the table is closed, but it moves when the table grows. What `get` and `remove` return are
/// Java copies. When the heap has no memory, the call throws `OutOfMemoryError` and the table is as
/// it was. A table is not thread-safe.
///
/// Follows Rust's [HashMap](https://doc.rust-lang.org/std/collections/struct.HashMap.html) in what
/// it promises. Inside, that one looks at 16 buckets at once; this one looks at one after the other
/// and so stays at most three quarters full.
///
/// @param <K> the Java class of the keys, with `hashCode` and `equals` that suit each other
/// @param <V> the Java class of the values
public final class Table<K, V> implements Iterable<Map.Entry<K, V>>, AutoCloseable {

    private static final long FIRST_COUNT = 4;

    private final Type<K> keys;
    private final Type<V> values;
    private final Allocator heap;
    /// The entries; `null` before the first one and once closed.
    private Buckets buckets;
    /// How many buckets are not empty; at most three quarters of all.
    private long length;
    /// Counts the changes of `length`, so that an iterator sees that it is out of date.
    private long changes;
    private boolean closed;

    private Table(Allocator heap, Type<K> keys, Type<V> values) {
        this.heap = heap;
        this.keys = keys;
        this.values = values;
    }

    /// {@return an empty table that will live on the global heap: Rust's `HashMap::new`}
    ///
    /// @param <K>    the Java class of the keys
    /// @param <V>    the Java class of the values
    /// @param keys   how a key is kept in memory
    /// @param values how a value is kept in memory
    public static <K, V> Table<K, V> of(Type<K> keys, Type<V> values) {
        return in(Global.allocator(), keys, values);
    }

    /// {@return an empty table that will live on this heap}
    ///
    /// @param <K>    the Java class of the keys
    /// @param <V>    the Java class of the values
    /// @param heap   where the block comes from and goes back to
    /// @param keys   how a key is kept in memory
    /// @param values how a value is kept in memory
    public static <K, V> Table<K, V> in(Allocator heap, Type<K> keys, Type<V> values) {
        return new Table<>(heap, keys, values);
    }

    /// {@return an empty table that will live on this heap}
    ///
    /// @param <K>    the Java class of the keys
    /// @param <V>    the Java class of the values
    /// @param heap   where the block comes from and goes back to
    /// @param keys   how a key is kept in memory
    /// @param values how a value is kept in memory
    public static <K, V> Table<K, V> in(GlobalAlloc heap, Type<K> keys, Type<V> values) {
        return in(heap.asAllocator(), keys, values);
    }

    /// {@return how many entries there are}
    public long len() {
        return length;
    }

    /// {@return whether there is no entry}
    public boolean isEmpty() {
        return length == 0;
    }

    /// {@return how many entries fit before the block has to grow}
    public long capacity() {
        return buckets == null ? 0 : buckets.count() / 4 * 3;
    }

    /// {@return the value of this key, or `null` if there is none}
    ///
    /// @param key what to look for
    public V get(K key) {
        requireOpen();
        long bucket = find(key);
        return isEntry(bucket) ? values.read(buckets.value(bucket)) : null;
    }

    /// {@return whether there is an entry of this key}
    ///
    /// @param key what to look for
    public boolean containsKey(K key) {
        requireOpen();
        return isEntry(find(key));
    }

    /// Makes `value` the value of `key`. If the key was there before, it stays and its old value is
    /// dropped.
    ///
    /// @param key   the key; compared by `equals`
    /// @param value its value from now on
    /// @throws OutOfMemoryError if the heap has no larger block
    public void put(K key, V value) {
        requireOpen();
        long bucket = find(key);
        if (isEntry(bucket)) {
            values.replace(buckets.value(bucket), value);
            return;
        }
        if (length == capacity()) {
            grow();
            bucket = find(key);
        }
        keys.write(buckets.key(bucket), key);
        try {
            values.write(buckets.value(bucket), value);
        } catch (Throwable e) {
            keys.drop(buckets.key(bucket));
            throw e;
        }
        buckets.setTag(bucket, Buckets.tag(key));
        length++;
        changes++;
    }

    /// Ends the entry of this key.
    ///
    /// @param key what to look for
    /// @return a copy of its value, or `null` if there was no entry
    public V remove(K key) {
        requireOpen();
        long bucket = find(key);
        if (!isEntry(bucket)) {
            return null;
        }
        length--;
        changes++;
        try {
            return values.take(buckets.value(bucket));
        } finally {
            try {
                keys.drop(buckets.key(bucket));
            } finally {
                buckets.closeGap(bucket);
            }
        }
    }

    /// The bucket of this key, or the empty one where it belongs, or -1 if there is no block.
    private long find(K key) {
        if (buckets == null) {
            return -1;
        }
        int tag = Buckets.tag(key);
        long bucket = buckets.home(tag);
        while (!buckets.isEmpty(bucket) && !holds(bucket, tag, key)) {
            bucket = buckets.after(bucket);
        }
        return bucket;
    }

    private boolean holds(long bucket, int tag, K key) {
        return buckets.tagAt(bucket) == tag && keys.read(buckets.key(bucket)).equals(key);
    }

    private boolean isEntry(long bucket) {
        return bucket >= 0 && !buckets.isEmpty(bucket);
    }

    private void grow() {
        CStruct entry = CStruct.of(keys.layout(), values.layout());
        Buckets old = buckets;
        buckets = new Buckets(heap, entry, old == null ? FIRST_COUNT : 2 * old.count());
        if (old != null) {
            buckets.takeAll(old);
            old.free();
        }
    }

    /// Drops all keys and values, and keeps the block.
    public void clear() {
        requireOpen();
        length = 0;
        changes++;
        if (buckets != null) {
            Drops.each(0, buckets.count(), this::dropEntry);
        }
    }

    private void dropEntry(long bucket) {
        if (buckets.isEmpty(bucket)) {
            return;
        }
        buckets.setEmpty(bucket);
        try {
            keys.drop(buckets.key(bucket));
        } finally {
            values.drop(buckets.value(bucket));
        }
    }

    /// The entries in no particular order. Adding or removing one in between is refused.
    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        requireOpen();
        return new Iterator<>() {
            private final long seen = changes;
            private long next = entryFrom(0);

            @Override public boolean hasNext() {
                return next < bucketCount();
            }

            @Override public Map.Entry<K, V> next() {
                if (changes != seen) {
                    throw new ConcurrentModificationException("the Table was changed while it was"
                            + " walked; walk first, change then");
                }
                if (!hasNext()) {
                    throw new NoSuchElementException("all " + length + " entries were seen");
                }
                long bucket = next;
                next = entryFrom(bucket + 1);
                return Map.entry(keys.read(buckets.key(bucket)),
                        values.read(buckets.value(bucket)));
            }
        };
    }

    private long entryFrom(long bucket) {
        while (bucket < bucketCount() && buckets.isEmpty(bucket)) {
            bucket++;
        }
        return bucket;
    }

    private long bucketCount() {
        return buckets == null ? 0 : buckets.count();
    }

    /// Drops all keys and values, then frees the block, even if a destructor throws. Closing a
    /// closed table does nothing.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        Buckets dying = buckets;
        try {
            clear();
        } finally {
            closed = true;
            buckets = null;
            if (dying != null) {
                dying.free();
            }
        }
    }

    /// The entries in braces, as `Map` prints them.
    @Override
    public String toString() {
        if (closed) {
            return "a closed Table";
        }
        StringJoiner entries = new StringJoiner(", ", "{", "}");
        forEach(entry -> entries.add(entry.toString()));
        return entries.toString();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this Table is closed: its block was freed");
        }
    }
}
