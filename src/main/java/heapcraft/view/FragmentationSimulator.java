package heapcraft.view;

import heapcraft.alloc.Walkable.Block;
import heapcraft.trace.Fragmentation;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A heap of 100 units that a reader fills, empties and breaks into pieces, until a request fails
/// although enough is free.
///
/// ```java
/// Simulator heap = new FragmentationSimulator();
/// heap.on(new Simulator.Action("allocRandom", ""));
/// heap.scene().say();   // Block 0 got 7 units, at unit 0.
/// ```
///
/// Another policy answers the same requests from the beginning, in place of the first or beside it.
/// Random requests follow a seed, so that the same clicks give the same heap.
///
/// What a unit is, and what each design makes of a request, stands in [HeapSetup].
public final class FragmentationSimulator implements Simulator {

    private static final int UNITS = 100;
    /// The largest random request, in units: ten of them fill the heap.
    private static final int LARGEST_RANDOM = 10;
    private static final String NOBODY = "no other";

    /// What an undo goes back to.
    ///
    /// @param beside the policy that answers the same requests beside this one, or `NOBODY`
    private record Moment(HeapSetup setup, String beside, String say, String alert) { }

    private final long seed;
    private final MemorySegment memory;
    private final MemorySegment memoryBeside;
    private final Deque<Moment> past = new ArrayDeque<>();
    private Moment now;
    /// The heap of this moment.
    private RecordedHeap heap;
    /// The heap beside it, or `null`.
    private RecordedHeap beside;
    private long size = 5;

    /// An empty heap, first fit.
    public FragmentationSimulator() {
        this(HeapSetup.of(Policy.FIRST_FIT, UNITS), 1);
    }

    /// A heap that has a past already.
    ///
    /// @param setup the heap
    /// @param seed  what the random requests follow
    public FragmentationSimulator(HeapSetup setup, long seed) {
        this.seed = seed;
        this.memory = setup.memory();
        this.memoryBeside = setup.memory();
        now = new Moment(setup, NOBODY, "A heap of " + HeapSetup.counted(setup.units()) + ", "
                + setup + ". Fill it.", "");
        build();
    }

    @Override
    public void on(Action action) {
        switch (action.control()) {
            case "allocRandom" -> alloc(1 + random().nextInt(LARGEST_RANDOM));
            case "size" -> size = action.number();
            case "alloc" -> alloc(size);
            case "freeRandom" -> free(List.of(anyLive()));
            case "freeEveryOther" -> free(everyOther());
            case "heap" -> freeAt(action.address());
            case "policy" -> change(now.setup.on(Policy.named(action.value())), now.beside);
            case "coalesces" -> change(now.setup.coalescing(action.isOn()), now.beside);
            case "beside" -> change(now.setup, action.value());
            case "reset" -> reset();
            case "undo" -> undo();
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    /// The same number of steps from the same seed leads to the same choice, after an undo too.
    private SplittableRandom random() {
        return new SplittableRandom(seed + now.setup.asked().size());
    }

    private long anyLive() {
        List<Long> live = heap.liveNumbers();
        if (live.isEmpty()) {
            throw new IllegalStateException("no block is live; allocate one first");
        }
        return live.get(random().nextInt(live.size()));
    }

    private List<Long> everyOther() {
        List<Long> live = heap.liveNumbers();
        return IntStream.range(0, live.size()).filter(i -> i % 2 == 0).mapToObj(live::get).toList();
    }

    private void alloc(long units) {
        HeapSetup before = now.setup;
        long number = heap.nextNumber();
        ask(List.of(new Alloc(number, HeapSetup.layout(units))));
        MemorySegment block = heap.block(number);
        if (block == null) {
            say("Block " + number + " got nothing.", Refusal.words(before, heap, units));
        } else {
            say("Block " + number + " got " + HeapSetup.counted(before.policy().given(units, heap))
                    + ", at unit " + unit(block.address()) + ".", "");
        }
    }

    private long unit(long address) {
        return (address - heap.start()) / HeapSetup.UNIT;
    }

    private void freeAt(long address) {
        long number = heap.liveAt(address);
        if (number < 0) {
            say("Nothing changed.", "Unit " + unit(address) + " is free already: only a block that"
                    + " is in use can be given back.");
        } else {
            free(List.of(number));
        }
    }

    private void free(List<Long> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalStateException("no block is live; allocate one first");
        }
        long address = heap.block(numbers.getFirst()).address();
        ask(numbers.stream().<HeapEvent>map(Free::new).toList());
        say(numbers.size() == 1
                ? "Block " + numbers.getFirst() + " was given back. " + hole(address)
                : numbers.size() + " blocks were given back: every other one.", "");
    }

    private String hole(long address) {
        Block hole = heap.holeAt(address);
        return "The hole there has " + HeapSetup.counted(HeapSetup.units(hole.byteSize()))
                + ", from unit " + unit(hole.address()) + " on.";
    }

    /// Lets events happen, on the heap beside too.
    private void ask(List<HeapEvent> events) {
        past.push(now);
        for (HeapEvent event : events) {
            now = new Moment(now.setup.with(event), now.beside, "", "");
            heap.ask(event);
            if (beside != null) {
                beside.ask(event);
            }
        }
    }

    private void say(String say, String alert) {
        now = new Moment(now.setup, now.beside, say, alert);
    }

    private void change(HeapSetup setup, String other) {
        past.push(now);
        now = new Moment(setup, other, "The same " + setup.asked().size() + " calls again, with "
                + setup + (other.equals(NOBODY) ? "." : " and, beside it, " + other + "."), "");
        build();
    }

    private void reset() {
        past.push(now);
        HeapSetup empty = HeapSetup.of(now.setup.policy(), now.setup.units())
                .coalescing(now.setup.coalesces());
        now = new Moment(empty, now.beside, "An empty heap again.", "");
        build();
    }

    private void undo() {
        if (!past.isEmpty()) {
            now = past.pop();
            build();
        }
    }

    /// The heaps of this moment, made anew and asked everything again.
    private void build() {
        heap = now.setup.build(memory);
        beside = now.beside.equals(NOBODY) ? null : setupBeside().build(memoryBeside);
    }

    private HeapSetup setupBeside() {
        return now.setup.on(Policy.named(now.beside));
    }

    /// The heap of this moment; after the next undo it is another one.
    RecordedHeap heap() {
        return heap;
    }

    /// The heap beside it, or `null`.
    RecordedHeap beside() {
        return beside;
    }

    @Override
    public Scene scene() {
        List<Strip> strips = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        strips.add(new Strip("heap", title(now.setup), heap.picture(), true));
        addFacts(facts, heap, "");
        if (beside != null) {
            strips.add(new Strip("besideHeap", title(setupBeside()), beside.picture(), false));
            addFacts(facts, beside, " beside");
        }
        return new Scene("Fragmentation: " + HeapSetup.counted(now.setup.units()) + " of 1 KiB",
                controls(), strips, facts, now.say, now.alert, now.setup.toJava(heap));
    }

    private static String title(HeapSetup setup) {
        return setup + " (" + setup.policy().remark() + ")";
    }

    private List<Control> controls() {
        boolean any = heap.liveBytes() > 0;
        List<String> others = new ArrayList<>(List.of(NOBODY));
        others.addAll(Policy.names());
        List<Control> controls = new ArrayList<>(List.of(
                new Control.Button("allocRandom", "Allocate random", true),
                new Control.Number("size", "Units", 1, now.setup.units(), size),
                new Control.Button("alloc", "Allocate " + HeapSetup.counted(size), true),
                new Control.Button("freeRandom", "Free random", any),
                new Control.Button("freeEveryOther", "Free every other", any),
                new Control.Button("undo", "Undo", !past.isEmpty()),
                new Control.Button("reset", "Reset", true),
                new Control.Choice("policy", "Policy", Policy.names(), now.setup.policy() + ""),
                new Control.Choice("beside", "Beside it", others, now.beside)));
        if (now.setup.policy().hasFreeList()) {
            controls.add(new Control.Switch("coalesces", "Coalescing", now.setup.coalesces()));
        }
        return controls;
    }

    private static void addFacts(List<Fact> facts, RecordedHeap heap, String where) {
        Fragmentation now = heap.now();
        facts.add(new Fact("free" + where, HeapSetup.counted(HeapSetup.units(now.free())) + " in "
                + Plural.of(heap.holes().size(), "piece")));
        facts.add(new Fact("largest hole" + where,
                HeapSetup.counted(HeapSetup.units(now.largestFree()))));
        facts.add(new Fact("external fragmentation" + where,
                Math.round(100 * now.external()) + " %"));
        facts.add(new Fact("internal fragmentation" + where,
                Math.round(100 * now.internal()) + " %"));
        facts.add(new Fact("refused" + where, heap.refused() + ", of these "
                + heap.refusedThoughFree() + " although enough was free"));
    }
}
