package heapcraft.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/// Programs that use their heap in a way of their own, each made to be easy for one allocator and
/// hard for another.
///
/// ```java
/// Trace day = Workload.SERVER.trace(42, 10_000);
/// ```
///
/// The same seed and length give the same trace, everywhere. All blocks end before the trace does.
public enum Workload {

    /// Last in, first out, as in a recursion: all that a stack or a bump pointer needs.
    STACK((script, random) -> {
        Deque<Long> live = new ArrayDeque<>();
        while (script.hasRoom(live.size())) {
            if (live.isEmpty() || random.nextInt(live.size() + 40) < 40) {
                live.push(script.alloc(sizeUpTo(random, 256), 8));
            } else {
                script.free(live.pop());
            }
        }
        live.forEach(script::free);
    }),

    /// First in, first out, as in a queue of messages: freed far away from where one allocates.
    QUEUE((script, random) -> {
        Deque<Long> live = new ArrayDeque<>();
        while (script.hasRoom(live.size())) {
            live.add(script.alloc(sizeUpTo(random, 256), 8));
            if (live.size() > 50) {
                script.free(live.remove());
            }
        }
        live.forEach(script::free);
    }),

    /// Many nodes of one size, as in a tree, freed in no order: a pool's own case.
    NODES((script, random) -> {
        List<Long> live = new ArrayList<>();
        while (script.hasRoom(live.size())) {
            live.add(script.alloc(32, 8));
        }
        freeInAnyOrder(live, script, random);
    }),

    /// Small blocks of all sizes with lives of all lengths, as in most programs.
    MIXED((script, random) -> {
        List<Long> live = new ArrayList<>();
        while (script.hasRoom(live.size())) {
            if (random.nextInt(100) < 55 || live.isEmpty()) {
                live.add(script.alloc(sizeUpTo(random, 512), 1L << random.nextInt(5)));
            } else {
                script.free(removeAny(live, random));
            }
        }
        freeInAnyOrder(live, script, random);
    }),

    /// A server: every request leaves nothing behind but, now and then, an entry in a cache; the
    /// entries live for long, and lie where requests have come and gone.
    SERVER((script, random) -> {
        Deque<Long> cache = new ArrayDeque<>();
        while (script.hasRoom(cache.size() + 60)) {
            List<Long> request = new ArrayList<>();
            for (int i = 5 + random.nextInt(20); i > 0; i--) {
                request.add(script.alloc(sizeUpTo(random, 2000), 8));
            }
            if (random.nextInt(3) == 0) {
                cache.add(script.alloc(sizeUpTo(random, 200), 8));
            }
            if (cache.size() > 40) {
                script.free(cache.remove());
            }
            freeInAnyOrder(request, script, random);
        }
        cache.forEach(script::free);
    }),

    /// Arrays that double until they are full, with small blocks in between that stand in the way.
    GROWING((script, random) -> {
        while (script.hasRoom(60)) {
            long array = script.alloc(16, 8);
            long full = 16L << 3 + random.nextInt(7);
            List<Long> between = new ArrayList<>();
            for (long size = 32; size <= full; size *= 2) {
                between.add(script.alloc(sizeUpTo(random, 64), 8));
                script.realloc(array, size);
            }
            freeInAnyOrder(between, script, random);
            script.free(array);
        }
    }),

    /// A change of phase: the small blocks of the first phase go, but for a few, and the large ones
    /// of the second find holes between those that are all too small. They would fit twice into
    /// what the first phase gave back.
    NEEDLES((script, random) -> {
        while (script.hasRoom(500)) {
            List<Long> needles = new ArrayList<>();
            List<Long> hay = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                (i % 8 == 7 ? needles : hay).add(script.alloc(48 + 8 * random.nextInt(3), 8));
            }
            hay.forEach(script::free);
            List<Long> large = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                large.add(script.alloc(700 + random.nextInt(200), 8));
            }
            large.forEach(script::free);
            needles.forEach(script::free);
        }
    }),

    /// Pairs of a small and a larger block; then the larger ones go, and blocks come that are a
    /// little too large for their places unless the free neighbours are joined.
    PAIRS((script, random) -> {
        while (script.hasRoom(300)) {
            List<Long> small = new ArrayList<>();
            List<Long> larger = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                small.add(script.alloc(64, 8));
                larger.add(script.alloc(448, 8));
            }
            larger.forEach(script::free);
            List<Long> tooLarge = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                tooLarge.add(script.alloc(512 - 8 * random.nextInt(3), 8));
            }
            tooLarge.forEach(script::free);
            small.forEach(script::free);
        }
    }),

    /// One byte more than a power of two, each time: a buddy allocator wastes nearly half.
    JUST_TOO_LARGE((script, random) -> {
        List<Long> live = new ArrayList<>();
        while (script.hasRoom(live.size())) {
            if (live.size() < 60) {
                live.add(script.alloc((16L << random.nextInt(7)) + 1, 8));
            } else {
                script.free(removeAny(live, random));
            }
        }
        freeInAnyOrder(live, script, random);
    }),

    /// A game: many small blocks a frame, and all of them end with the frame.
    FRAMES((script, random) -> {
        while (script.hasRoom(110)) {
            for (int i = 20 + random.nextInt(80); i > 0; i--) {
                script.alloc(sizeUpTo(random, 128), 8);
            }
            script.reset();
        }
    }),

    /// Everything at once, with sizes and alignments that no program in its right mind would mix:
    /// for tests.
    ANYTHING((script, random) -> {
        List<Long> live = new ArrayList<>();
        while (script.hasRoom(live.size())) {
            switch (live.isEmpty() ? 0 : random.nextInt(8)) {
                case 0, 1, 2 -> live.add(script.alloc(anySize(random), anyAlignment(random)));
                case 3 -> live.add(script.allocZeroed(anySize(random), anyAlignment(random)));
                case 4, 5 -> script.realloc(live.get(random.nextInt(live.size())), anySize(random));
                default -> script.free(removeAny(live, random));
            }
        }
        freeInAnyOrder(live, script, random);
    });

    private final BiConsumer<Script, Random> program;

    Workload(BiConsumer<Script, Random> program) {
        this.program = program;
    }

    /// {@return this workload as a trace}
    ///
    /// @param seed   chooses one of its many runs
    /// @param length how many events there may be; a whole request or phase fits, or is left out
    public Trace trace(long seed, int length) {
        Script script = new Script(length);
        program.accept(script, new Random(seed));
        return script.trace();
    }

    /// Most sizes are small, as in real programs: each power of two is as likely as any other.
    private static long sizeUpTo(Random random, int limit) {
        int scale = random.nextInt(32 - Integer.numberOfLeadingZeros(limit));
        return Math.min(limit, (1 << scale) + random.nextInt(1 << scale));
    }

    private static long anySize(Random random) {
        return sizeUpTo(random, 4096);
    }

    private static long anyAlignment(Random random) {
        return 1L << random.nextInt(8);
    }

    private static long removeAny(List<Long> live, Random random) {
        return live.remove(random.nextInt(live.size()));
    }

    private static void freeInAnyOrder(List<Long> live, Script script, Random random) {
        Collections.shuffle(live, random);
        live.forEach(script::free);
    }
}
