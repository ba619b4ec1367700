package heapcraft.lab.compare;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Writes down what one thread of a program asks of its heap, so that it can be asked again without
/// the program: what that takes is the allocator's time.
///
/// A block from before the tape began has no beginning on it; whoever plays the tape makes it first.
final class CallTape implements GlobalAlloc {

    private static final long ALIGNMENT = 8;

    private final GlobalAlloc heap;
    /// Of each call, the block's size in bytes; negative where it is freed.
    private int[] sizes = new int[1 << 12];
    /// Of each call, the block's number.
    private int[] numbers = new int[1 << 12];
    private int calls;
    private int blocks;
    private final Map<Long, Integer> live = new HashMap<>();
    /// The blocks from before, by number, with their sizes.
    private final Map<Integer, Integer> older = new HashMap<>();

    /// @param heap who answers
    CallTape(GlobalAlloc heap) {
        this.heap = heap;
    }

    /// Forgets everything and begins anew.
    void rewind() {
        calls = 0;
        blocks = 0;
        live.clear();
        older.clear();
    }

    int calls() {
        return calls;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        MemorySegment block = heap.alloc(layout);
        if (!GlobalAlloc.isNull(block)) {
            live.put(block.address(), blocks);
            write((int) layout.byteSize(), blocks++);
        }
        return block;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        Integer number = live.remove(block.address());
        if (number == null) {
            number = blocks++;
            older.put(number, (int) layout.byteSize());
        }
        write((int) -layout.byteSize(), number);
        heap.dealloc(block, layout);
    }

    private void write(int size, int number) {
        if (calls == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * calls);
            numbers = Arrays.copyOf(numbers, 2 * calls);
        }
        sizes[calls] = size;
        numbers[calls++] = number;
    }

    /// What was written down, asked again of the same heap.
    Task play() {
        return new Player();
    }

    private final class Player implements Task {
        private final long[] addresses = new long[blocks];

        @Override
        public void begin() {
            older.forEach((number, size) -> addresses[number] = make(size));
        }

        private long make(int size) {
            return heap.alloc(new Layout(size, ALIGNMENT)).address();
        }

        @Override
        public void slice() {
            for (int i = 0; i < calls; i++) {
                if (sizes[i] > 0) {
                    addresses[numbers[i]] = make(sizes[i]);
                } else {
                    free(addresses[numbers[i]], -sizes[i]);
                }
            }
        }

        private void free(long address, int size) {
            heap.dealloc(MemorySegment.ofAddress(address).reinterpret(size),
                    new Layout(size, ALIGNMENT));
        }

        /// Ends the blocks that the program had kept.
        @Override
        public void clear() {
            Map<Integer, Integer> kept = new HashMap<>();
            for (int i = 0; i < calls; i++) {
                if (sizes[i] > 0) {
                    kept.put(numbers[i], sizes[i]);
                } else {
                    kept.remove(numbers[i]);
                }
            }
            kept.forEach((number, size) -> free(addresses[number], size));
        }

        @Override
        public long blocksPerSlice() {
            return calls;
        }

        @Override
        public long liveBytes() {
            return 0;
        }
    }
}
