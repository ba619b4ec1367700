package ch04;

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
        return layout.byteAlignment() <= MALLOC_ALIGNMENT
                && layout.byteAlignment() <= layout.byteSize();
    }

    /// A new block, from `malloc` where that suffices, and from `posix_memalign` where not.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the layout's size is 0
    @Override
    public MemorySegment alloc(Layout layout) {
        requireSize(layout.byteSize());
        return mallocSuffices(layout) ? c.malloc(layout.byteSize()) : aligned(layout);
    }

    private static void requireSize(long byteSize) {
        if (byteSize == 0) {
            throw new IllegalArgumentException("size 0: a heap block has at least 1 byte");
        }
    }

    private MemorySegment aligned(Layout layout) {
        var out = new MemorySegment[1];
        long alignment = Math.max(layout.byteAlignment(), POINTER);
        int error = c.posixMemalign(out, alignment, layout.byteSize());
        // Only the error code counts: after a failure out[0] may hold anything.
        return error == 0 ? out[0] : MemorySegment.NULL;
    }

    /// Gives a block back, wherever in C it came from.
    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        c.free(block);
    }

    /// A new block whose bytes are all 0: from `calloc`, which knows what is 0 already, where
    /// `malloc` would suffice.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
    /// @throws IllegalArgumentException if the layout's size is 0
    @Override
    public MemorySegment allocZeroed(Layout layout) {
        if (mallocSuffices(layout)) {
            return c.calloc(layout.byteSize(), 1);
        }
        MemorySegment block = alloc(layout);
        return GlobalAlloc.isNull(block) ? block : block.fill((byte) 0);
    }

    /// The block with another size, by C's `realloc` if `malloc` suffices for the old *and* the new
    /// layout; otherwise by a new block, a copy and `free`.
    ///
    /// @return `MemorySegment.NULL` if there is no memory: the old block is as it was
    /// @throws IllegalArgumentException if no block has that size
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        requireSize(newSize);
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        // A smaller block may be too small for its alignment, so the new size is asked too.
        if (mallocSuffices(layout) && mallocSuffices(wanted)) {
            return c.realloc(block, newSize);
        }
        MemorySegment moved = alloc(wanted);
        if (!GlobalAlloc.isNull(moved)) {
            MemorySegment.copy(block, 0, moved, 0, Math.min(layout.byteSize(), newSize));
            c.free(block);
        }
        return moved;
    }
}
