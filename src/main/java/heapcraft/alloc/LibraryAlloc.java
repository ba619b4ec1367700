package heapcraft.alloc;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A heap that a native library brings: jemalloc, mimalloc or tcmalloc, called as it is, with no
/// Java code of anybody else's in between.
///
/// ```java
/// for (LibraryAlloc heap : LibraryAlloc.present()) {
///     System.out.println(heap);               // jemalloc 5.3.0 (/usr/lib/…/libjemalloc.so.2)
///     System.out.println(heap.statistics());
/// }
/// ```
///
/// All instances of one class are the same heap. Any number of threads may share it. A block lives
/// until it is given back to the same class of heap, or the process ends. `malloc` and `free` of
/// one heap always come from one library: [#path()] says from which file.
///
/// Alignments follow Rust's rules, as in [SystemAlloc]; what `malloc` does not promise is asked of
/// the library's own aligned functions.
public abstract sealed class LibraryAlloc implements GlobalAlloc
        permits Jemalloc, Mimalloc, Tcmalloc {

    LibraryAlloc() { }

    /// The heap's functions: a constant of the class.
    abstract NativeHeap heap();

    abstract NativeLibrary library();

    /// {@return the heaps of this kind that this machine has}
    public static List<LibraryAlloc> present() {
        List<LibraryAlloc> present = new ArrayList<>();
        for (Supplier<LibraryAlloc> each : List.<Supplier<LibraryAlloc>>of(
                Jemalloc::new, Mimalloc::new, Tcmalloc::new)) {
            try {
                present.add(each.get());
            } catch (MissingLibrary missing) {
                continue;
            }
        }
        return present;
    }

    @Override
    public final MemorySegment alloc(Layout layout) {
        Contract.requireSize(layout.byteSize());
        long address = SystemAlloc.mallocSuffices(layout)
                ? heap().allocate(layout.byteSize())
                : heap().allocateAligned(layout.byteSize(), layout.byteAlignment());
        return CHeap.block(address, layout.byteSize());
    }

    @Override
    public final void dealloc(MemorySegment block, Layout layout) {
        Contract.requireSameSize(block, layout);
        heap().release(block.address(), layout.byteSize());
    }

    @Override
    public final MemorySegment allocZeroed(Layout layout) {
        if (!SystemAlloc.mallocSuffices(layout)) {
            return GlobalAlloc.super.allocZeroed(layout);
        }
        Contract.requireSize(layout.byteSize());
        return CHeap.block(heap().allocateZeroed(layout.byteSize()), layout.byteSize());
    }

    @Override
    public final MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Layout wanted = new Layout(newSize, layout.byteAlignment());
        Contract.requireSize(newSize);
        Contract.requireSameSize(block, layout);
        if (SystemAlloc.mallocSuffices(wanted)) {
            return CHeap.block(heap().resize(block.address(), newSize), newSize);
        }
        return heap().resizesAligned()
                ? CHeap.block(heap().resizeAligned(block.address(), newSize,
                        layout.byteAlignment()), newSize)
                : GlobalAlloc.super.realloc(block, layout, newSize);
    }

    /// The size class that the library would take the block from. Aligned blocks have size classes
    /// of their own, and are left as they are.
    @Override
    public final long goodSize(Layout layout) {
        return SystemAlloc.mallocSuffices(layout)
                ? Math.max(layout.byteSize(), heap().good(layout.byteSize()))
                : layout.byteSize();
    }

    /// How many bytes a live block really has.
    ///
    /// @param block a live block of this heap; about any other the library must not be asked, and
    ///              may crash
    /// @return its size in bytes, at least that of its layout
    public final long usableSize(MemorySegment block) {
        return heap().usable(block.address());
    }

    /// Whether an allocation takes its memory from this library, whoever makes it: a
    /// [Global#heap()], the JVM, C code.
    ///
    /// @param allocation makes one block, in the calling thread; a large one, of 1 MiB or so, so
    ///                   that nothing else can be taken for it
    /// @return whether the block is this library's
    public abstract boolean serves(Supplier<MemorySegment> allocation);

    /// {@return the library's own name, such as `jemalloc`}
    public abstract String name();

    /// {@return what the library itself says its version is}
    public abstract String version();

    /// {@return the file it was loaded from}
    public final String path() {
        return library().path();
    }

    /// {@return what the library counts, as of now, or why it does not}
    public abstract LibraryStatistics statistics();

    @Override
    public final boolean equals(Object other) {
        return other != null && getClass() == other.getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }

    @Override
    public final String toString() {
        return name() + " " + version() + " (" + path() + ")";
    }
}
