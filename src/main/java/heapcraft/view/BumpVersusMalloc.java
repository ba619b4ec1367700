package heapcraft.view;

import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The same requests for two heaps of 4 KiB: one that takes each block back, as `malloc` does, and
/// an arena whose pointer only moves on until all of it is free again.
///
/// ```java
/// Simulator both = new BumpVersusMalloc();
/// both.on(new Simulator.Action("step", ""));   // alloc(16), then alloc(32), then reset
/// both.scene().say();
/// ```
///
/// The heap on the side of `malloc` is a [FreeListAlloc], which shows its holes, or the platform's
/// own, which shows only addresses; its blocks are freed by "End the request" and when the side
/// changes.
public final class BumpVersusMalloc implements Simulator {

    private static final long BYTES = 4096;
    private static final long HEADER = 8;
    private static final long ALIGNMENT = 8;
    private static final String FREE_LIST = "free list";
    private static final String SYSTEM = "malloc of this machine";
    /// How many requests come and go at one click, and how many blocks each has.
    private static final int REQUESTS = 10;
    private static final int BLOCKS = 8;
    /// How much of the arena the close-up shows, in bytes.
    private static final long CLOSE = 128;

    private final long seed;
    private final MemorySegment memory =
            Arena.ofAuto().allocate(HEADER + BYTES, 16).asSlice(HEADER);
    private final BumpAllocator arena = new BumpAllocator(Arena.ofAuto().allocate(BYTES, 16));
    /// What both were asked, from the beginning.
    private final List<HeapEvent> asked = new ArrayList<>();
    private String left = FREE_LIST;
    private CountedAlloc mallocCost;
    private RecordedHeap malloc;
    private CountedAlloc bumpCost;
    private RecordedHeap bump;
    /// How many steps of the picture with 16 and 32 bytes were taken.
    private int steps;
    private String say = "The same requests go to both. Begin with the step.";
    private String alert = "";

    /// Two empty heaps.
    public BumpVersusMalloc() {
        this(1);
    }

    /// Two empty heaps.
    ///
    /// @param seed what the random requests follow
    public BumpVersusMalloc(long seed) {
        this.seed = seed;
        build();
    }

    private void build() {
        arena.reset();
        bumpCost = new CountedAlloc(arena, () -> 0);
        bump = new RecordedHeap(bumpCost, arena, () -> bumpCost.call(arena::reset));
        if (left.equals(SYSTEM)) {
            mallocCost = new CountedAlloc(new SystemAlloc(), () -> 0);
            malloc = new RecordedHeap(mallocCost, null, null);
        } else {
            FreeListAlloc heap = new FreeListAlloc(memory, Fit.FIRST);
            mallocCost = new CountedAlloc(heap, heap::steps);
            malloc = new RecordedHeap(mallocCost, heap, null);
        }
        asked.forEach(this::askBoth);
    }

    @Override
    public void on(Action action) {
        alert = "";
        switch (action.control()) {
            case "step" -> step();
            case "alloc16" -> alloc(16);
            case "alloc32" -> alloc(32);
            case "allocRandom" -> alloc(1 + random().nextInt(300));
            case "freeRandom" -> free(any(numbers()));
            case "malloc" -> freeAt(malloc.liveAt(action.address()));
            case "bump" -> freeAt(bump.liveAt(action.address()));
            case "grow" -> grow();
            case "end" -> end();
            case "requests" -> requests();
            case "left" -> changeLeft(action.value());
            case "reset" -> reset();
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    private SplittableRandom random() {
        return new SplittableRandom(seed + asked.size());
    }

    /// The blocks that are live on either side; a full side has fewer.
    private List<Long> numbers() {
        List<Long> numbers = new ArrayList<>(malloc.liveNumbers());
        bump.liveNumbers().stream().filter(n -> !numbers.contains(n)).forEach(numbers::add);
        return numbers;
    }

    private long any(List<Long> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalStateException("no block is live; allocate one first");
        }
        return numbers.get(random().nextInt(numbers.size()));
    }

    private void step() {
        switch (steps++ % 3) {
            case 0 -> alloc(16);
            case 1 -> alloc(32);
            default -> end();
        }
    }

    private String nextStep() {
        return List.of("alloc(16)", "alloc(32)", "reset").get(steps % 3);
    }

    private void ask(HeapEvent event) {
        asked.add(event);
        askBoth(event);
    }

    private void askBoth(HeapEvent event) {
        malloc.ask(event);
        bump.ask(event);
    }

    private void alloc(long byteSize) {
        long number = malloc.nextNumber();
        long from = arena.used();
        long walked = mallocCost.steps();
        ask(new Alloc(number, new Layout(byteSize, ALIGNMENT)));
        say = "malloc " + searched(walked) + (malloc.block(number) == null ? "found no hole"
                : "found block " + number + " a place") + ". Bump: "
                + (bump.block(number) == null ? "no room, " + pointer(from)
                        : "bump += " + (arena.used() - from) + ", " + pointer(from)) + ".";
        if (bump.block(number) == null) {
            alert = "The arena is full: " + (BYTES - arena.used()) + " of its " + BYTES
                    + " bytes are left, and " + byteSize + " were wanted. No block in it can come"
                    + " back alone; end the request.";
        } else if (malloc.block(number) == null) {
            alert = "The free list has no hole of " + (byteSize + HEADER) + " bytes, header"
                    + " included; the largest has " + malloc.now().largestFree() + ".";
        }
    }

    private String searched(long before) {
        return left.equals(SYSTEM) ? "" : "went "
                + Plural.of(mallocCost.steps() - before, "step") + " along its list and ";
    }

    private String pointer(long from) {
        return "the pointer " + (from == arena.used() ? "stays at " + from
                : "moves from " + from + " to " + arena.used());
    }

    private void freeAt(long number) {
        if (number < 0) {
            alert = "There is no block in use.";
        } else {
            free(number);
        }
    }

    private void free(long number) {
        ask(new Free(number));
        say = "malloc took block " + number + " back and can use its place again. Bump: the pointer"
                + " stays at " + arena.used() + "; the place of block " + number
                + " is lost until the reset.";
    }

    private void grow() {
        List<Long> live = numbers();
        if (live.isEmpty()) {
            throw new IllegalStateException("no block is live; allocate one first");
        }
        long number = live.stream().max(Long::compare).orElseThrow();
        RecordedHeap owner = bump.layout(number) == null ? malloc : bump;
        long movedByMalloc = mallocCost.bytesMoved();
        long movedByBump = bumpCost.bytesMoved();
        int refused = malloc.refused() + bump.refused();
        ask(new Realloc(number, owner.layout(number).byteSize() + 32));
        say = "Block " + number + " grows by 32 bytes. malloc "
                + moved(mallocCost.bytesMoved() - movedByMalloc) + ", bump "
                + moved(bumpCost.bytesMoved() - movedByBump) + ".";
        if (malloc.refused() + bump.refused() > refused) {
            alert = "There was no room on one side: there the block is as it was.";
        }
    }

    private static String moved(long bytes) {
        return bytes == 0 ? "copied nothing" : "moved it and copied " + Plural.of(bytes, "byte");
    }

    private void end() {
        long before = mallocCost.calls();
        ask(new Reset());
        long calls = mallocCost.calls() - before;
        say = "malloc freed " + Plural.of(calls, "block") + ", one call each."
                + " Bump: bump = start, one call for all of them.";
    }

    private void requests() {
        SplittableRandom random = random();
        for (int request = 0; request < REQUESTS; request++) {
            for (int i = 0; i < BLOCKS; i++) {
                ask(new Alloc(malloc.nextNumber(), new Layout(1 + random.nextInt(200), ALIGNMENT)));
            }
            ask(new Reset());
        }
        say = REQUESTS + " requests of " + BLOCKS + " blocks came and went: malloc freed each"
                + " block, bump reset its pointer " + REQUESTS + " times.";
    }

    private void changeLeft(String side) {
        malloc.ask(new Reset());
        left = side;
        build();
        say = "The same " + asked.size() + " calls again, with the " + side + ".";
    }

    private void reset() {
        malloc.ask(new Reset());
        asked.clear();
        steps = 0;
        build();
        say = "Both are empty, and all counters are 0.";
    }

    /// The side of `malloc`; another one after a change of sides.
    RecordedHeap malloc() {
        return malloc;
    }

    /// The arena's side.
    RecordedHeap bump() {
        return bump;
    }

    @Override
    public Scene scene() {
        boolean any = !numbers().isEmpty();
        HeapPicture taken = bump.picture();
        List<Control> controls = List.of(
                new Control.Button("step", "Step: " + nextStep(), true),
                new Control.Button("alloc16", "alloc(16)", true),
                new Control.Button("alloc32", "alloc(32)", true),
                new Control.Button("allocRandom", "Allocate random", true),
                new Control.Button("freeRandom", "Free random", any),
                new Control.Button("grow", "Grow the newest by 32", any),
                new Control.Button("end", "End the request", true),
                new Control.Button("requests", REQUESTS + " requests", true),
                new Control.Choice("left", "On the side of malloc", List.of(FREE_LIST, SYSTEM),
                        left),
                new Control.Button("reset", "Start again", true));
        return new Scene("Bump versus malloc", controls, List.of(
                new Strip("malloc", "malloc: " + left + ", each block freed alone",
                        malloc.picture(), true),
                new Strip("bump", "bump: a pointer that moves through 4096 bytes",
                        taken, true),
                new Strip("closeUp", "bump: its first " + CLOSE + " bytes, close up",
                        closeUp(taken.pieces().getFirst()), false)), facts(taken), say, alert, "");
    }

    /// In 4096 bytes nobody sees 16.
    private static HeapPicture closeUp(Piece piece) {
        long end = piece.start() + CLOSE;
        List<Block> near = piece.blocks().stream().filter(block -> block.address() < end)
                .map(block -> new Block(block.address(), Math.min(block.end(), end)
                        - block.address(), block.state(), block.label(), block.madeBy()))
                .toList();
        return new HeapPicture(List.of(new Piece(piece.start(), CLOSE, near)));
    }

    private List<Fact> facts(HeapPicture taken) {
        List<Fact> facts = new ArrayList<>();
        addCosts(facts, "malloc", mallocCost);
        if (left.equals(FREE_LIST)) {
            facts.add(new Fact("malloc: steps along the list", mallocCost.steps() + ""));
            facts.add(new Fact("malloc: holes", malloc.holes().size() + ""));
        }
        addCosts(facts, "bump", bumpCost);
        facts.add(new Fact("bump: pointer", arena.used() + " of " + BYTES + " bytes"));
        facts.add(new Fact("bump: given back, still taken",
                taken.bytes(HeapPicture.State.BUMP) + " bytes"));
        return facts;
    }

    private static void addCosts(List<Fact> facts, String side, CountedAlloc cost) {
        facts.add(new Fact(side + ": calls", cost.calls() + ""));
        facts.add(new Fact(side + ": bytes moved", cost.bytesMoved() + ""));
        facts.add(new Fact(side + ": time measured here, no benchmark",
                cost.nanos() / 1000 + " µs"));
    }
}
