package heapcraft.alloc;

import static heapcraft.alloc.Law.refuses;
import static heapcraft.alloc.Law.require;

import heapcraft.alloc.Row.Trait;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// Laws of `GlobalAlloc`: one method, one law.
final class HeapLaws {

    private static final long MANY = 1L << 40;

    private HeapLaws() { }

    static void givesTheSizeAskedFor(Trial trial) {
        trial.sizes(LongStream.concat(LongStream.rangeClosed(1, 130), LongStream.of(255, 256, 257,
                1000, 1023, 1024, 1025, 4000)).toArray()).forEach(size -> trial.everywhere(model ->
                require(model.alloc(new Layout(size, 1)) != null, "empty, yet not " + size)));
    }

    static void alignsTheAddress(Trial trial) {
        trial.alignments().forEach(alignment -> {
            for (int disturbance = 0; disturbance < 4; disturbance++) {
                int ones = disturbance;
                trial.everywhere(model -> {
                    for (int i = 0; i < ones; i++) {
                        model.alloc(new Layout(1, 1));
                    }
                    require(model.alloc(new Layout(5, alignment)) != null,
                            "nearly empty, yet no 5 bytes aligned to " + alignment);
                    require(model.alloc(new Layout(1, alignment)) != null,
                            "nearly empty, yet no byte aligned to " + alignment);
                    model.freeAll();
                });
            }
        });
    }

    static void letsNoLiveBlocksOverlap(Trial trial) {
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

    static void keepsContents(Trial trial) {
        trial.seeds(25, (model, random) -> {
            for (int i = 0; i < 400; i++) {
                step(trial, model, random);
            }
            model.checkContents();
        });
    }

    static void staysWithinItsMemory(Trial trial) {
        trial.seeds(12, (model, random) -> {
            while (model.alloc(trial.layout(random)) != null && model.liveBytes() < 40_000) {
                trial.ground().checkBorder();
            }
            model.freeAll();
        });
    }

    static void zeroesDirtyMemory(Trial trial) {
        trial.seeds(10, (model, random) -> {
            for (int i = 0; i < 100; i++) {
                Layout layout = trial.layout(random);
                Model.Live dirty = model.alloc(layout);
                Model.Live dirtier = model.alloc(layout);
                if (dirtier != null) {
                    model.free(dirty);
                    model.free(dirtier);
                }
                model.allocZeroed(layout);
                if (random.nextBoolean() && !model.live().isEmpty()) {
                    model.free(Trial.any(model, random));
                }
            }
        });
    }

    static void reallocKeepsContents(Trial trial) {
        long[] sizes = trial.sizes(1, 7, 8, 9, 15, 16, 17, 24, 25, 64, 100, 200, 1000, 3000)
                .toArray();
        for (long from : sizes) {
            for (long to : sizes) {
                for (int neighbours = 0; neighbours < 4; neighbours++) {
                    boolean before = (neighbours & 1) != 0;
                    boolean behind = (neighbours & 2) != 0;
                    trial.on(8, model -> reallocBetween(model, from, to, before, behind));
                }
            }
        }
    }

    /// Resizes a block that lies between a freed or live one and another.
    private static void reallocBetween(Model model, long from, long to, boolean freeBefore,
                                       boolean freeBehind) {
        Model.Live before = model.alloc(new Layout(40, 8));
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

    static void failedReallocLeavesTheOldBlock(Trial trial) {
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

    static void refusesSizeZero(Trial trial) {
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

    static void refusesAnotherLayout(Trial trial) {
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
    static void refusesBareAddresses(Trial trial) {
        trial.everywhere(model -> {
            Model.Live live = model.alloc(new Layout(24, 8));
            MemorySegment bare = MemorySegment.ofAddress(live.block().address());
            refuses(() -> model.heap().dealloc(bare, live.layout()), "dealloc of a bare address");
            refuses(() -> model.heap().realloc(bare, live.layout(), 8), "realloc of one");
            refuses(() -> model.heap().dealloc(MemorySegment.NULL, live.layout()), "freeing NULL");
            model.freeAll();
        });
    }

    static void failureIsAValue(Trial trial) {
        for (long alignment = 1; alignment > 0; alignment *= 2) {
            long a = alignment;
            trial.everywhere(model -> {
                require(model.alloc(new Layout(Layout.maxSize(a), a)) == null, "2^63 bytes");
                require(model.alloc(new Layout(Layout.maxSize(a) / 2, a)) == null, "2^62 bytes");
                require(model.allocZeroed(new Layout(Layout.maxSize(a), a)) == null, "2^63 zeros");
                if (a > MANY) {
                    require(model.alloc(new Layout(1, a)) == null || trial.row.has(Trait.RESERVES),
                            "alignment " + a);
                }
                require(model.alloc(new Layout(8, 8)) != null, "nothing left after a failure");
                model.freeAll();
            });
        }
        if (!trial.row.has(Trait.UNBOUNDED)) {
            for (long more : new long[] {1, 2, 15, 16, 17, 4096, MANY}) {
                trial.everywhere(model -> require(model.alloc(
                        new Layout(trial.row.byteSize() + more, 1)) == null, more + " too many"));
            }
        }
    }

    static void fitsExactly(Trial trial) {
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

    static void reuses(Trial trial) {
        trial.seeds(4, (model, random) -> {
            for (long bytes = 0; bytes < 5 * trial.row.byteSize();) {
                Model.Live live = model.alloc(trial.layout(random));
                require(live != null, "full after " + bytes + " bytes, all given back");
                bytes += live.layout().byteSize();
                model.free(live);
            }
        });
    }

    static void coalesces(Trial trial) {
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

    static void refusesStrangers(Trial trial) {
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
    static void refusesASecondFree(Trial trial) {
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

    static void survivesAFailingParent(Trial trial) {
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

    static void checkFindsNothing(Trial trial) {
        trial.seeds(12, (model, random) -> {
            for (int i = 0; i < 200; i++) {
                step(trial, model, random);
                model.heap().check();
            }
        });
    }

    static boolean isWalkable(Row row) {
        try (Ground ground = new Ground(row.byteSize(), 0)) {
            return row.over().apply(ground.memory) instanceof Walkable;
        }
    }

    static void blocksTileTheMemory(Trial trial) {
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
}
