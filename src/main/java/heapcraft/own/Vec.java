package heapcraft.own;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Global;
import heapcraft.alloc.GlobalAlloc;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.StringJoiner;

/// A growing array in one block of a heap of its own choice: Rust's `Vec`.
///
/// ```java
/// try (BumpAllocator arena = new BumpAllocator(1024, new SystemAlloc());
///         Vec<Integer> scores = Vec.in(arena, Type.INT)) {
///     scores.push(100);
///     scores.push(97);
///     int best = scores.get(0);
/// }                                   // drops the numbers, then the arena takes its block back
/// ```
///
/// The block lives until the Vec is closed, but it moves: an element keeps its address only as long
/// as [#capacity()] stays the same, so [#slice()] is good for no longer than that. An element lives
/// from the call that put it in to the one that removes it, and is dropped once, even if another
/// one's destructor throws. What `pop` and `remove` return is a Java copy.
///
/// When the heap has no memory, the call throws `OutOfMemoryError` and the Vec is as it was. A Vec
/// is not thread-safe.
///
/// Follows Rust's [Vec](https://doc.rust-lang.org/alloc/vec/struct.Vec.html), its growth included:
/// no block until the first element, then 8, 4 or 1 elements (for elements of 1 byte, up to 1024,
/// more), then doubling. Elements of size 0 need no block at all.
///
/// @param <T> the Java class of the elements
public final class Vec<T> implements Iterable<T>, AutoCloseable {

    private final Type<T> type;
    private final RawVec raw;
    /// Elements `0` to `length - 1` hold values, the rest hold none; never more than
    /// `raw.capacity()`.
    private long length;
    /// How many elements were removed until now.
    private long removed;

    private Vec(Type<T> type, Allocator heap) {
        this.type = type;
        this.raw = new RawVec(type.layout(), heap);
    }

    /// {@return a Vec of these values on the global heap: Rust's `vec![…]`}
    ///
    /// @param <T>    the Java class of the elements
    /// @param type   how an element is kept in memory
    /// @param values what it begins with
    /// @throws OutOfMemoryError if the heap has no block
    @SafeVarargs
    public static <T> Vec<T> of(Type<T> type, T... values) {
        Vec<T> vec = in(Global.allocator(), type);
        try {
            vec.extend(Arrays.asList(values));
        } catch (Throwable e) {
            vec.close();
            throw e;
        }
        return vec;
    }

    /// {@return an empty Vec that will live on this heap: Rust's `Vec::new_in`}
    ///
    /// @param <T>  the Java class of the elements
    /// @param heap where the block comes from and goes back to
    /// @param type how an element is kept in memory
    public static <T> Vec<T> in(Allocator heap, Type<T> type) {
        return new Vec<>(type, heap);
    }

    /// {@return an empty Vec that will live on this heap}
    ///
    /// @param <T>  the Java class of the elements
    /// @param heap where the block comes from and goes back to
    /// @param type how an element is kept in memory
    public static <T> Vec<T> in(GlobalAlloc heap, Type<T> type) {
        return in(heap.asAllocator(), type);
    }

    /// {@return how many elements there are}
    public long len() {
        return length;
    }

    /// {@return whether there is no element}
    public boolean isEmpty() {
        return length == 0;
    }

    /// {@return how many elements fit before the block has to grow}
    public long capacity() {
        return raw.capacity();
    }

    /// {@return the element at `index`}
    ///
    /// @param index from 0
    /// @throws IndexOutOfBoundsException if there is none
    public T get(long index) {
        requireElement(index);
        return type.read(raw.block(), raw.offset(index));
    }

    /// Drops the element at `index` and puts another one in its place. If the new one cannot be
    /// written, the old one stays.
    ///
    /// @param index from 0
    /// @param value the new element
    /// @throws IndexOutOfBoundsException if there is none
    public void set(long index, T value) {
        requireElement(index);
        type.replace(raw.slot(index), value);
    }

    /// Appends an element.
    ///
    /// @param value the new element
    /// @throws OutOfMemoryError if the heap has no larger block
    public void push(T value) {
        reserveOne();
        type.write(raw.block(), raw.offset(length), value);
        length++;
    }

    /// Appends all these elements, one after the other. If one cannot be appended, those before it
    /// stay.
    ///
    /// @param values the new elements; not this Vec itself
    /// @throws OutOfMemoryError if the heap has no larger block
    public void extend(Iterable<? extends T> values) {
        if (values instanceof Collection<?> counted) {
            reserve(counted.size());
        }
        values.forEach(this::push);
    }

    /// Removes the last element.
    ///
    /// @return a copy of it
    /// @throws NoSuchElementException if the Vec is empty
    public T pop() {
        if (length == 0) {
            requireOpen();
            throw new NoSuchElementException("pop on an empty Vec");
        }
        length--;
        removed++;
        return type.take(raw.slot(length));
    }

    /// Puts an element before the one at `index`, and moves that and all behind it up by one.
    ///
    /// @param index from 0 to [#len()]
    /// @param value the new element
    /// @throws IndexOutOfBoundsException if `index` is not
    /// @throws OutOfMemoryError if the heap has no larger block
    public void insert(long index, T value) {
        if (index != length) {
            requireElement(index);
        }
        reserveOne();
        raw.move(index, index + 1, length - index);
        try {
            type.write(raw.block(), raw.offset(index), value);
        } catch (Throwable e) {
            raw.move(index + 1, index, length - index);
            throw e;
        }
        length++;
    }

    /// Puts bytes before the one at `index`, where the elements are bytes.
    void insertBytes(long index, byte[] values) {
        reserve(values.length);
        raw.move(index, index + values.length, length - index);
        raw.slots(index, values.length).copyFrom(MemorySegment.ofArray(values));
        length += values.length;
    }

    /// Removes the element at `index`, and moves all behind it down by one.
    ///
    /// @param index from 0
    /// @return a copy of it
    /// @throws IndexOutOfBoundsException if there is none
    public T remove(long index) {
        requireElement(index);
        try {
            return type.take(raw.slot(index));
        } finally {
            length--;
            removed++;
            raw.move(index + 1, index, length - index);
        }
    }

    /// Removes the element at `index` and puts the last one in its place: faster than [#remove],
    /// and the order is lost.
    ///
    /// @param index from 0
    /// @return a copy of it
    /// @throws IndexOutOfBoundsException if there is none
    public T swapRemove(long index) {
        requireElement(index);
        try {
            return type.take(raw.slot(index));
        } finally {
            length--;
            removed++;
            raw.move(length, index, 1);
        }
    }

    /// Drops all elements behind the first `kept`, and keeps the block. A larger `kept` than
    /// [#len()] changes nothing.
    ///
    /// @param kept how many elements to keep
    /// @throws IllegalArgumentException if `kept` is negative
    public void truncate(long kept) {
        requireOpen();
        if (kept < 0) {
            throw new IllegalArgumentException("truncate to " + kept + ": a length starts at 0");
        }
        if (kept < length) {
            long end = length;
            // First the length, then the drops: a destructor that throws must not run again.
            length = kept;
            removed += end - kept;
            if (type.needsDrop()) {
                Drops.each(kept, end, i -> type.drop(raw.slot(i)));
            }
        }
    }

    /// Drops all elements, and keeps the block. Takes no time where they need no drop.
    public void clear() {
        truncate(0);
    }

    /// Makes room for at least this many more elements, and by doubling for more, so that many
    /// small steps cost no more than a large one.
    ///
    /// @param additional from 0
    /// @throws IllegalArgumentException if `additional` is negative, or so many are too large
    /// @throws OutOfMemoryError if the heap has no larger block
    public void reserve(long additional) {
        requireOpen();
        raw.reserve(length, additional);
    }

    private void reserveOne() {
        if (length == raw.capacity()) {
            reserve(1);
        }
    }

    /// Makes room for this many more elements and no others.
    ///
    /// @param additional from 0
    /// @throws IllegalArgumentException if `additional` is negative, or so many are too large
    /// @throws OutOfMemoryError if the heap has no larger block
    public void reserveExact(long additional) {
        requireOpen();
        raw.reserveExact(length, additional);
    }

    /// Gives back the room that no element uses.
    ///
    /// @throws OutOfMemoryError if the heap needs another block for that and has none
    public void shrinkToFit() {
        requireOpen();
        raw.shrinkTo(length);
    }

    /// Sorts the elements; equal ones keep their order. Only their bytes move: nothing is dropped
    /// or written anew.
    ///
    /// @param order what comes before what
    /// @throws ConcurrentModificationException if `order` changes the Vec
    public void sort(Comparator<? super T> order) {
        record Placed<T>(T value, int index) { }
        List<Placed<T>> placed = new ArrayList<>();
        for (T value : this) {
            placed.add(new Placed<>(value, placed.size()));
        }
        long seen = changes();
        placed.sort(Comparator.comparing(Placed::value, order));
        requireUnchanged(seen);
        raw.reorder(placed.stream().mapToInt(Placed::index).toArray());
    }

    /// The elements as they lie in memory, [#len()] times the element's padded size.
    ///
    /// @return a view that is good until the capacity changes or the Vec is closed
    public MemorySegment slice() {
        requireOpen();
        return raw.slots(0, length);
    }

    /// The elements from first to last. Adding or removing one in between is refused, as Rust's
    /// borrow checker refuses it: the block may have moved.
    @Override
    public Iterator<T> iterator() {
        requireOpen();
        return new Iterator<>() {
            private final long seen = changes();
            private long next;

            @Override public boolean hasNext() {
                return next < length;
            }

            @Override public T next() {
                requireUnchanged(seen);
                if (!hasNext()) {
                    throw new NoSuchElementException("all " + length + " elements were seen");
                }
                return get(next++);
            }
        };
    }

    /// Drops all elements, then frees the block, even if a destructor throws. Closing a closed Vec
    /// does nothing.
    @Override
    public void close() {
        if (raw.isClosed()) {
            return;
        }
        try {
            clear();
        } finally {
            raw.close();
        }
    }

    /// The elements in brackets, as `List` prints them.
    @Override
    public String toString() {
        if (raw.isClosed()) {
            return "a closed Vec";
        }
        StringJoiner elements = new StringJoiner(", ", "[", "]");
        forEach(value -> elements.add(String.valueOf(value)));
        return elements.toString();
    }

    private void requireElement(long index) {
        if (index < 0 || index >= length) {
            requireOpen();
            throw new IndexOutOfBoundsException("index " + index + ": this Vec has " + length
                    + " elements, the first at index 0");
        }
    }

    private void requireOpen() {
        if (raw.isClosed()) {
            throw new IllegalStateException("this Vec is closed: its block was freed");
        }
    }

    /// How often `length` has changed, so that an iterator sees that it is out of date: for every
    /// element that came, `length + removed`, and for every one that went.
    private long changes() {
        return length + removed + removed;
    }

    private void requireUnchanged(long seen) {
        if (changes() != seen) {
            throw new ConcurrentModificationException("the Vec was changed while it was walked;"
                    + " walk first, change then");
        }
    }
}
