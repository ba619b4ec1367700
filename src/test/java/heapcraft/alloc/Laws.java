package heapcraft.alloc;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.Row.Trait;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// What every heap must keep: one method, one law.
final class Laws {

    /// @param concerns which allocators it applies to
    record Law(String name, Predicate<Row> concerns, Consumer<Trial> check) { }

    private static final long MANY = 1L << 40;

    static final List<Law> ALL = List.of(
            law("gives as many bytes as asked for", Laws::givesTheSizeAskedFor),
            law("aligns the address", Laws::alignsTheAddress),
            law("lets no live blocks overlap", Laws::letsNoLiveBlocksOverlap),
            law("keeps contents until freed", Laws::keepsContents),
            law("writes nothing outside its memory", Laws::staysWithinItsMemory),
            law("zeroes dirty memory", Laws::zeroesDirtyMemory),
            law("realloc keeps the smaller of both sizes", Laws::reallocKeepsContents),
            law("a failed realloc leaves the old block", Laws::failedReallocLeavesTheOldBlock),
            law("refuses size 0", Laws::refusesSizeZero),
            law("refuses another layout", Laws::refusesAnotherLayout),
            law("refuses an address without its block", Laws::refusesBareAddresses),
            law("failure is a value", Laws::failureIsAValue),
            law("the last byte can be had", row -> row.largest() != null, Laws::fitsExactly),
            law("hands out again what was freed", row -> row.has(Trait.REUSES), Laws::reuses),
            law("is one piece again when all is freed", row -> row.has(Trait.COALESCES),
                    Laws::coalesces),
            law("refuses strangers", row -> row.has(Trait.SEES_STRANGERS), Laws::refusesStrangers),
            law("refuses a second free", row -> row.has(Trait.SEES_THE_DEAD),
                    Laws::refusesASecondFree),
            law("survives a failing parent", row -> row.onParent() != null,
                    Laws::survivesAFailingParent),
            law("check finds nothing wrong", Laws::checkFindsNothing),
            law("blocks tile the memory", Laws::isWalkable, Laws::blocksTileTheMemory),
            law("Allocator: size 0 needs no memory", Laws::sizeZeroNeedsNoMemory),
            law("Allocator: gives at least as many bytes", Laws::givesAtLeastAsManyBytes),
            law("Allocator: grow and shrink keep contents", Laws::resizingKeepsContents),
            law("Allocator: growZeroed zeroes what is new", Laws::growZeroedZeroesWhatIsNew),
            law("Allocator: a failed resize leaves the old block", Laws::failedResizeLeavesTheOld),
            law("Allocator: grow never shrinks, shrink never grows", Laws::directionsAreKept),
            law("serves the JDK as a SegmentAllocator", Laws::servesTheJdk));

    private Laws() { }

    private static Law law(String name, Consumer<Trial> check) {
        return law(name, row -> true, check);
    }

    private static Law law(String name, Predicate<Row> concerns, Consumer<Trial> check) {
        return new Law(name, concerns, check);
    }

    private static void givesTheSizeAskedFor(Trial trial) {
        trial.sizes(LongStream.concat(LongStream.rangeClosed(1, 130), LongStream.of(255, 256, 257,
                1000, 1023, 1024, 1025, 4000)).toArray()).forEach(size -> trial.everywhere(model ->
                require(model.alloc(new Layout(size, 1)) != null, "empty, yet no " + size + " bytes")));
    }

    private static void alignsTheAddress(Trial trial) {
        trial.alignments().forEach(alignment -> {
            for (int disturbance = 0; disturbance < 4; disturbance++) {
                int ones = disturbance;
                trial.everywhere(model -> {
                    for (int i = 0; i < ones; i++) {
                        model.alloc(new Layout(1, 1));
                    }
                    require(model.alloc(new Layout(5, alignment)) != null,
                            "nearly empty, yet no 5 bytes aligned to " + alignment);
                    model.alloc(new Layout(1, alignment));
                    model.freeAll();
                });
            }
        });
    }

    private static void letsNoLiveBlocksOverlap(Trial trial) {
        trial.seeds(25, (model, random) -> {
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(3) > 0 || model.live().isEmpty()) {
                    model.alloc(trial.layout(random));
                } else {
                    model.free(Trial.any(model, random));
                }
            }
        });
    }

    /// Every call there is, in any order that the heap allows.
    private static void step(Trial trial, Model model, Random random) {
        int dice = model.live().isEmpty() ? 0 : random.nextInt(10);
        switch (dice) {
            case 0, 1, 2, 3 -> model.alloc(trial.layout(random));
            case 4 -> model.allocZeroed(trial.layout(random));
            case 5, 6 -> model.realloc(Trial.any(model, random), trial.layout(random).byteSize());
            default -> model.free(Trial.any(model, random));
        }
    }

    private static void keepsContents(Trial trial) {
        trial.seeds(25, (model, random) -> {
            for (int i = 0; i < 400; i++) {
                step(trial, model, random);
            }
            model.checkContents();
        });
    }

    private static void staysWithinItsMemory(Trial trial) {
        trial.seeds(12, (model, random) -> {
            while (model.alloc(trial.layout(random)) != null && model.liveBytes() < 40_000) {
                trial.ground().checkBorder();
            }
            model.freeAll();
        });
    }

    private static void zeroesDirtyMemory(Trial trial) {
        trial.seeds(10, (model, random) -> {
            for (int i = 0; i < 100; i++) {
                Layout layout = trial.layout(random);
                Model.Live dirty = model.alloc(layout);
                if (dirty != null) {
                    model.free(dirty);
                }
                model.allocZeroed(layout);
                if (random.nextBoolean() && !model.live().isEmpty()) {
                    model.free(Trial.any(model, random));
                }
            }
        });
    }

    private static void reallocKeepsContents(Trial trial) {
        long[] sizes = trial.sizes(1, 7, 8, 9, 15, 16, 17, 24, 25, 64, 100, 200, 1000, 3000).toArray();
        for (long from : sizes) {
            for (long to : sizes) {
                for (int neighbours = 0; neighbours < 4; neighbours++) {
                    boolean before = (neighbours & 1) != 0;
                    boolean behind = (neighbours & 2) != 0;
                    trial.on(8, model -> reallocBetween(trial, model, from, to, before, behind));
                }
            }
        }
    }

    /// Resizes a block that lies between a freed or live one and another.
    private static void reallocBetween(Trial trial, Model model, long from, long to,
                                       boolean freeBefore, boolean freeBehind) {
        Model.Live before = model.alloc(new Layout(Math.min(40, trial.row.maxLayout().byteSize()), 8));
        Model.Live block = model.alloc(new Layout(from, 8));
        Model.Live behind = model.alloc(new Layout(from, 8));
        model.alloc(new Layout(1, 1));
        if (freeBefore) {
            model.free(before);
        }
        if (freeBehind) {
            model.free(behind);
        }
        Model.Live resized = model.realloc(block, to);
        require(resized.layout().byteSize() == to, "no memory for " + from + " to " + to);
        model.alloc(new Layout(from, 8));
        model.checkContents();
        model.heap().check();
        model.freeAll();
    }

    private static void failedReallocLeavesTheOldBlock(Trial trial) {
        trial.everywhere(model -> {
            Model.Live live = model.alloc(new Layout(20, 1));
            model.alloc(new Layout(20, 1));
            for (long size : new long[] {1L << 60, Long.MAX_VALUE / 2, Long.MAX_VALUE}) {
                require(model.realloc(live, size) == live, "realloc found " + size + " bytes");
            }
            model.checkContents();
            model.freeAll();
        });
    }

    private static void refusesSizeZero(Trial trial) {
        trial.everywhere(model -> {
            refuses(() -> model.heap().alloc(new Layout(0, 1)), "alloc of size 0");
            refuses(() -> model.heap().allocZeroed(new Layout(0, 1)), "allocZeroed of size 0");
            Model.Live live = model.alloc(new Layout(8, 8));
            refuses(() -> model.heap().realloc(live.block(), live.layout(), 0), "realloc to 0");
            refuses(() -> model.heap().dealloc(new Layout(0, 8).dangling(), new Layout(0, 8)),
                    "dealloc of size 0");
            model.freeAll();
        });
    }

    private static void refusesAnotherLayout(Trial trial) {
        trial.everywhere(model -> {
            Model.Live live = model.alloc(new Layout(24, 8));
            for (long size : new long[] {1, 23, 25, 32, 48, 100}) {
                Layout wrong = new Layout(size, 8);
                refuses(() -> model.heap().dealloc(live.block(), wrong), "dealloc as " + wrong);
                refuses(() -> model.heap().realloc(live.block(), wrong, 10), "realloc as " + wrong);
            }
            model.freeAll();
        });
    }

    /// An address alone is no right to memory.
    private static void refusesBareAddresses(Trial trial) {
        trial.everywhere(model -> {
            Model.Live live = model.alloc(new Layout(24, 8));
            MemorySegment bare = MemorySegment.ofAddress(live.block().address());
            refuses(() -> model.heap().dealloc(bare, live.layout()), "dealloc of a bare address");
            refuses(() -> model.heap().realloc(bare, live.layout(), 8), "realloc of one");
            refuses(() -> model.heap().dealloc(MemorySegment.NULL, live.layout()), "dealloc of NULL");
            model.freeAll();
        });
    }

    private static void failureIsAValue(Trial trial) {
        for (long alignment = 1; alignment > 0; alignment *= 2) {
            long a = alignment;
            trial.everywhere(model -> {
                require(model.alloc(new Layout(Layout.maxSize(a), a)) == null, "2^63 bytes");
                require(model.alloc(new Layout(Layout.maxSize(a) / 2, a)) == null, "2^62 bytes");
                require(model.allocZeroed(new Layout(Layout.maxSize(a), a)) == null, "2^63 zeros");
                if (a > MANY) {
                    require(model.alloc(new Layout(1, a)) == null, "alignment " + a);
                }
                require(model.alloc(new Layout(8, 8)) != null, "nothing left after a failure");
            });
        }
        if (!trial.row.has(Trait.UNBOUNDED)) {
            for (long more : new long[] {1, 2, 15, 16, 17, 4096, MANY}) {
                trial.everywhere(model -> require(model.alloc(
                        new Layout(trial.row.byteSize() + more, 1)) == null, more + " too many"));
            }
        }
    }

    private static void fitsExactly(Trial trial) {
        for (long crook : LongStream.range(0, 40).toArray()) {
            trial.on(crook, model -> {
                MemorySegment memory = trial.ground().memory;
                long largest = trial.row.largest().applyAsLong(memory.address(), memory.byteSize());
                require(model.alloc(new Layout(largest + 1, 1)) == null,
                        "there are more than " + largest + " bytes");
                require(model.alloc(new Layout(largest, 1)) != null, "no " + largest + " bytes");
            });
        }
    }

    private static void reuses(Trial trial) {
        trial.seeds(4, (model, random) -> {
            for (long bytes = 0; bytes < 5 * trial.row.byteSize();) {
                Model.Live live = model.alloc(trial.layout(random));
                require(live != null, "full after " + bytes + " bytes, all given back");
                bytes += live.layout().byteSize();
                model.free(live);
            }
        });
    }

    private static void coalesces(Trial trial) {
        for (int order = 0; order < 4; order++) {
            int by = order;
            trial.seeds(10, (model, random) -> {
                while (model.alloc(trial.layout(random)) != null) {
                    require(model.liveBytes() <= trial.row.byteSize(), "more than there is");
                }
                for (Model.Live live : inOrder(by, model.live(), random)) {
                    model.free(live);
                }
                model.heap().check();
                MemorySegment memory = trial.ground().memory;
                long largest = trial.row.largest().applyAsLong(memory.address(), memory.byteSize());
                require(model.alloc(new Layout(largest, 1)) != null,
                        "empty, yet no " + largest + " bytes in one piece, order " + by);
            });
        }
    }

    /// Newest first, oldest first, every other one first, or any.
    private static List<Model.Live> inOrder(int order, List<Model.Live> live, Random random) {
        List<Model.Live> all = new ArrayList<>(live);
        switch (order) {
            case 0 -> Collections.reverse(all);
            case 1 -> { }
            case 2 -> all.sort((a, b) -> Integer.compare(a.id() % 2, b.id() % 2));
            default -> Collections.shuffle(all, random);
        }
        return all;
    }

    private static void refusesStrangers(Trial trial) {
        trial.sizes(1, 8, 24, 64, 100).forEach(size -> trial.everywhere(model -> {
            Layout layout = new Layout(size, 16);
            MemorySegment stranger = trial.ground().stranger(layout);
            refuses(() -> model.heap().dealloc(stranger, layout), "dealloc of a stranger");
            Model.Live live = model.alloc(layout);
            refuses(() -> model.heap().dealloc(stranger, layout), "dealloc of a stranger");
            refuses(() -> model.heap().realloc(stranger, layout, 8), "realloc of a stranger");
            model.heap().check();
            model.free(live);
        }));
    }

    /// The freed block has free and live neighbours on either side.
    private static void refusesASecondFree(Trial trial) {
        trial.seeds(30, (model, random) -> {
            Layout layout = trial.layout(random);
            for (int i = 0; i < 8 && model.alloc(layout) != null; i++) {
                model.checkContents();
            }
            while (!model.live().isEmpty()) {
                Model.Live live = Trial.any(model, random);
                model.free(live);
                refuses(() -> model.heap().dealloc(live.block(), layout), "a second free");
                refuses(() -> model.heap().realloc(live.block(), layout, 8), "realloc of the dead");
                model.heap().check();
            }
        });
    }

    private static void survivesAFailingParent(Trial trial) {
        boolean[] failed = {true};
        for (int n = 1; failed[0]; n++) {
            Parent parent = new Parent(n);
            trial.onParent(parent, model -> {
                Random random = new Random(7);
                for (int i = 0; i < 120; i++) {
                    step(trial, model, random);
                    model.heap().check();
                    model.checkContents();
                }
                model.freeAll();
            });
            failed[0] = parent.hasFailed();
        }
    }

    private static void checkFindsNothing(Trial trial) {
        trial.seeds(12, (model, random) -> {
            for (int i = 0; i < 200; i++) {
                step(trial, model, random);
                model.heap().check();
            }
        });
    }

    private static boolean isWalkable(Row row) {
        try (Ground ground = new Ground(row.byteSize(), 0)) {
            return row.over().apply(ground.memory) instanceof Walkable;
        }
    }

    private static void blocksTileTheMemory(Trial trial) {
        trial.seeds(12, (model, random) -> {
            for (int i = 0; i < 200; i++) {
                step(trial, model, random);
                if (i % 10 == 0) {
                    requireTiles(model);
                }
            }
        });
    }

    private static void requireTiles(Model model) {
        List<Walkable.Block> blocks = ((Walkable) model.heap()).blocks();
        long end = 0;
        for (Walkable.Block block : blocks) {
            require(block.byteSize() >= 0, "negative size: " + block);
            require(end == 0 || block.address() == end || model.heap() instanceof Bump,
                    "a gap or an overlap before " + block);
            end = block.end();
        }
        for (Model.Live live : model.live()) {
            require(blocks.stream().anyMatch(block -> encloses(block, live.block())),
                    "no live block around " + live);
        }
    }

    private static boolean encloses(Walkable.Block block, MemorySegment live) {
        return block.use() == Walkable.Use.LIVE && block.address() <= live.address()
                && live.address() + live.byteSize() <= block.end();
    }

    private static void sizeZeroNeedsNoMemory(Trial trial) {
        trial.alignments().forEach(alignment -> trial.everywhere(model -> {
            Allocator heap = model.heap().asAllocator();
            Layout nothing = new Layout(0, alignment);
            for (MemorySegment block : List.of(heap.allocate(nothing), heap.allocateZeroed(nothing))) {
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

    private static void givesAtLeastAsManyBytes(Trial trial) {
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

    private static void resizingKeepsContents(Trial trial) {
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

    private static void growZeroedZeroesWhatIsNew(Trial trial) {
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

    private static void failedResizeLeavesTheOld(Trial trial) {
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

    private static void directionsAreKept(Trial trial) {
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

    private static void servesTheJdk(Trial trial) {
        trial.everywhere(model -> {
            for (SegmentAllocator jdk : List.of(model.heap().asSegmentAllocator(),
                    model.heap().asAllocator().asSegmentAllocator())) {
                require(jdk.allocateFrom("hello").getString(0).equals("hello"), "the string");
                require(jdk.allocateFrom(ValueLayout.JAVA_INT, 42).get(ValueLayout.JAVA_INT, 0) == 42,
                        "the int");
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
            block.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 13 + 5));
        }
    }

    private static void requireFilled(MemorySegment block, long byteSize) {
        for (long i = 0; i < byteSize; i++) {
            require(block.get(ValueLayout.JAVA_BYTE, i) == (byte) (i * 13 + 5), "byte " + i + " changed");
        }
    }

    private static void refuses(Runnable call, String what) {
        try {
            call.run();
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("not refused: " + what);
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new AssertionError(found);
        }
    }
}
