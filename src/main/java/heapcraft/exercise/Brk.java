package heapcraft.exercise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Memory that only grows at its end, as a process gets it from `sbrk`, and that counts what is
/// done to it: work is judged by counts, which are the same on every machine.
///
/// ```java
/// Brk memory = new Brk();
/// long first = memory.grow(32);          // 32 bytes more, full of dirt; 0 if there are none
/// memory.putLong(first, 4711);
/// memory.getLong(first);                 // 4711
/// memory.copy(first, first + 16, 8);
/// memory.steps();                        // 2: one write, one read
/// memory.moved();                        // 8 bytes
/// ```
///
/// Addresses are numbers of its own, not those of the machine; each is a multiple of 16 exactly if
/// the machine's is. The first one is a multiple of 8 and of nothing more that one may count on.
/// What lies outside of `start()` to `end()` does not exist: touching it is an exception, not a
/// crash. So is the ten millionth step: whoever walks that far walks in a circle. For one thread; it
/// lives as long as anybody holds it.
public final class Brk {

    /// What every address is a multiple of that a number is read from or written to.
    public static final long WORD = 8;

    private static final long PAGE = 4096;
    private static final long MOST_STEPS = 10_000_000;
    private static final byte NEVER_WRITTEN = (byte) 0xA5;

    /// Begins at a page, as address 4096 of this memory does.
    private final MemorySegment memory;
    private final long start;
    private final long last;
    private long end;
    private long steps;
    private long moved;
    private long growths;

    /// Memory that can grow to 1 MiB.
    public Brk() {
        this(1 << 20);
    }

    /// Memory that can grow up to a limit.
    ///
    /// @param limit in bytes, a multiple of 8
    public Brk(long limit) {
        this(limit, WORD);
    }

    /// The same with a beginning of one's choice.
    ///
    /// @param offset how many bytes the first address lies behind a page, a multiple of 8
    /// @throws IllegalArgumentException if one of the two is no multiple of 8, or negative
    public Brk(long limit, long offset) {
        if (limit < 0 || offset < 0 || limit % WORD != 0 || offset % WORD != 0) {
            throw new IllegalArgumentException("limit and offset are multiples of 8, not " + limit
                    + " and " + offset);
        }
        memory = Arena.ofAuto().allocate(offset + limit + WORD, PAGE).fill(NEVER_WRITTEN);
        start = PAGE + offset;
        last = start + limit;
        end = start;
    }

    /// Makes the memory larger.
    ///
    /// @param bytes how many bytes more, a multiple of 8, at least 8
    /// @return the address of the first new byte, which was the end; 0 if there is no more memory,
    ///         and then nothing has changed
    /// @throws IllegalArgumentException if `bytes` is no such number
    public long grow(long bytes) {
        if (bytes < WORD || bytes % WORD != 0) {
            throw new IllegalArgumentException("grow(" + bytes
                    + "): memory grows by a multiple of 8 bytes, at least 8");
        }
        growths++;
        if (bytes > last - end) {
            return 0;
        }
        end += bytes;
        return end - bytes;
    }

    /// Reads eight bytes as a number: one step.
    ///
    /// @param address a multiple of 8
    /// @throws IllegalArgumentException if it is none
    /// @throws IndexOutOfBoundsException if there is no memory
    /// @throws IllegalStateException after ten million steps
    public long getLong(long address) {
        step();
        return memory.get(ValueLayout.JAVA_LONG, word("getLong", address));
    }

    /// Writes a number of eight bytes: one step.
    ///
    /// @param address a multiple of 8
    /// @throws IllegalArgumentException if it is none
    /// @throws IndexOutOfBoundsException if there is no memory
    /// @throws IllegalStateException after ten million steps
    public void putLong(long address, long value) {
        step();
        memory.set(ValueLayout.JAVA_LONG, word("putLong", address), value);
    }

    /// Copies bytes, as if through a place of their own should both parts overlap.
    ///
    /// @param from  the address of the first byte to read
    /// @param to    the address of the first byte to write
    /// @param bytes how many, 0 or more
    /// @throws IndexOutOfBoundsException if one of the parts reaches out of the memory
    public void copy(long from, long to, long bytes) {
        String call = "copy(" + hex(from) + ", " + hex(to) + ", " + bytes + ")";
        long read = inside(call, from, bytes);
        long written = inside(call, to, bytes);
        moved += bytes;
        MemorySegment.copy(memory, read, memory, written, bytes);
    }

    /// The address of the first byte.
    public long start() {
        return start;
    }

    /// The address behind the last byte.
    public long end() {
        return end;
    }

    /// How many bytes there are by now.
    public long size() {
        return end - start;
    }

    /// How many numbers were read or written.
    public long steps() {
        return steps;
    }

    /// How many bytes were copied.
    public long moved() {
        return moved;
    }

    /// How often somebody asked for more memory.
    public long growths() {
        return growths;
    }

    /// A part of this memory, for whoever stands outside of the allocator: nothing is counted.
    MemorySegment slice(String call, long address, long bytes) {
        return memory.asSlice(inside(call, address, bytes), bytes);
    }

    /// The address of a part's first byte.
    long addressOf(MemorySegment part) {
        return translated(part.address());
    }

    /// The machine's address as one of this memory's; any other number as it is.
    long translated(long machine) {
        long offset = machine - memory.address();
        return offset >= 0 && offset <= memory.byteSize() ? offset + PAGE : machine;
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new IllegalStateException("ten million steps: a walk or a list goes in a circle");
        }
    }

    private long word(String method, long address) {
        if (address % WORD != 0) {
            throw new IllegalArgumentException(method + "(" + hex(address)
                    + "): the address of a number is a multiple of 8");
        }
        if (address < start || address > end - WORD) {
            throw outside(method + "(" + hex(address) + ")");
        }
        return address - PAGE;
    }

    /// The place in the segment, if all bytes are there.
    private long inside(String call, long address, long bytes) {
        if (bytes < 0 || address < start || address > end || bytes > end - address) {
            throw outside(call);
        }
        return address - PAGE;
    }

    private IndexOutOfBoundsException outside(String call) {
        return new IndexOutOfBoundsException(call + ": there is memory from " + hex(start) + " to "
                + hex(end) + " only");
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
