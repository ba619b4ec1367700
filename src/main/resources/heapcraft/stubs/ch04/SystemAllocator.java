package ch04;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.CLibrary;
import java.lang.foreign.MemorySegment;

/// Rust's `System` for Linux and macOS: the contract of a heap, kept with the functions of C.
///
/// The idea: a layout asks for a size *and* an alignment, `malloc` takes only a size. What `malloc`
/// promises is enough for most layouts. For the others there is `posix_memalign`, and it has no
/// sister that zeroes or resizes: that part is written by hand.
///
/// Be graded: `./lab grade SystemAllocator`, `mvn test -Dexercise=SystemAllocator`, or
/// `check("SystemAllocator")` in the notebook. The library's `SystemAlloc` is not allowed here: you
/// build it.
///
/// The functions of C come as an argument, `c`, with blocks that know their length:
///
/// | in C | here | answers |
/// |---|---|---|
/// | `malloc(n)` | `c.malloc(n)` | a block or `NULL` |
/// | `calloc(count, n)` | `c.calloc(count, n)` | a block of zeros or `NULL` |
/// | `realloc(p, n)` | `c.realloc(block, n)` | a block or `NULL`; then the old one is as it was |
/// | `posix_memalign(&p, a, n)` | `c.posixMemalign(out, a, n)` | 0, or the number of an error |
/// | `free(p)` | `c.free(block)` | nothing |
///
/// `out` is a `MemorySegment[]` of one element: where the call succeeds, the block is in it.
public final class SystemAllocator implements GlobalAlloc {

    /// Every `malloc` aligns blocks of at least 16 bytes to 16, and smaller ones perhaps to no more
    /// than their size.
    private static final long MALLOC_ALIGNMENT = 16;
    /// `posix_memalign` takes no alignment below the size of a pointer.
    private static final long POINTER = 8;

    private final CLibrary c;

    /// @param c the functions of C
    public SystemAllocator(CLibrary c) {
        this.c = c;
    }

    /// Whether a block from `malloc` is aligned as a layout asks, whatever library it is.
    public static boolean mallocSuffices(Layout layout) {
        throw todo("say for which layouts malloc is enough");
    }

    /// A new block, from `malloc` where that suffices, and from `posix_memalign` where not.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the layout's size is 0
    @Override
    public MemorySegment alloc(Layout layout) {
        throw todo("get a block that is aligned as the layout asks");
    }

    /// Gives a block back, wherever in C it came from.
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        throw todo("give the block back to C");
    }

    /// A new block whose bytes are all 0: from `calloc`, which knows what is 0 already, where
    /// `malloc` would suffice.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the layout's size is 0
    @Override
    public MemorySegment allocZeroed(Layout layout) {
        throw todo("get a block of zeros, from C where C can do it");
    }

    /// The block with another size, by C's `realloc` if `malloc` suffices for the old *and* the new
    /// layout; otherwise by a new block, a copy and `free`.
    ///
    /// @return `MemorySegment.NULL` if there is no memory: the old block is as it was
    /// @throws IllegalArgumentException if no block has that size
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        throw todo("resize the block, by C where that keeps the alignment");
    }
}
