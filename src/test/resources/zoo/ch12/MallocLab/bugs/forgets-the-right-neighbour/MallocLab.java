// Two free blocks side by side: who joins them, if the left one comes back last?
// killed by: joins_a_free_block_with_its_right_neighbour, joins_three_in_one
package ch12;

import heapcraft.exercise.Brk;
import heapcraft.exercise.Malloc;

/// Stages 1 to 5 in the plainest way: no lists, a walk from header to header, and every block has
/// its size and its bit at both ends.
public final class MallocLab implements Malloc {

    private static final long TAGS = 16;

    private final Brk memory;
    private long first;

    public MallocLab(Brk memory) {
        this.memory = memory;
    }

    @Override
    public long malloc(long size) {
        long needed = round(size);
        if (needed < 0) {
            return 0;
        }
        if (first == 0) {
            long gap = memory.start() % 16 == 8 ? 0 : 8;
            if (gap > 0 && memory.grow(gap) == 0) {
                return 0;
            }
            first = memory.end();
        }
        long at = first;
        while (at < memory.end() && !(isFree(at) && size(at) >= needed)) {
            at += size(at);
        }
        if (at == memory.end()) {
            if (!grow(needed)) {
                return 0;
            }
            at = memory.end() - needed;
        }
        cut(at, size(at), needed);
        return at + 8;
    }

    @Override
    public void free(long address) {
        if (address == 0) {
            return;
        }
        long at = address - 8;
        long end = at + size(at);
        if (at > first && isFree(at - 8)) {
            at -= size(at - 8);
        }
        tag(at, end - at, 0);
    }

    @Override
    public long realloc(long address, long size) {
        if (address == 0) {
            return malloc(size);
        }
        long needed = round(size);
        if (needed < 0) {
            return 0;
        }
        long at = address - 8;
        long old = size(at);
        long have = old;
        if (at + have < memory.end() && isFree(at + have)) {
            have += size(at + have);
        }
        if (have < needed && at + have == memory.end() && memory.grow(needed - have) != 0) {
            have = needed;
        }
        if (have >= needed) {
            cut(at, have, needed);
            return address;
        }
        long moved = malloc(size);
        if (moved != 0) {
            memory.copy(address, moved, old - TAGS);
            free(address);
        }
        return moved;
    }

    private static long round(long size) {
        return size < 0 || size > Long.MAX_VALUE - 64 ? -1 : size + TAGS + 15 & -16;
    }

    private long size(long tag) {
        return memory.getLong(tag) & -16;
    }

    private boolean isFree(long tag) {
        return (memory.getLong(tag) & 1) == 0;
    }

    private void tag(long at, long size, long live) {
        memory.putLong(at, size | live);
        memory.putLong(at + size - 8, size | live);
    }

    /// Takes the front of what is free or one's own anyway.
    private void cut(long at, long have, long needed) {
        long rest = have - needed;
        if (rest < 32) {
            tag(at, have, 1);
        } else {
            tag(at, needed, 1);
            tag(at + needed, rest, 0);
        }
    }

    /// Makes a free block of at least this size at the end.
    private boolean grow(long needed) {
        long end = memory.end();
        long have = end > first && isFree(end - 8) ? size(end - 8) : 0;
        if (memory.grow(needed - have) == 0) {
            return false;
        }
        tag(end - have, needed, 0);
        return true;
    }
}
