package heapcraft.trace;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;

/// Asks a heap the questions of a trace, and checks the answers: each block aligned, overlapping no
/// live block, its bytes kept until it ends.
///
/// ```java
/// Trace planned = Workload.SERVER.trace(42, 1000);
/// Trace placed = Replay.on(new SystemAlloc()).run(planned);   // the same with addresses
/// ```
///
/// Blocks that are alive at the end of the trace are freed then. One thread at a time.
///
/// The order of the checks is that of the malloc lab of CMU's course 15-213: aligned, no overlap,
/// contents.
///
/// @param heap      who is asked
/// @param reset     ends all blocks at once; `null` to free them one by one instead
/// @param afterEach is told of each event once it happened, with its address
public record Replay(GlobalAlloc heap, Runnable reset, Consumer<HeapEvent> afterEach) {

    /// {@return a replay on this heap, where a reset frees the live blocks one by one}
    ///
    /// @param heap who is asked
    public static Replay on(GlobalAlloc heap) {
        return new Replay(heap, null, event -> { });
    }

    /// {@return this replay with a heap that can end all blocks at once, such as `arena::reset`}
    ///
    /// @param reset ends all live blocks of the heap
    public Replay withReset(Runnable reset) {
        return new Replay(heap, reset, afterEach);
    }

    /// {@return this replay with one more listener, such as [Peaks] or `event -> heap.check()`}
    ///
    /// @param listener is told of each event once it happened
    public Replay afterEach(Consumer<? super HeapEvent> listener) {
        return new Replay(heap, reset, afterEach.andThen(listener));
    }

    /// Replays a trace. What was refused in it is asked for again.
    ///
    /// @param trace what to ask
    /// @return the trace as it happened here
    /// @throws BrokenContract at the first answer that breaks the contract
    public Trace run(Trace trace) {
        Run run = new Run();
        List<HeapEvent> happened = new ArrayList<>();
        for (HeapEvent event : trace.planned().events()) {
            // A block that was refused here has no later life.
            if (run.live.admits(event)) {
                HeapEvent done = run.step(happened.size(), event);
                happened.add(done);
                afterEach.accept(done);
            }
        }
        run.freeAll();
        return new Trace(happened);
    }

    /// The blocks of one run and what must be true of them.
    private final class Run {
        private final LiveBlocks live = new LiveBlocks();
        private final Map<Long, MemorySegment> blocks = new HashMap<>();
        /// The live blocks' numbers by their addresses.
        private final NavigableMap<Long, Long> numbers = new TreeMap<>();
        private String question = "";

        HeapEvent step(int index, HeapEvent event) {
            question = "event " + index + ", " + TraceText.format(event);
            HeapEvent done = switch (event) {
                case Alloc alloc -> alloc(alloc);
                case Realloc realloc -> realloc(realloc);
                case Free free -> free(free);
                case Reset all -> reset(all);
            };
            live.apply(done);
            return done;
        }

        private Alloc alloc(Alloc ask) {
            Layout layout = ask.layout();
            MemorySegment block = ask.zeroed() ? heap.allocZeroed(layout) : heap.alloc(layout);
            if (!refused(block)) {
                requireFits(block, layout);
                if (ask.zeroed()) {
                    requireBytes(block, layout.byteSize(), ask.block(), i -> 0);
                }
                own(ask.block(), block);
            }
            return new Alloc(ask.block(), layout, ask.zeroed(), block.address());
        }

        private Realloc realloc(Realloc ask) {
            Layout old = live.layouts().get(ask.block());
            Layout wanted = live.resized(ask);
            MemorySegment block = blocks.get(ask.block());
            requireKept(ask.block(), block, old.byteSize());
            MemorySegment moved = heap.realloc(block, old, ask.newSize());
            if (refused(moved)) {
                requireKept(ask.block(), block, old.byteSize());
            } else {
                disown(ask.block());
                requireFits(moved, wanted);
                requireKept(ask.block(), moved, Math.min(old.byteSize(), ask.newSize()));
                own(ask.block(), moved);
            }
            return new Realloc(ask.block(), ask.newSize(), moved.address());
        }

        private Free free(Free ask) {
            Layout layout = live.layouts().get(ask.block());
            requireKept(ask.block(), blocks.get(ask.block()), layout.byteSize());
            heap.dealloc(disown(ask.block()), layout);
            return ask;
        }

        private Reset reset(Reset ask) {
            if (reset == null) {
                freeAll();
            } else {
                blocks.forEach((number, block) -> requireKept(number, block, block.byteSize()));
                reset.run();
                blocks.clear();
                numbers.clear();
            }
            return ask;
        }

        void freeAll() {
            live.layouts().keySet().forEach(number -> free(new Free(number)));
        }

        private void own(long number, MemorySegment block) {
            blocks.put(number, block);
            numbers.put(block.address(), number);
            for (long i = 0; i < block.byteSize(); i++) {
                block.set(JAVA_BYTE, i, pattern(number, i));
            }
        }

        private MemorySegment disown(long number) {
            MemorySegment block = blocks.remove(number);
            numbers.remove(block.address());
            return block;
        }

        private boolean refused(MemorySegment block) {
            require(block != null, "the answer is null; no memory is MemorySegment.NULL");
            return isNull(block);
        }

        private void requireFits(MemorySegment block, Layout layout) {
            String where = "the block at 0x" + Long.toHexString(block.address());
            require(block.byteSize() == layout.byteSize(), where + " has " + block.byteSize()
                    + " bytes, not " + layout.byteSize());
            require(block.address() % layout.byteAlignment() == 0, where
                    + " is not aligned to " + layout.byteAlignment());
            var below = numbers.floorEntry(block.address() + block.byteSize() - 1);
            require(below == null
                    || below.getKey() + blocks.get(below.getValue()).byteSize() <= block.address(),
                    () -> where + " overlaps block " + below.getValue() + " at 0x"
                            + Long.toHexString(below.getKey()));
        }

        private void requireKept(long number, MemorySegment block, long byteSize) {
            requireBytes(block, byteSize, number, i -> pattern(number, i));
        }

        private void requireBytes(MemorySegment block, long byteSize, long number,
                                  LongToIntFunction wanted) {
            for (long i = 0; i < byteSize; i++) {
                byte found = block.get(JAVA_BYTE, i);
                if (found != (byte) wanted.applyAsInt(i)) {
                    long offset = i;
                    require(false, () -> "byte " + offset + " of block " + number
                            + " is %02X, not %02X".formatted(found, (byte) wanted.applyAsInt(offset)));
                }
            }
        }

        private void require(boolean holds, String broken) {
            require(holds, () -> broken);
        }

        private void require(boolean holds, Supplier<String> broken) {
            if (!holds) {
                throw new BrokenContract(question, broken.get());
            }
        }
    }

    /// Different for neighbouring blocks and for neighbouring bytes, so that a copy from the wrong
    /// place or by one byte too far shows.
    private static byte pattern(long number, long index) {
        return (byte) (number * 37 + index * 11 + 1);
    }
}
