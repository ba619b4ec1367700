package ch06;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A heap that has blocks of a few sizes only, and keeps what comes back in stock.
///
/// The idea: whoever asks for 100 bytes gets 112. Twelve bytes are wasted; but a block that comes
/// back fits everyone who asks for 97 to 112 bytes, so it is used again, and never cut to pieces.
///
/// ```text
///   16  32  48  64  80  96  112  128      16 apart up to 128,
///   160  192  224  256                    then four for each doubling,
///   320  384  448  512
///   640  768  896  1024                   and none above
/// ```
///
/// Every layout here asks for at least 1 byte.
///
/// Be graded: `./lab grade SizeClasses`, `mvn test -Dexercise=SizeClasses`, or
/// `check("SizeClasses")` in the notebook. The library's `SizeClasses`, `SizeClassAlloc` and
/// `PoolAlloc` are not allowed here: you build them.
public final class SizeClasses {

    /// The largest class in bytes; what does not fit into it comes straight from the heap below.
    public static final long LARGEST = 1024;
    /// The number of classes.
    public static final int COUNT = 20;
    /// The answer of [#indexFor] for what fits into no class.
    public static final int NONE = -1;

    private final GlobalAlloc below;
    /// By class: the blocks that came back and wait for the next one to ask.
    private final List<Deque<MemorySegment>> stock = new ArrayList<>();

    /// @param below where new blocks come from
    public SizeClasses(GlobalAlloc below) {
        this.below = below;
        for (int index = 0; index < COUNT; index++) {
            stock.add(new ArrayDeque<>());
        }
    }

    /// The size of a class in bytes.
    ///
    /// @param index from 0 to `COUNT - 1`
    public static long sizeOf(int index) {
        throw todo("say how many bytes the blocks of a class have");
    }

    /// The number of the smallest class that has room for a layout and is a multiple of its
    /// alignment, or `NONE`.
    public static int indexFor(Layout layout) {
        throw todo("find the smallest class with room and the right alignment");
    }

    /// How many bytes of its block a layout does not need; 0 for what fits into no class.
    public static long wasted(Layout layout) {
        throw todo("count the bytes of the block that nobody asked for");
    }

    /// A block for a layout: the whole block of its class, from the stock if there is one. What
    /// fits into no class is as large as the layout says.
    ///
    /// @return `MemorySegment.NULL` if there is no memory
    public MemorySegment allocate(Layout layout) {
        throw todo("hand out a block of the class: a used one if there is one");
    }

    /// The layout that blocks of a class have in the heap below: as strictly aligned as anybody may
    /// want it who gets one from the stock. This one is finished.
    public static Layout blockLayout(int index) {
        return new Layout(sizeOf(index), Long.lowestOneBit(sizeOf(index)));
    }

    /// Takes a block back: into the stock of its class, or to the heap below if it has no class.
    ///
    /// @param block  as `allocate` has handed it out
    /// @param layout the layout it was asked for with
    public void deallocate(MemorySegment block, Layout layout) {
        throw todo("keep the block for the next one who asks");
    }

    /// Gives all blocks in stock back to the heap below.
    public void trim() {
        throw todo("give everything in stock back to the heap below");
    }
}
