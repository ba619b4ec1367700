package ch12;

import heapcraft.exercise.Brk;
import heapcraft.exercise.Malloc;

/// A heap of your own, with `malloc`, `free` and `realloc`, on memory that only grows at its end.
///
/// The idea: all that the heap knows stands in the memory itself, in front of each block, and
/// inside those that are free.
///
/// ```text
///   +--------+----------------+--------+----------------+-----+
///   | header | payload        | header | free     footer| end |
///   +--------+----------------+--------+----------------+-----+
///            ^ what malloc returns: a multiple of 16
/// ```
///
/// The road, stage by stage; each one runs before the next begins:
///
/// 1. *Bump* (6 points). A header with the size, the payload behind it, and `grow` for each block.
///    0 where there is no memory, and nothing is lost by asking. The memory begins at any multiple
///    of 8, and `grow` takes multiples of 8.
/// 2. *Use again* (5 points, and 9 for what stays right). `free` clears a bit in the header;
///    `malloc` walks from header to header and takes the first free block that is large enough.
///    `realloc` is a new block, a copy and a `free`. From here on, calls come in any order.
/// 3. *Split* (3 points). What is too large becomes two blocks, where the rest can be one. The
///    measured points go down; stage 4 brings them back.
/// 4. *Join* (9 points). A free block and its free neighbours become one. The right one begins
///    where this one ends; for the left one, a free block repeats its size at its end.
/// 5. *Resize* (7 points, and 10 for few bytes moved). `realloc` first looks whether the block can
///    stay where it is: smaller, or larger by its right neighbour or by the end of the memory.
/// 6. *Few steps* (15 points). Free blocks know the next free one; a list for each kind of size.
/// 7. *Little waste* (15 points). No footer where nobody reads it, no more memory than is needed.
///
/// 1 point is for keeping no books beside the memory. What is counted, steps, bytes moved and
/// memory, has no line to jump over: each improvement earns something, up to what the course's
/// solution reaches. Nothing is counted for a heap that is wrong, or that uses little again.
///
/// Be graded: `./lab grade MallocLab`, `mvn test -Dexercise=MallocLab`, or `check("MallocLab")` in
/// the notebook. What you keep in fields may be 64 numbers at most; the rest stands in the memory.
/// Collections, segments and the library's own heaps are not allowed here.
public final class MallocLab implements Malloc {

    /// Every payload's address is a multiple of this.
    private static final long ALIGNMENT = 16;
    /// A header is one number: a size, which is a multiple of 16 and so leaves four bits.
    private static final long HEADER = 8;
    private static final long LIVE = 1;
    /// Whether the left neighbour is handed out: if so, nobody needs its footer, and it has none.
    private static final long LEFT_LIVE = 2;
    /// Header, next, previous and footer of a free block.
    private static final long SMALLEST = 32;

    private final Brk memory;
    /// By list: the first free block, or 0.
    private final long[] heads = new long[60];
    /// Bit `i` is set where list `i` is not empty.
    private long filled;

    /// @param memory nobody else uses it, and it is still empty
    public MallocLab(Brk memory) {
        this.memory = memory;
    }

    @Override
    public long malloc(long size) {
        long needed = blockSize(size);
        if (needed == 0) {
            return 0;
        }
        long block = find(needed);
        if (block == 0) {
            block = extend(needed);
            if (block == 0) {
                return 0;
            }
        }
        unlink(block);
        take(block, sizeOf(memory.getLong(block)), needed, LEFT_LIVE);
        return block + HEADER;
    }

    @Override
    public void free(long address) {
        if (address != 0) {
            release(address - HEADER, memory.getLong(address - HEADER));
        }
    }

    @Override
    public long realloc(long address, long size) {
        if (address == 0) {
            return malloc(size);
        }
        long needed = blockSize(size);
        if (needed == 0) {
            return 0;
        }
        long block = address - HEADER;
        long header = memory.getLong(block);
        long have = sizeOf(header);
        if (have >= needed) {
            shrink(block, header, needed);
            return address;
        }
        long right = block + have;
        long more = freeSizeOf(right);
        if (have + more < needed && isEnd(right + more)
                && extend(Math.max(SMALLEST, needed - have)) != 0) {
            more = freeSizeOf(right);
        }
        if (have + more >= needed) {
            unlink(right);
            take(block, have + more, needed, header & LEFT_LIVE);
            return address;
        }
        long moved = malloc(size);
        if (moved != 0) {
            memory.copy(address, moved, have - HEADER);
            free(address);
        }
        return moved;
    }

    /// How many bytes a block needs for a payload; 0 if there is no such number.
    private static long blockSize(long size) {
        if (size < 0 || size > Long.MAX_VALUE - SMALLEST) {
            return 0;
        }
        return Math.max(SMALLEST, size + HEADER + ALIGNMENT - 1 & -ALIGNMENT);
    }

    private static long sizeOf(long header) {
        return header & -ALIGNMENT;
    }

    /// The size of a free block; 0 if it is not free.
    private long freeSizeOf(long block) {
        long header = memory.getLong(block);
        return (header & LIVE) == 0 ? sizeOf(header) : 0;
    }

    /// Whether that is the mark behind the last block: a live block of size 0.
    private boolean isEnd(long block) {
        return block == memory.end() - HEADER;
    }

    /// Hands out the front of a free block that is in no list; the rest becomes free, if it is
    /// large enough to be a block.
    private void take(long block, long have, long needed, long leftLive) {
        if (have - needed >= SMALLEST) {
            memory.putLong(block, needed | LIVE | leftLive);
            makeFree(block + needed, have - needed);
        } else {
            memory.putLong(block, have | LIVE | leftLive);
            memory.putLong(block + have, memory.getLong(block + have) | LEFT_LIVE);
        }
    }

    /// Gives the rest of a live block back.
    private void shrink(long block, long header, long needed) {
        long rest = sizeOf(header) - needed;
        if (rest >= SMALLEST) {
            memory.putLong(block, needed | header & (LIVE | LEFT_LIVE));
            release(block + needed, rest | LIVE | LEFT_LIVE);
        }
    }

    /// Makes a live block free and joins it with its free neighbours.
    private void release(long block, long header) {
        long size = sizeOf(header);
        long right = block + size;
        long rightHeader = memory.getLong(right);
        if ((rightHeader & LIVE) == 0) {
            unlink(right);
            size += sizeOf(rightHeader);
        } else {
            memory.putLong(right, rightHeader & ~LEFT_LIVE);
        }
        if ((header & LEFT_LIVE) == 0) {
            // The boundary tag: the left neighbour's size stands right in front of this header.
            long left = memory.getLong(block - HEADER);
            block -= left;
            size += left;
            unlink(block);
        }
        makeFree(block, size);
    }

    /// Writes a free block and puts it into its list. Its neighbours are live.
    private void makeFree(long block, long size) {
        memory.putLong(block, size | LEFT_LIVE);
        memory.putLong(block + size - HEADER, size);
        link(block, size);
    }

    /// A free block of at least this size at the end of the memory, which grows by what is missing.
    private long extend(long needed) {
        if (memory.size() == 0 && !begin()) {
            return 0;
        }
        long end = memory.end() - HEADER;
        long endHeader = memory.getLong(end);
        long left = (endHeader & LEFT_LIVE) == 0 ? memory.getLong(end - HEADER) : 0;
        if (memory.grow(needed - left) == 0) {
            return 0;
        }
        if (left > 0) {
            unlink(end - left);
        }
        memory.putLong(memory.end() - HEADER, LIVE);
        makeFree(end - left, needed);
        return end - left;
    }

    /// The end mark of an empty heap, placed so that payloads behind it are aligned.
    private boolean begin() {
        long padding = -(memory.start() + HEADER) & ALIGNMENT - 1;
        if (memory.grow(padding + HEADER) == 0) {
            return false;
        }
        memory.putLong(memory.end() - HEADER, LIVE | LEFT_LIVE);
        return true;
    }

    /// The list for a size: one for each size up to 512, then one for each power of two.
    private static int listOf(long size) {
        return size <= 512 ? (int) (size / ALIGNMENT) - 2
                : Math.min(59, 22 + Long.SIZE - 1 - Long.numberOfLeadingZeros(size - 1));
    }

    /// The first free block with room, from the list with the smallest sizes on; 0 for none.
    private long find(long needed) {
        int first = listOf(needed);
        for (long lists = filled >>> first << first; lists != 0; lists &= lists - 1) {
            long block = heads[Long.numberOfTrailingZeros(lists)];
            for (; block != 0; block = memory.getLong(block + 8)) {
                if (sizeOf(memory.getLong(block)) >= needed) {
                    return block;
                }
            }
        }
        return 0;
    }

    private void link(long block, long size) {
        int list = listOf(size);
        long next = heads[list];
        memory.putLong(block + 8, next);
        memory.putLong(block + 16, 0);
        if (next != 0) {
            memory.putLong(next + 16, block);
        }
        heads[list] = block;
        filled |= 1L << list;
    }

    private void unlink(long block) {
        long next = memory.getLong(block + 8);
        long previous = memory.getLong(block + 16);
        if (next != 0) {
            memory.putLong(next + 16, previous);
        }
        if (previous != 0) {
            memory.putLong(previous + 8, next);
            return;
        }
        int list = listOf(sizeOf(memory.getLong(block)));
        heads[list] = next;
        if (next == 0) {
            filled &= ~(1L << list);
        }
    }
}
