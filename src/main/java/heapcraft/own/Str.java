package heapcraft.own;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.Global;
import heapcraft.alloc.GlobalAlloc;
import java.lang.foreign.MemorySegment;
import java.util.NoSuchElementException;

/// A growing text in UTF-8: Rust's `String`, a Vec of bytes that are always valid UTF-8.
///
/// ```java
/// try (Str greeting = Str.of("안녕")) {
///     greeting.pushStr(", heap");
///     greeting.len();                 // 12: two letters of 3 bytes, then 6 of 1
/// }                                   // the bytes are freed here
/// ```
///
/// Lengths and indices count bytes, not letters; an index must lie between two characters. The
/// bytes live until the Str is closed, and move when it grows. When the heap has no memory, the
/// call throws `OutOfMemoryError` and the text is as it was. A Str is not thread-safe.
///
/// Follows Rust's [String](https://doc.rust-lang.org/alloc/string/struct.String.html).
public final class Str implements AutoCloseable {

    private final Vec<Byte> bytes;

    private Str(Vec<Byte> bytes) {
        this.bytes = bytes;
    }

    /// {@return this text on the global heap: Rust's `String::from`}
    ///
    /// @param text what it begins with
    /// @throws IllegalArgumentException if half a surrogate pair stands alone in it
    /// @throws OutOfMemoryError if the heap has no block
    public static Str of(CharSequence text) {
        Str str = in(Global.allocator());
        str.pushStr(text);
        return str;
    }

    /// {@return an empty text that will live on this heap}
    ///
    /// @param heap where the block comes from and goes back to
    public static Str in(Allocator heap) {
        return new Str(Vec.in(heap, Type.BYTE));
    }

    /// {@return an empty text that will live on this heap}
    ///
    /// @param heap where the block comes from and goes back to
    public static Str in(GlobalAlloc heap) {
        return in(heap.asAllocator());
    }

    /// {@return the length in bytes}
    public long len() {
        return bytes.len();
    }

    /// {@return whether there is no character}
    public boolean isEmpty() {
        return bytes.isEmpty();
    }

    /// {@return how many bytes fit before the block has to grow}
    public long capacity() {
        return bytes.capacity();
    }

    /// Appends one character.
    ///
    /// @param codePoint a Unicode code point; a `char` will do
    /// @throws IllegalArgumentException if it is none, or half a surrogate pair
    /// @throws OutOfMemoryError if the heap has no larger block
    public void push(int codePoint) {
        pushStr(Character.toString(codePoint));
    }

    /// Appends a text.
    ///
    /// @param text what to append
    /// @throws IllegalArgumentException if half a surrogate pair stands alone in it
    /// @throws OutOfMemoryError if the heap has no larger block
    public void pushStr(CharSequence text) {
        insert(len(), text);
    }

    /// Puts a text before the byte at `index`.
    ///
    /// @param index from 0 to [#len()], in bytes
    /// @param text  what to put there
    /// @throws IllegalArgumentException if half a surrogate pair stands alone in it
    /// @throws IndexOutOfBoundsException if `index` is not between two characters
    /// @throws OutOfMemoryError if the heap has no larger block
    public void insert(long index, CharSequence text) {
        requireBoundary(index);
        bytes.insertBytes(index, Utf8.encode(text));
    }

    /// Removes the last character.
    ///
    /// @return its code point
    /// @throws NoSuchElementException if the text is empty
    public int pop() {
        if (isEmpty()) {
            throw new NoSuchElementException("pop on an empty Str");
        }
        long start = len() - 1;
        while (!isBoundary(start)) {
            start--;
        }
        int last = text(start, len()).codePointAt(0);
        truncate(start);
        return last;
    }

    /// Cuts the text off before the byte at `index`, and keeps the block. A larger `index` than
    /// [#len()] changes nothing.
    ///
    /// @param index how many bytes to keep
    /// @throws IndexOutOfBoundsException if `index` is negative or inside a character
    public void truncate(long index) {
        if (index < len()) {
            requireBoundary(index);
            bytes.truncate(index);
        }
    }

    /// Removes all characters, and keeps the block.
    public void clear() {
        bytes.clear();
    }

    /// Makes room for at least this many more bytes, and by doubling for more.
    ///
    /// @param additional from 0, in bytes
    /// @throws IllegalArgumentException if `additional` is negative, or so many are too large
    /// @throws OutOfMemoryError if the heap has no larger block
    public void reserve(long additional) {
        bytes.reserve(additional);
    }

    /// Gives back the room that no character uses.
    ///
    /// @throws OutOfMemoryError if the heap needs another block for that and has none
    public void shrinkToFit() {
        bytes.shrinkToFit();
    }

    /// {@return whether the byte at `index` begins a character, or the text ends there}
    ///
    /// @param index any; outside of the text is no boundary
    public boolean isBoundary(long index) {
        // 10xxxxxx is a byte inside a character.
        return index == 0 || index == len()
                || index > 0 && index < len() && (bytes.get(index) & 0xC0) != 0x80;
    }

    /// The text's bytes as they lie in memory.
    ///
    /// @return a read-only view that is good until the capacity changes or the Str is closed
    public MemorySegment slice() {
        return bytes.slice().asReadOnly();
    }

    /// Frees the bytes. Closing a closed Str does nothing.
    @Override
    public void close() {
        bytes.close();
    }

    /// A Java copy of the text.
    ///
    /// @throws IllegalStateException if the Str is closed
    @Override
    public String toString() {
        return text(0, len());
    }

    private String text(long from, long to) {
        byte[] copy = new byte[Math.toIntExact(to - from)];
        MemorySegment.ofArray(copy).copyFrom(bytes.slice().asSlice(from, to - from));
        return Utf8.decode(copy);
    }

    private void requireBoundary(long index) {
        if (!isBoundary(index)) {
            throw new IndexOutOfBoundsException("byte index " + index
                    + " is not between two characters of a text of " + len() + " bytes");
        }
    }
}
