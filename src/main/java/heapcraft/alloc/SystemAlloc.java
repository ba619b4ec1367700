package heapcraft.alloc;

import java.lang.foreign.MemorySegment;

/// The platform's own heap: `malloc`, `free` and their family, called through the JDK's `Linker`.
///
/// ```java
/// GlobalAlloc heap = new SystemAlloc();
/// MemorySegment page = heap.alloc(new Layout(4096, 4096));   // alive until dealloc
/// ```
///
/// A block lives until it is given back or the process ends; closing an arena does not free it.
/// Any number of threads may share one instance, and all instances are the same heap.
///
/// `LD_PRELOAD` does not move it: the linker's default lookup asks the C library and nobody else, for
/// `malloc` as for `free`. The JVM's own calls do move, and so does `Arena`: see [SymbolOwner].
///
/// Linux and macOS: `malloc`, `calloc`, `realloc`, `posix_memalign`, `free`, chosen by the rules of
/// Rust's [std::sys::alloc::unix](https://doc.rust-lang.org/src/std/sys/alloc/unix.rs.html); on
/// macOS they stand on `malloc` zones. Windows: `_aligned_malloc` and `_aligned_free`, which stand
/// on `HeapAlloc` (not tried on Windows yet).
public record SystemAlloc() implements GlobalAlloc {

    /// Every `malloc` promises this alignment, in bytes, for sizes from this one up: that of C's
    /// `max_align_t` on 64-bit machines.
    private static final long MALLOC_ALIGNMENT = 16;

    @Override
    public MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        long address = mallocSuffices(layout)
                ? CHeap.malloc(layout.byteSize())
                : CHeap.alignedMalloc(layout.byteSize(), layout.byteAlignment());
        return CHeap.block(address, layout.byteSize());
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        CHeap.free(block.address(), layout.byteSize());
    }

    /// A zeroed block. `calloc` knows which pages the kernel has just zeroed and leaves them
    /// alone; it has no aligned sister, so the rest is zeroed by hand.
    @Override
    public MemorySegment allocZeroed(Layout layout) {
        if (!mallocSuffices(layout)) {
            return GlobalAlloc.super.allocZeroed(layout);
        }
        Contract.requireSize(layout.byteSize());
        return CHeap.block(CHeap.calloc(layout.byteSize()), layout.byteSize());
    }

    /// A resized block. C's `realloc` promises no more than [#MALLOC_ALIGNMENT], so a stricter
    /// layout moves by hand.
    @Override
    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        Contract.requireSize(newSize);
        Contract.requireSameSize(block, layout);
        if (!mallocSuffices(wanted)) {
            return GlobalAlloc.super.realloc(block, layout, newSize);
        }
        return CHeap.block(CHeap.realloc(block.address(), newSize), newSize);
    }

    /// Small blocks may be aligned to no more than their own size: jemalloc gives an 8-byte block
    /// an 8-byte alignment, and `malloc` can be jemalloc.
    static boolean mallocSuffices(Layout layout) {
        return layout.byteAlignment() <= MALLOC_ALIGNMENT
                && layout.byteAlignment() <= layout.byteSize();
    }
}
