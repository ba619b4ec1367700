package ch12;

import heapcraft.exercise.Brk;
import heapcraft.exercise.Malloc;

/// One list of all free blocks, and a block is a value that is read and written as a whole.
public final class MallocLab implements Malloc {

    /// A block as its tags describe it; `at` is where its header stands.
    private record Block(long at, long size, boolean live) {
        long end() {
            return at + size;
        }

        long payload() {
            return at + 8;
        }

        Block joined(Block right) {
            return new Block(at, size + right.size, live);
        }

        Block cutTo(long less) {
            return new Block(at, less, true);
        }

        Block restFrom(long used) {
            return new Block(at + used, size - used, false);
        }
    }

    private static final Block NONE = new Block(0, 0, true);

    private final Brk memory;
    private final long begin;
    /// The header of the first free block, or 0.
    private long head;

    public MallocLab(Brk memory) {
        this.memory = memory;
        this.begin = memory.start() + (memory.start() % 16 == 8 ? 0 : 8);
    }

    @Override
    public long malloc(long size) {
        long needed = blockSize(size);
        Block found = firstFit(needed);
        if (found == NONE) {
            found = fresh(needed);
        } else {
            forget(found);
        }
        return found == NONE ? 0 : handOut(found, needed);
    }

    @Override
    public void free(long address) {
        if (address != 0) {
            keep(withFreeNeighbours(read(address - 8)));
        }
    }

    @Override
    public long realloc(long address, long size) {
        if (address == 0) {
            return malloc(size);
        }
        long needed = blockSize(size);
        Block block = read(address - 8);
        Block right = block.end() < memory.end() ? read(block.end()) : NONE;
        long room = right.live ? block.size : block.size + right.size;
        boolean last = block.at + room == memory.end();
        if (room < needed && last && memory.grow(round(needed - room)) == 0) {
            last = false;
        }
        if (room >= needed || last) {
            if (!right.live) {
                forget(right);
            }
            return handOut(new Block(block.at, Math.max(room, needed), true), needed);
        }
        long moved = malloc(size);
        if (moved != 0) {
            memory.copy(address, moved, Math.min(size, block.size - 16));
            free(address);
        }
        return moved;
    }

    /// Far too much stays far too much: no memory is that large.
    private static long blockSize(long size) {
        return size < 0 || size > 1L << 61 ? 1L << 62 : Math.max(32, round(size + 16));
    }

    private static long round(long size) {
        return (size + 15) / 16 * 16;
    }

    private long handOut(Block block, long needed) {
        if (block.size - needed >= 32) {
            write(block.cutTo(needed));
            keep(withFreeNeighbours(block.restFrom(needed)));
        } else {
            write(block.cutTo(block.size));
        }
        return block.payload();
    }

    private Block withFreeNeighbours(Block block) {
        if (block.end() < memory.end()) {
            Block right = read(block.end());
            if (!right.live) {
                forget(right);
                block = block.joined(right);
            }
        }
        if (block.at > begin) {
            long tag = memory.getLong(block.at - 8);
            if ((tag & 1) == 0) {
                Block left = read(block.at - tag);
                forget(left);
                block = left.joined(block);
            }
        }
        return block;
    }

    private Block firstFit(long needed) {
        for (long at = head; at != 0; at = memory.getLong(at + 8)) {
            Block block = read(at);
            if (block.size >= needed) {
                return block;
            }
        }
        return NONE;
    }

    private Block fresh(long needed) {
        if (memory.end() < begin && memory.grow(begin - memory.end()) == 0) {
            return NONE;
        }
        long at = memory.grow(needed);
        return at == 0 ? NONE : new Block(at, needed, true);
    }

    private Block read(long at) {
        long tag = memory.getLong(at);
        return new Block(at, tag & -16, (tag & 1) == 1);
    }

    private void write(Block block) {
        long tag = block.size + (block.live ? 1 : 0);
        memory.putLong(block.at, tag);
        memory.putLong(block.end() - 8, tag);
    }

    private void keep(Block block) {
        write(new Block(block.at, block.size, false));
        memory.putLong(block.at + 8, head);
        memory.putLong(block.at + 16, 0);
        if (head != 0) {
            memory.putLong(head + 16, block.at);
        }
        head = block.at;
    }

    private void forget(Block block) {
        long next = memory.getLong(block.at + 8);
        long previous = memory.getLong(block.at + 16);
        if (next != 0) {
            memory.putLong(next + 16, previous);
        }
        if (previous != 0) {
            memory.putLong(previous + 8, next);
        } else {
            head = next;
        }
    }
}
