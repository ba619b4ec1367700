package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;
import static heapcraft.alloc.Law.refuses;
import static heapcraft.alloc.Law.require;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.Random;

/// Laws of `Allocator` and of the way to the JDK: one method, one law.
final class AllocatorLaws {

    private AllocatorLaws() { }

    static void sizeZeroNeedsNoMemory(Trial trial) {
        trial.alignments().forEach(alignment -> trial.everywhere(model -> {
            Allocator heap = model.heap().asAllocator();
            Layout nothing = new Layout(0, alignment);
            for (MemorySegment block : List.of(heap.allocate(nothing),
                    heap.allocateZeroed(nothing))) {
                require(!isNull(block) && block.byteSize() == 0, "size 0 is " + block);
                require(block.address() % alignment == 0, block + " for alignment " + alignment);
                heap.deallocate(block, nothing);
                Layout some = new Layout(10, alignment);
                MemorySegment grown = heap.growZeroed(block, nothing, some);
                require(Model.isZero(grown) && grown.byteSize() >= 10, "grown from 0: " + grown);
                MemorySegment gone = heap.shrink(grown, some, nothing);
                require(!isNull(gone) && gone.byteSize() == 0, "shrunk to 0: " + gone);
                heap.deallocate(gone, nothing);
            }
        }));
    }

    static void givesAtLeastAsManyBytes(Trial trial) {
        trial.seeds(20, (model, random) -> {
            Allocator heap = model.heap().asAllocator();
            for (int i = 0; i < 50; i++) {
                Layout layout = trial.layout(random);
                MemorySegment block = random.nextBoolean() ? heap.allocate(layout)
                        : heap.allocateZeroed(layout);
                if (isNull(block)) {
                    break;
                }
                require(block.byteSize() >= layout.byteSize(), block + " for " + layout);
                require(block.address() % layout.byteAlignment() == 0, block + " for " + layout);
                block.fill((byte) 0xEE);
                heap.deallocate(block, fitting(block, layout, random));
            }
        });
    }

    /// A layout between what was asked for and what was given.
    private static Layout fitting(MemorySegment block, Layout asked, Random random) {
        return new Layout(random.nextLong(asked.byteSize(), block.byteSize() + 1),
                asked.byteAlignment());
    }

    static void resizingKeepsContents(Trial trial) {
        trial.seeds(60, (model, random) -> {
            Allocator heap = model.heap().asAllocator();
            Layout layout = trial.layout(random);
            MemorySegment block = heap.allocate(layout);
            for (int i = 0; i < 20 && !isNull(block); i++) {
                fill(block, layout.byteSize());
                Layout next = trial.layout(random);
                MemorySegment resized = next.byteSize() >= layout.byteSize()
                        ? heap.grow(block, fitting(block, layout, random, next.byteSize()), next)
                        : heap.shrink(block, layout, next);
                if (isNull(resized)) {
                    requireFilled(block, layout.byteSize());
                    break;
                }
                require(resized.byteSize() >= next.byteSize(), resized + " for " + next);
                require(resized.address() % next.byteAlignment() == 0, resized + " for " + next);
                requireFilled(resized, Math.min(layout.byteSize(), next.byteSize()));
                block = resized;
                layout = next;
            }
            if (!isNull(block)) {
                heap.deallocate(block, layout);
            }
        });
    }

    private static Layout fitting(MemorySegment block, Layout asked, Random random, long most) {
        Layout fitting = fitting(block, asked, random);
        return fitting.byteSize() <= most ? fitting : asked;
    }

    static void growZeroedZeroesWhatIsNew(Trial trial) {
        trial.seeds(40, (model, random) -> {
            Allocator heap = model.heap().asAllocator();
            Layout small = trial.layout(random);
            Layout large = new Layout(Math.min(2 * small.byteSize(),
                    trial.row.maxLayout().byteSize()), small.byteAlignment());
            MemorySegment dirty = heap.allocate(large);
            dirty.fill((byte) 0xEE);
            heap.deallocate(dirty, large);
            MemorySegment block = heap.allocate(small);
            block.fill((byte) 0xEE);
            fill(block, small.byteSize());
            MemorySegment grown = heap.growZeroed(block, small, large);
            require(!isNull(grown), "no memory for " + large);
            requireFilled(grown, small.byteSize());
            require(Model.isZero(grown.asSlice(small.byteSize())), "dirt behind the old size");
            heap.deallocate(grown, large);
        });
    }

    static void failedResizeLeavesTheOld(Trial trial) {
        trial.everywhere(model -> {
            Allocator heap = model.heap().asAllocator();
            Layout layout = new Layout(20, 4);
            MemorySegment block = heap.allocate(layout);
            fill(block, 20);
            for (long alignment : new long[] {1, 4, 64}) {
                Layout huge = new Layout(Layout.maxSize(64), alignment);
                require(isNull(heap.grow(block, layout, huge)), "grew to " + huge);
                require(isNull(heap.growZeroed(block, layout, huge)), "grew to " + huge);
            }
            requireFilled(block, 20);
            heap.deallocate(block, layout);
        });
    }

    static void directionsAreKept(Trial trial) {
        trial.everywhere(model -> {
            Allocator heap = model.heap().asAllocator();
            Layout layout = new Layout(20, 4);
            MemorySegment block = heap.allocate(layout);
            for (long alignment : new long[] {1, 4, 16}) {
                Layout less = new Layout(19, alignment);
                Layout more = new Layout(21, alignment);
                refuses(() -> heap.grow(block, layout, less), "grow to less");
                refuses(() -> heap.growZeroed(block, layout, less), "growZeroed to less");
                refuses(() -> heap.shrink(block, layout, more), "shrink to more");
            }
            heap.deallocate(block, layout);
        });
    }

    static void servesTheJdk(Trial trial) {
        trial.everywhere(model -> {
            for (SegmentAllocator jdk : List.of(model.heap().asSegmentAllocator(),
                    model.heap().asAllocator().asSegmentAllocator())) {
                require(jdk.allocateFrom("hello").getString(0).equals("hello"), "the string");
                require(jdk.allocateFrom(JAVA_INT, 42).get(JAVA_INT, 0) == 42, "the int");
                require(jdk.allocate(0, 8).byteSize() == 0, "size 0");
                require(jdk.allocate(5, 8).byteSize() == 5, "the size");
                try {
                    jdk.allocate(Long.MAX_VALUE / 2, 1);
                    throw new AssertionError("2^62 bytes");
                } catch (OutOfMemoryError expected) {
                    require(expected.getMessage().contains("byteSize=" + Long.MAX_VALUE / 2),
                            "the message says how much: " + expected.getMessage());
                }
            }
        });
    }

    private static void fill(MemorySegment block, long byteSize) {
        for (long i = 0; i < byteSize; i++) {
            block.set(JAVA_BYTE, i, (byte) (i * 13 + 5));
        }
    }

    private static void requireFilled(MemorySegment block, long byteSize) {
        for (long i = 0; i < byteSize; i++) {
            require(block.get(JAVA_BYTE, i) == (byte) (i * 13 + 5), "byte " + i);
        }
    }
}
