package ch12;

import static heapcraft.exercise.Todo.todo;

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
    /// In front of each payload stands one number: the block's size, which is a multiple of 16, and
    /// in its lowest bit whether it is handed out. More bits are free for what you need.
    private static final long HEADER = 8;

    private final Brk memory;

    /// @param memory nobody else uses it, and it is still empty
    public MallocLab(Brk memory) {
        this.memory = memory;
    }

    /// A new block.
    ///
    /// @param size its size in bytes, at least 1; a negative number is a size that nobody has
    /// @return its address, a multiple of 16, or 0 if there is no memory
    @Override
    public long malloc(long size) {
        throw todo("hand out a block: first by growing the memory for each");
    }

    /// Gives a block back; 0 does nothing.
    @Override
    public void free(long address) {
        throw todo("make the block one that malloc can find again");
    }

    /// Another size for a block, with its contents as far as they fit.
    ///
    /// @param address a live block's address; 0 asks for a new block
    /// @return its address from now on, or 0 if there is no memory, and then the block is as it was
    @Override
    public long realloc(long address, long size) {
        throw todo("give the block another size: first by moving it, later where it stands");
    }
}
