package heapcraft.view;

import heapcraft.alloc.BuddyAlloc;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.SizeClassAlloc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/// How a heap decides where a block goes.
public enum Policy {
    /// A free list that takes the hole with the lowest address.
    FIRST_FIT("first fit", Fit.FIRST),
    /// A free list that takes the smallest hole that is large enough.
    BEST_FIT("best fit", Fit.BEST),
    /// A free list that goes on where the last search ended.
    NEXT_FIT("next fit", Fit.NEXT),
    /// A free list that takes the largest hole.
    WORST_FIT("worst fit", Fit.WORST),
    /// A stock of blocks for every size class.
    SIZE_CLASSES("size classes", null),
    /// Blocks whose sizes are powers of two.
    BUDDY("buddy", null);

    /// A free list's blocks begin here behind a multiple of 16, so that no byte of the memory is
    /// left over at its start.
    private static final long HEADER = 8;
    /// The least rest that a free list makes a hole of, as it does unless told otherwise.
    private static final long MIN_SPLIT = 16;

    private final String words;
    /// What a free list takes, or `null` if there is none.
    private final Fit fit;

    Policy(String words, Fit fit) {
        this.words = words;
        this.fit = fit;
    }

    /// {@return the policy of that name}
    ///
    /// @param words such as `best fit`
    /// @throws IllegalArgumentException if there is none
    public static Policy named(String words) {
        return Stream.of(values()).filter(policy -> policy.words.equals(words)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the policies are " + names()
                        + ", not " + words));
    }

    /// All names, in order.
    static List<String> names() {
        return Stream.of(values()).map(Policy::toString).toList();
    }

    /// Whether there is a list of holes, which may merge or not. Buddies always merge, and so do
    /// pages.
    boolean hasFreeList() {
        return fit != null;
    }

    /// A new heap in the first so many bytes of a memory, and 8 bytes more.
    RecordedHeap on(MemorySegment memory, long byteSize, boolean coalesces) {
        MemorySegment slice = memory.asSlice(offset(), byteSize);
        return switch (this) {
            case SIZE_CLASSES -> RecordedHeap.of(new SizeClassAlloc(slice));
            case BUDDY -> RecordedHeap.of(new BuddyAlloc(slice));
            default -> RecordedHeap.of(new FreeListAlloc(slice, fit, MIN_SPLIT, coalesces));
        };
    }

    /// Memory for any policy. It lives as long as anybody can reach it, on any thread.
    static MemorySegment memory(long byteSize) {
        return Arena.ofAuto().allocate(HEADER + byteSize, alignment(byteSize));
    }

    /// A buddy heap at such an address begins with its largest block.
    private static long alignment(long byteSize) {
        return Math.max(4096, Long.highestOneBit(byteSize));
    }

    /// Where in the memory the heap begins, in bytes.
    private long offset() {
        return hasFreeList() ? HEADER : 0;
    }

    /// The same heap as two lines of Java.
    String toJava(long byteSize, boolean coalesces) {
        String made = switch (this) {
            case SIZE_CLASSES -> "SizeClassAlloc(memory)";
            case BUDDY -> "BuddyAlloc(memory)";
            default -> "FreeListAlloc(memory, Fit." + fit + ", " + MIN_SPLIT + ", " + coalesces
                    + ")";
        };
        return "MemorySegment memory = Arena.ofAuto().allocate(" + (HEADER + byteSize) + ", "
                + alignment(byteSize) + ").asSlice(" + offset() + ", " + byteSize + ");\n"
                + "var heap = new " + made + ";\n";
    }

    /// How many units a heap of this kind gives for a request.
    long given(long units, RecordedHeap heap) {
        return this == BUDDY ? Long.highestOneBit(2 * units - 1)
                : HeapSetup.units(heap.heap().goodSize(HeapSetup.layout(units)));
    }

    /// What one has to know of this heap to read its picture.
    String remark() {
        return switch (this) {
            case SIZE_CLASSES -> "pages of 4 units, spans of pages for each size";
            case BUDDY -> "blocks of 1, 2, 4, 8 … units";
            default -> "a header of 8 bytes in each block";
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
